"""Entry of the cross-currency swap's value; the formula is ``valuation.cross_currency_swap``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.valuation.cross_currency_swap import cross_currency_swap_value
from treasury.quant.valuation.flows import flows_value

_LEG = (
    Input("notional_amount", "number", "leg's currency", "For information; never added"),
    Input(
        "cash_flows",
        "numbers",
        "leg's currency",
        "Coupons and every exchange of principal still to come: received +, on the leg that is paid: paid +",
        minimum_length=0,
    ),
    Input("discount_factors", "numbers", "", "Of the leg's currency to each flow", above=0, minimum_length=0),
)


def _leg_value(values: dict[str, Any], side: str) -> Any:
    flows, factors = values[side]["cash_flows"], values[side]["discount_factors"]
    if len(factors) != len(flows):
        raise InputError(
            f"{side}.discount_factors",
            f"{len(flows)} elements, as many as {side}.cash_flows",
            got=str(len(factors)),
        )
    return flows_value([0, len(flows)], flows, factors)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = cross_currency_swap_value(
        _leg_value(values, "receive"), _leg_value(values, "pay"), values["spot_rate"]
    )
    numbers = [columns.present_value[0], columns.first_leg_value[0], columns.second_leg_value[0]]
    if np.isnan(numbers).any():
        answer.because(Reason.OUT_OF_RANGE)
    present, receive, pay = answer.numbers(numbers)
    answer.put(present_value=present, receive_leg_value=receive, pay_leg_value=pay)


MEASURE = Measure(
    code="cross_currency_swap_value",
    title="Value of a cross-currency swap",
    summary="What receiving coupons and principal in one currency and paying them in another is worth today.",
    inputs=(
        Input("receive", "object", "", "The leg that is received", items=_LEG),
        Input("pay", "object", "", "The leg that is paid", items=_LEG),
        Input("spot_rate", "number", "pay per receive currency", "Today's spot rate", above=0),
    ),
    results=(
        Result("present_value", "pay currency", "Received leg × spot − paid leg", "asset +"),
        Result("receive_leg_value", "receive currency", "Σ flow × D", "positive for positive flows"),
        Result("pay_leg_value", "pay currency", "Σ flow × D", "positive for positive flows"),
    ),
    formula="V = S·Σ receive flow·D − Σ pay flow·D, exchanges of principal among the flows",
    reference="rules section 3",
    example={
        "receive": {
            "notional_amount": 1000000,
            "cash_flows": [50000, 1050000],
            "discount_factors": [0.96, 0.92],
        },
        "pay": {"notional_amount": 900000, "cash_flows": [27000, 927000], "discount_factors": [0.98, 0.95]},
        "spot_rate": 0.91,
    },
    example_result={
        "present_value": 15630.0,
        "receive_leg_value": 1014000.0,
        "pay_leg_value": 907110.0,
    },
    used_in="Valuation of cross-currency swaps in every night",
    formula_of=_calculate,
)
