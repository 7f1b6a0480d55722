"""Entry of the FX swap's value; the formula is ``valuation.fx_swap``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.measures import fx_forward_value
from treasury.quant.valuation.fx_swap import fx_swap_value

_Leg = tuple[float, float, float, float]
_SETTLED: _Leg = (0.0, 0.0, 0.0, 0.0)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    near, far = _terms(values["near"]), _terms(values["far"])
    columns = fx_swap_value(*near, *far, values["near"] is None)
    if np.isnan(columns.present_value):
        answer.because(Reason.OUT_OF_RANGE)
    answer.put(
        present_value=answer.number(columns.present_value),
        near_leg_value=answer.number(columns.first_leg_value),
        far_leg_value=answer.number(columns.second_leg_value),
    )


def _terms(leg: dict[str, Any] | None) -> _Leg:
    if leg is None:
        return _SETTLED
    return leg["notional_amount"], leg["strike_rate"], leg["forward_rate"], leg["discount_factor"]


MEASURE = Measure(
    code="fx_swap_value",
    title="Value of an FX swap",
    summary="What its two legs, an exchange now and the opposite one later, are worth today as two forwards.",
    inputs=(
        Input(
            "near",
            "object",
            "",
            "Near leg as in fx_forward_value; null once it is settled",
            nullable=True,
            items=fx_forward_value.MEASURE.inputs,
        ),
        Input("far", "object", "", "Far leg as in fx_forward_value", items=fx_forward_value.MEASURE.inputs),
    ),
    results=(
        Result("present_value", "quote currency", "Near leg + far leg", "asset +"),
        Result(
            "near_leg_value", "quote currency", "N(F − K)D of the near leg, 0 once it is settled", "asset +"
        ),
        Result("far_leg_value", "quote currency", "N(F − K)D of the far leg", "asset +"),
    ),
    formula="V = N₁(F₁ − K₁)D₁ + N₂(F₂ − K₂)D₂; the near leg counts until it is settled",
    reference="rules section 3",
    example={
        "near": {
            "notional_amount": 1000000,
            "strike_rate": 1.1,
            "forward_rate": 1.125,
            "discount_factor": 0.995,
        },
        "far": {
            "notional_amount": -1000000,
            "strike_rate": 1.11,
            "forward_rate": 1.145,
            "discount_factor": 0.98,
        },
    },
    example_result={"present_value": -9425.0, "near_leg_value": 24875.0, "far_leg_value": -34300.0},
    used_in="Valuation of FX swaps in every night",
    formula_of=_calculate,
)
