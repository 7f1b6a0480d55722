"""Entry of the interest-rate swap's value; the formula is ``valuation.interest_rate_swap``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result, amount, rising, same_length
from treasury.quant.measure import Measure
from treasury.quant.valuation.interest_rate_swap import (
    annuity,
    floating_annuity,
    interest_rate_swap_value,
)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "payment_years", "discount_factors", "forward_rates", "accruals")
    rising(values, "payment_years")
    accruals, factors, forwards = (
        [float(value) for value in values[name]] for name in ("accruals", "discount_factors", "forward_rates")
    )
    elapsed = _elapsed(values)
    offsets = [0, len(accruals)]
    columns = interest_rate_swap_value(
        float(values["notional_amount"]),
        values["pay_fixed"],
        float(values["fixed_rate"]),
        annuity(offsets, accruals, factors),
        floating_annuity(offsets, forwards, accruals, factors),
        float(elapsed),
        forwards[0] * float(elapsed),
    )
    if np.isnan([columns.par_rate[0], columns.present_value[0], columns.clean_value[0]]).any():
        answer.because(Reason.OUT_OF_RANGE)
    answer.put(
        present_value=answer.number(columns.present_value[0]),
        fixed_leg_value=answer.number(columns.fixed_leg_value[0]),
        floating_leg_value=answer.number(columns.floating_leg_value[0]),
        par_rate=answer.number(columns.par_rate[0]),
        accrued_amount=amount(_accrued(values, elapsed)),
        clean_value=answer.number(columns.clean_value[0]),
    )


def _elapsed(values: dict[str, Any]) -> Decimal:
    """The part of the first period that is behind us: as given, else its accrual − the time to its payment."""
    elapsed: Decimal | None = values["elapsed_accrual"]
    if elapsed is None:
        return max(Decimal(0), values["accruals"][0] - values["payment_years"][0])
    if elapsed > values["accruals"][0]:
        raise InputError("elapsed_accrual", "at most the first of `accruals`")
    return elapsed


def _accrued(values: dict[str, Any], elapsed: Decimal) -> Decimal:
    side = 1 if values["pay_fixed"] else -1
    rate = values["forward_rates"][0] - values["fixed_rate"]
    return Decimal(side * values["notional_amount"] * rate * elapsed)


MEASURE = Measure(
    code="interest_rate_swap_value",
    title="Value of an interest-rate swap",
    summary="What exchanging a fixed rate for a floating one is worth today, clean and with what has accrued.",
    inputs=(
        Input("notional_amount", "decimal", "currency", "Notional, not paid"),
        Input("pay_fixed", "boolean", "", "Whether the fixed rate is paid; else it is received"),
        Input("fixed_rate", "decimal", "per year", "Agreed rate K"),
        Input(
            "payment_years",
            "decimals",
            "years",
            "From today to each payment still to come, ascending",
            minimum=0,
        ),
        Input("discount_factors", "numbers", "", "To each payment", above=0),
        Input(
            "forward_rates", "decimals", "per year", "Floating rate of each period; the first may be fixed"
        ),
        Input(
            "accruals",
            "decimals",
            "years",
            "Length of each period in the years of `payment_years`; the first whole",
            above=0,
        ),
        Input(
            "elapsed_accrual",
            "decimal",
            "years",
            "Elapsed part of the first period in the day count of `accruals`; without it a₁ − t₁, at least 0",
            default=None,
            minimum=0,
        ),
    ),
    results=(
        Result("present_value", "currency", "Received leg − paid leg", "asset +"),
        Result("fixed_leg_value", "currency", "N·K·Σ a·D", "positive for a positive notional"),
        Result("floating_leg_value", "currency", "N·Σ f·a·D", "positive for positive forwards"),
        Result("par_rate", "per year", "Fixed rate of zero value"),
        Result(
            "accrued_amount",
            "currency",
            "Received − paid for the elapsed part of the first period",
            "receivable +",
            "amount",
        ),
        Result("clean_value", "currency", "Present value − accrued amount", "asset +"),
    ),
    formula="V = ±N(Σ f·a·D − K·Σ a·D), + if fixed is paid; par = Σ f·a·D / Σ a·D; clean = V − accrued",
    reference="rules section 3",
    example={
        "notional_amount": "10000000",
        "pay_fixed": True,
        "fixed_rate": "0.025",
        "payment_years": ["0.25", "1.25"],
        "discount_factors": [0.9925, 0.9640],
        "forward_rates": ["0.031", "0.028"],
        "accruals": ["1", "1"],
    },
    example_result={
        "present_value": 88470.0,
        "fixed_leg_value": 489125.0,
        "floating_leg_value": 577595.0,
        "par_rate": 0.029521850242780473,
        "accrued_amount": "45000",
        "clean_value": 43470.0,
    },
    used_in="Valuation of interest-rate swaps in every night",
    formula_of=_calculate,
)
