"""Entry of the variance reduction; the formula is ``effectiveness.variance_reduction``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import EffectivenessStatus
from treasury.quant.effectiveness.variance_reduction import variance_reduction
from treasury.quant.inputs import Answer, Input, Result, same_length
from treasury.quant.measure import Measure
from treasury.quant.measures.dollar_offset import ITEM_KIND


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "instrument_changes", "item_changes")
    columns = variance_reduction(
        values["instrument_changes"],
        values["item_changes"],
        hypothetical=values["item_kind"] == "hypothetical",
        minimum=values["minimum"],
    )
    answer.because(columns.reasons[0])
    answer.put(
        variance_reduction_ratio=answer.number(columns.variance_reduction_ratio[0]),
        volatility_reduction_ratio=answer.number(columns.volatility_reduction_ratio[0]),
        status=EffectivenessStatus(columns.status[0]).name,
    )


MEASURE = Measure(
    code="variance_reduction",
    title="Variance reduction",
    summary="How much calmer the item is together with its hedge.",
    inputs=(
        Input("instrument_changes", "numbers", "functional currency", "Changes of the instrument, gain +"),
        Input(
            "item_changes",
            "numbers",
            "functional currency",
            "Changes of the item or hypothetical, same dates",
        ),
        ITEM_KIND,
        Input("minimum", "number", "fraction", "Lowest variance reduction that passes", 0.80),
    ),
    results=(
        Result(
            "variance_reduction_ratio", "fraction", "1 − Var(item + hedge)/Var(item)", "1 is a perfect hedge"
        ),
        Result("volatility_reduction_ratio", "fraction", "1 − the quotient of standard deviations"),
        Result("status", "", "At least the minimum; the edge passes", kind="text"),
    ),
    formula="1 − Var(ΔItem + ΔHI)/Var(ΔItem); hypothetical: 1 − Var(ΔHI − ΔHypo)/Var(ΔHypo)",
    reference="rules section 4; FAQ §7",
    example={"instrument_changes": [-0.5, 0.5], "item_changes": [1, -1], "minimum": 0.75},
    example_result={
        "variance_reduction_ratio": 0.75,
        "volatility_reduction_ratio": 0.5,
        "status": "EFFECTIVE",
    },
    used_in="Effectiveness of every night, as a criterion that warns",
    formula_of=_calculate,
)
