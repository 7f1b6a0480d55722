"""Entry of the dollar-offset test; the formula is ``effectiveness.dollar_offset``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.effectiveness.dollar_offset import dollar_offset
from treasury.quant.inputs import Answer, Input, Result, exact, ordered, same_length
from treasury.quant.measure import Measure

ITEM_KIND = Input(
    "item_kind",
    "choice",
    "",
    "The item itself, or a hypothetical derivative that mirrors it",
    "item",
    choices=("item", "hypothetical"),
)
#: The edges that a ratio is held against, included.
LIMITS = (
    Input("lower_ratio", "decimal", "fraction", "Lowest ratio that passes", Decimal("0.80"), above=0),
    Input("upper_ratio", "decimal", "fraction", "Highest ratio that passes", Decimal("1.25"), above=0),
)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "instrument_changes", "item_changes")
    ordered(values, "lower_ratio", "upper_ratio")
    columns = dollar_offset(
        exact(values["instrument_changes"]).reshape(1, -1),
        exact(values["item_changes"]).reshape(1, -1),
        hypothetical=values["item_kind"] == "hypothetical",
        lower_ratio=values["lower_ratio"],
        upper_ratio=values["upper_ratio"],
        noise_threshold=exact(values["noise_threshold_amount"]),
    )
    answer.because(columns.reasons[0])
    if (
        not columns.reasons[0] & Reason.OUT_OF_RANGE
        and np.isnan([columns.cumulative_ratios, columns.period_ratios]).any()
    ):
        answer.because(Reason.ZERO_ITEM_CHANGE)
    answer.put(
        cumulative_ratios=answer.numbers(columns.cumulative_ratios[0]),
        period_ratios=answer.numbers(columns.period_ratios[0]),
        status=EffectivenessStatus(columns.status[0]).name,
    )


MEASURE = Measure(
    code="dollar_offset",
    title="Dollar offset",
    summary="What the hedge gained against what the item lost, since designation and period by period.",
    inputs=(
        Input(
            "instrument_changes",
            "decimals",
            "functional currency",
            "Change of the instrument per period, gain +",
        ),
        Input(
            "item_changes", "decimals", "functional currency", "Change of the item or hypothetical per period"
        ),
        ITEM_KIND,
        *LIMITS,
        Input(
            "noise_threshold_amount",
            "decimal",
            "functional currency",
            "Changes below it decide nothing",
            0,
            minimum=0,
        ),
    ),
    results=(
        Result(
            "cumulative_ratios", "fraction", "−ΣΔHI/ΣΔItem up to each period", "a good hedge is +1", "numbers"
        ),
        Result("period_ratios", "fraction", "−ΔHI/ΔItem of each period", "a good hedge is +1", "numbers"),
        Result("status", "", "By the last cumulative ratio; edges pass, compared in decimal", kind="text"),
    ),
    formula="DO = −ΔHI/ΔItem; against a hypothetical +ΔHI/ΔHypo",
    reference="rules section 4; IAS 39 AG105; FAQ §10",
    example={"instrument_changes": ["-120"], "item_changes": ["100"]},
    example_result={"cumulative_ratios": [1.2], "period_ratios": [1.2], "status": "EFFECTIVE"},
    used_in="Effectiveness of every night, relationship page",
    formula_of=_calculate,
)
