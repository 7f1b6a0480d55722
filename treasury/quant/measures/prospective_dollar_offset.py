"""Entry of the prospective test over scenarios; the formula is ``effectiveness.prospective``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import EffectivenessStatus
from treasury.quant.effectiveness.prospective import scenario_offsets
from treasury.quant.inputs import Answer, Input, Result, exact, ordered, same_length
from treasury.quant.measure import Measure
from treasury.quant.measures.dollar_offset import ITEM_KIND, LIMITS


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "instrument_changes", "item_changes")
    ordered(values, "lower_ratio", "upper_ratio")
    columns = scenario_offsets(
        exact(values["instrument_changes"]).reshape(1, -1),
        exact(values["item_changes"]).reshape(1, -1),
        hypothetical=values["item_kind"] == "hypothetical",
        lower_ratio=values["lower_ratio"],
        upper_ratio=values["upper_ratio"],
        noise_threshold=exact(values["noise_threshold_amount"]),
    )
    answer.because(columns.reasons[0])
    worst = int(columns.worst_index[0])
    answer.put(
        scenario_ratios=answer.numbers(columns.scenario_ratios[0]),
        worst_ratio=answer.number(columns.worst_ratio[0]),
        worst_scenario_index=None if worst < 0 else worst,
        margin=answer.number(columns.margin[0]),
        status=EffectivenessStatus(columns.status[0]).name,
    )


MEASURE = Measure(
    code="prospective_dollar_offset",
    title="Prospective dollar offset",
    summary="What the dollar offset would be in each scenario of the market, and whether all of them pass.",
    inputs=(
        Input(
            "instrument_changes",
            "decimals",
            "functional currency",
            "Change of the instrument in each scenario, gain +",
        ),
        Input(
            "item_changes",
            "decimals",
            "functional currency",
            "Change of the item or hypothetical in each scenario",
        ),
        ITEM_KIND,
        *LIMITS,
        Input(
            "noise_threshold_amount",
            "decimal",
            "functional currency",
            "A scenario in which both change less says nothing",
            0,
            minimum=0,
        ),
    ),
    results=(
        Result("scenario_ratios", "fraction", "−ΔHI/ΔItem of each scenario", "a good hedge is +1", "numbers"),
        Result("worst_ratio", "fraction", "The ratio with the least room left", "a good hedge is +1"),
        Result("worst_scenario_index", "", "Its scenario, counted from 0", kind="count"),
        Result("margin", "fraction", "Room to the nearer limit in that scenario", "> 0: room left"),
        Result("status", "", "EFFECTIVE only if no scenario is outside or open", kind="text"),
    ),
    formula="DO_j = −ΔHI_j/ΔItem_j; against a hypothetical +ΔHI_j/ΔHypo_j; lower ≤ DO_j ≤ upper in every scenario j",
    reference="rules section 4; IAS 39 AG105(a) and AG108; IFRS 9 B6.4.14 (an indicator); ASC 815-20-25-79",
    example={"instrument_changes": ["-95", "104"], "item_changes": ["100", "-100"]},
    example_result={
        "scenario_ratios": [0.95, 1.04],
        "worst_ratio": 0.95,
        "worst_scenario_index": 0,
        "margin": 0.15,
        "status": "EFFECTIVE",
    },
    used_in="Prospective criterion of every relationship in every night",
    formula_of=_calculate,
)
