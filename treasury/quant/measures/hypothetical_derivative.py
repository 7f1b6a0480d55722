"""Entry of the hypothetical derivative; the formulas are ``measurement.hypothetical_derivative``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from treasury.kernel.errors import InputError
from treasury.kernel.sign import KINDS, SIDES
from treasury.quant.inputs import REQUIRED, Answer, Input, Result, rising, same_length
from treasury.quant.measure import Measure
from treasury.quant.measurement.columns import HypotheticalColumns
from treasury.quant.measurement.hypothetical_derivative import (
    hypothetical_forward,
    hypothetical_option,
    hypothetical_swap,
)
from treasury.quant.measures import fx_forward_rate, fx_option_value, interest_rate_swap_value

#: The one input that kinds bound differently; the bound is asked for when the kind is known.
_SHARED = "notional_amount"
SWAP_ARRAYS = ("payment_years", "discount_factors", "forward_rates", "accruals")
#: What a swap's measure takes beside: the rate that is to be found here, what accrues, which does not move it, and a
#: floating leg of its own: an item's interest has one row of payment dates, and so has what mirrors it.
_NOT_ASKED = (
    "fixed_rate", "elapsed_accrual", "floating_payment_years", "floating_discount_factors", "floating_accruals",
    "floating_elapsed_accrual",
)  # fmt: skip
#: The inputs of each kind: those of the measure that values it.
INPUTS: dict[str, tuple[Input, ...]] = {
    "fx_forward": fx_forward_rate.MEASURE.inputs,
    "interest_rate_swap": tuple(
        item for item in interest_rate_swap_value.MEASURE.inputs if item.name not in _NOT_ASKED
    ),
    "option": fx_option_value.MEASURE.inputs,
}


def _inputs() -> tuple[Input, ...]:
    """Every input of any kind once; what a kind requires of them is asked for when the kind is known."""
    found: dict[str, Input] = {}
    for items in INPUTS.values():
        for item in items:
            kinds = [kind for kind, own in INPUTS.items() if item.name in {other.name for other in own}]
            found.setdefault(
                item.name,
                dataclasses.replace(
                    item,
                    meaning=f"{', '.join(kinds)}: {item.meaning}",
                    default=None if item.default is REQUIRED else item.default,
                    minimum=None if item.name == _SHARED else item.minimum,
                ),
            )
    return tuple(found.values())


def _of_kind(values: dict[str, Any]) -> dict[str, Any]:
    """The inputs of the kind asked for; one that is missing or belongs to another kind is refused by name."""
    kind = values["kind"]
    own = {item.name: item for item in INPUTS[kind]}
    for item in _OTHERS:
        value = values[item.name]
        if item.name not in own and item.default is None and value is not None:
            raise InputError(item.name, f"nothing for kind {kind}, which takes {', '.join(own)}")
    for name, item in own.items():
        if values[name] is None:
            raise InputError(name, item.expected, got="nothing")
        if name == _SHARED and item.minimum is not None and values[name] < item.minimum:
            raise InputError(name, item.expected, got=str(values[name]))
    return {name: values[name] for name in own}


def _fx_forward(values: dict[str, Any]) -> HypotheticalColumns:
    fx_forward_rate.MEASURE.formula_of(values, Answer())  # refuses rates that do not compound
    return hypothetical_forward(
        values["spot_rate"],
        values["base_rate"],
        values["quote_rate"],
        values["years"],
        values["compounding"],
    )


def _interest_rate_swap(values: dict[str, Any]) -> HypotheticalColumns:
    same_length(values, *SWAP_ARRAYS)
    rising(values, "payment_years")
    _, factors, forwards, accruals = ([float(value) for value in values[name]] for name in SWAP_ARRAYS)
    return hypothetical_swap(
        float(values["notional_amount"]),
        values["pay_fixed"],
        [0, len(factors)],
        forwards,
        accruals,
        factors,
    )


def _option(values: dict[str, Any]) -> HypotheticalColumns:
    return hypothetical_option(
        KINDS[values["option_kind"]],
        SIDES[values["side"]] * float(values["notional_amount"]),
        values["spot_rate"],
        values["strike_rate"],
        values["base_rate"],
        values["quote_rate"],
        values["implied_volatility"],
        values["years_to_expiry"],
        values["intrinsic_basis"] == "spot",
    )


_FORMULAS: dict[str, Callable[[dict[str, Any]], HypotheticalColumns]] = {
    "fx_forward": _fx_forward,
    "interest_rate_swap": _interest_rate_swap,
    "option": _option,
}
_OTHERS = _inputs()


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = _FORMULAS[values["kind"]](_of_kind(values))
    answer.because(int(columns.reasons.ravel()[0]))
    name = "fixed_rate" if values["kind"] == "interest_rate_swap" else "strike_rate"
    answer.put(
        **{name: answer.number(columns.struck_rate.ravel()[0])},
        present_value_at_designation=answer.number(columns.present_value_at_designation.ravel()[0]),
    )


MEASURE = Measure(
    code="hypothetical_derivative",
    title="Hypothetical derivative",
    summary="The derivative that mirrors the hedged item and is worth nothing on the day of designation.",
    inputs=(
        Input(
            "kind",
            "choice",
            "",
            "Two-sided risk: a forward or a swap; one-sided risk: an option, of which only the intrinsic value counts",
            choices=tuple(INPUTS),
        ),
        *_OTHERS,
    ),
    results=(
        Result("strike_rate", "quote per base", "Forward by covered parity; option: the hedged level"),
        Result("fixed_rate", "per year", "Par rate of the swap"),
        Result(
            "present_value_at_designation",
            "quote currency; forward per unit of base; swap its own currency",
            "Value at that rate, by the valuation function; option: intrinsic value × notional",
            "asset +",
        ),
    ),
    formula="forward K = F of parity; swap K = Σ f·a·D / Σ a·D; option K given, or F (or S) where the given one is in "
    "the money, V = ±N·max(±(F − K), 0)·D",
    reference="IFRS 9 B6.5.5; rules section 5",
    example={
        "kind": "interest_rate_swap",
        "notional_amount": "10000000",
        "pay_fixed": True,
        "payment_years": ["1", "2"],
        "discount_factors": [0.97, 0.94],
        "forward_rates": ["0.03", "0.032"],
        "accruals": ["1", "1"],
    },
    example_result={"fixed_rate": 0.030984293193717278, "present_value_at_designation": 0.0},
    used_in="Calculators: what a hedge is held against",
    formula_of=_calculate,
)
