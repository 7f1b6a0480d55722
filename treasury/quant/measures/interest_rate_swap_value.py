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

#: The floating leg's own periods: all of them or none.
_OWN = ("floating_payment_years", "floating_discount_factors", "floating_accruals")


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    own = _has_own_floating_leg(values)
    of_both = ("payment_years", "discount_factors", "forward_rates", "accruals")
    same_length(values, *(name for name in of_both if name != "forward_rates" or not own))
    rising(values, "payment_years")
    accruals, factors = _floats(values, "accruals"), _floats(values, "discount_factors")
    elapsed = _elapsed(values, "")
    floating_elapsed, periods, discounts = elapsed, accruals, factors
    if own:
        same_length(
            values,
            "floating_payment_years",
            "floating_discount_factors",
            "forward_rates",
            "floating_accruals",
        )
        rising(values, "floating_payment_years")
        periods, discounts = (
            _floats(values, "floating_accruals"),
            _floats(values, "floating_discount_factors"),
        )
        floating_elapsed = _elapsed(values, "floating_")
    forwards = _floats(values, "forward_rates")
    columns = interest_rate_swap_value(
        float(values["notional_amount"]),
        values["pay_fixed"],
        float(values["fixed_rate"]),
        annuity([0, len(accruals)], accruals, factors),
        floating_annuity([0, len(periods)], forwards, periods, discounts),
        float(elapsed),
        forwards[0] * float(floating_elapsed),
    )
    if np.isnan([columns.par_rate[0], columns.present_value[0], columns.clean_value[0]]).any():
        answer.because(Reason.OUT_OF_RANGE)
    answer.put(
        present_value=answer.number(columns.present_value[0]),
        fixed_leg_value=answer.number(columns.fixed_leg_value[0]),
        floating_leg_value=answer.number(columns.floating_leg_value[0]),
        par_rate=answer.number(columns.par_rate[0]),
        accrued_amount=amount(_accrued(values, elapsed, floating_elapsed)),
        clean_value=answer.number(columns.clean_value[0]),
    )


def _floats(values: dict[str, Any], name: str) -> list[float]:
    return [float(value) for value in values[name]]


def _has_own_floating_leg(values: dict[str, Any]) -> bool:
    given = [name for name in _OWN if values[name] is not None]
    if given and len(given) < len(_OWN):
        missing = next(name for name in _OWN if name not in given)
        raise InputError(missing, f"an array too, as with {given[0]}", got="nothing")
    if not given and values["floating_elapsed_accrual"] is not None:
        raise InputError("floating_elapsed_accrual", f"nothing without {_OWN[0]}")
    return bool(given)


def _elapsed(values: dict[str, Any], leg: str) -> Decimal:
    """The part of the first period that is behind us: as given, else its accrual − the time to its payment."""
    elapsed: Decimal | None = values[f"{leg}elapsed_accrual"]
    first = values[f"{leg}accruals"][0]
    if elapsed is None:
        return max(Decimal(0), first - values[f"{leg}payment_years"][0])
    if elapsed > first:
        raise InputError(f"{leg}elapsed_accrual", f"at most the first of `{leg}accruals`")
    return elapsed


def _accrued(values: dict[str, Any], elapsed: Decimal, floating_elapsed: Decimal) -> Decimal:
    side = 1 if values["pay_fixed"] else -1
    if values["floating_accruals"] is None:
        rate = values["forward_rates"][0] - values["fixed_rate"]
        return Decimal(side * values["notional_amount"] * rate * elapsed)
    earned = values["forward_rates"][0] * floating_elapsed - values["fixed_rate"] * elapsed
    return Decimal(side * values["notional_amount"] * earned)


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
        Input(
            "floating_payment_years",
            "decimals",
            "years",
            "Of the floating leg, where it pays on days of its own: `payment_years`, `discount_factors` and `accruals`"
            " are the fixed leg's then",
            default=None,
            minimum=0,
        ),
        Input(
            "floating_discount_factors",
            "numbers",
            "",
            "To each payment of a floating leg of its own",
            default=None,
            above=0,
        ),
        Input(
            "floating_accruals",
            "decimals",
            "years",
            "Length of each period of a floating leg of its own",
            default=None,
            above=0,
        ),
        Input(
            "floating_elapsed_accrual",
            "decimal",
            "years",
            "Elapsed part of the first period of a floating leg of its own",
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
