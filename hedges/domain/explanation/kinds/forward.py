"""Forwards, non-deliverable forwards and the far leg of FX swaps: value, spot element, forward element."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.market_numbers import FIXED, curve_source, forward_step, rate_step, spot_step
from hedges.domain.explanation.origins import from_rate
from hedges.domain.explanation.parts import Given, Number, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import risk_spot, spot_given
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, nothing, rounded
from hedges.domain.explanation.written import number
from treasury.enums import RiskKind

CODE = "fx_forward_value"


def leg_inputs(found: Priced) -> list[Given]:
    """The inputs of `fx_forward_value` for the leg that is the hedge."""
    spot, rate = spot_step(found), rate_step(found)
    start = risk_spot(found.case, found.risk_id, found.day("trade_date"))
    return [
        found.term("notional_amount"),
        found.term("strike_rate"),
        Given("forward_rate", found.number("forward_rate"), from_rate(rate)),
        Given(
            "discount_factor",
            found.number("discount_factor"),
            curve_source(found.case, found.currency, f"to {found.day('settlement_date')}"),
        ),
        Given("spot_rate", found.number("spot_rate"), spot_given("", spot).source),
        Given("spot_rate_at_designation", start.result, spot_given("", start).source),
    ]


def parity_inputs(found: Priced, inputs: list[Given], day: int | None = None) -> list[Given]:
    """The same with the forward by covered parity: what the basis element compares with."""
    step = rate_steps(found, day)[-1]
    return [*inputs, Given("covered_parity_forward_rate", step.result, from_rate(step))]


def rate_steps(found: Priced, day: int | None = None) -> list[Step]:
    """The market's forward and the one by covered parity, factor by factor; a fixing stands for both."""
    rate = rate_step(found)
    if rate.title == FIXED:
        return [rate]
    return [forward_step(found, day=day), forward_step(found, parity=True, day=day)]


def value_step(found: Priced, field: str) -> Step:
    return measured(CODE, field, leg_inputs(found), title="Spot element" if field == "spot_element" else "")


def present_value(found: Priced) -> Worked:
    return amount([value_step(found, "present_value")], found.currency, found.because)


def spot_element(found: Priced) -> Worked:
    return amount([value_step(found, "spot_element")], found.currency, found.because)


def remainder(total: Step, part: Step, title: str, formula: str, currency: str) -> Step:
    """The last component: the rounded total less the rounded other part, so that they add up to the minor unit."""
    whole, other = rounded(total.result, currency), rounded(part.result, currency)
    result: Number = None if whole is None or other is None else Decimal(whole - other)
    given = [
        Given(total.field or "total", whole, from_before(f"{total.title}, rounded once")),
        Given(part.field or "part", other, from_before(f"{part.title}, rounded once")),
    ]
    return arithmetic(
        title, formula, result, given, numbers=f"{number(whole)} − ({number(other)}) = {number(result)}"
    )


def forward_element(found: Priced) -> Worked:
    total, spot = value_step(found, "present_value"), value_step(found, "spot_element")
    last = remainder(total, spot, "Forward element", "present value − spot element", found.currency)
    steps = [rate_step(found), total, spot, last]
    return amount(steps, found.currency, found.because, code=CODE, field="forward_element")


def no_basis(found: Priced) -> str:
    """Why there is no basis element; empty where there may be one."""
    if found.risk["kind"] != RiskKind.CURRENCY_PAIR:
        return "a quantity has no currency basis"
    look = found.case.sealed.lookup
    place = int(look.position([found.risk_id])[0])
    age = int(look.curve_age(np.array(found.case.today), look.base_parity[place]))
    old = age > int(found.terms.stale_after[0])
    return "the discount curve that covered parity needs is missing or too old" if old else ""


def basis_element(found: Priced) -> Worked:
    inputs = parity_inputs(found, leg_inputs(found))
    if why := no_basis(found):
        return nothing(why, inputs, code=CODE, field="basis_element")
    steps = [*rate_steps(found), measured(CODE, "basis_element", inputs)]
    return amount(steps, found.currency, found.because)


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "basis_element": basis_element,
    "present_value": present_value,
    "spot_element": spot_element,
    "forward_element": forward_element,
}
