"""Cross-currency swaps: coupons and exchanges of principal of both legs, flow by flow; a resetting notional period by
period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from hedges.domain.explanation.kinds import clean
from hedges.domain.explanation.market_numbers import curve_source
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import CALCULATION, MARKET, Given, Listing, Number, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import risk_spot, spot_given
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, nothing
from hedges.domain.explanation.written import number

CODE, PARTS = "cross_currency_swap_value", "interest_rate_swap_value"
COLUMNS = ("paid on", "what", "amount", "discount factor")


@dataclass(frozen=True, slots=True)
class Period:
    """One coupon period with the notional of the quote leg in it; None where its spot rate is missing or too old."""

    start: int
    pay: int
    accrual: float
    quote_notional: float | None
    begun: bool
    is_first: bool


def _periods(found: Priced) -> list[Period]:
    """Of the swap, with what the spot rate set the quote leg to."""
    flows, terms, look, on = found.flows, found.terms, found.case.sealed.lookup, found.payment_day
    dealt, base = -float(terms.counter_amount[0]), float(terms.notional[0])
    periods = []
    for number_, (start, pay, accrual) in enumerate(
        zip(flows.period_start.tolist(), flows.pay_date.tolist(), flows.accrual.tolist(), strict=True)
    ):
        notional: float | None = dealt
        if number_ and bool(terms.resets_notional[0]):
            day = np.array([start])
            if start <= on:
                old = look.spot_age(terms.risk, day)[0] > terms.stale_after[0]
                rate = float("nan") if old else float(look.spot(terms.risk, day)[0])
            else:
                rate = float(look.forward(terms.risk, np.array([on]), day)[0])
            notional = None if np.isnan(rate) else base * rate
        begun = start < on or (number_ == 0 and start == on)
        periods.append(Period(start, pay, accrual, notional, begun, number_ == 0))
    return periods


def _flows(
    found: Priced, notionals: list[float | None], coupon: float
) -> list[tuple[int, str, float | None]]:
    """What a leg still pays: coupons, differences of a notional that resets, the first and the last exchange."""
    listed: list[tuple[int, str, float | None]] = []
    on, periods = found.payment_day, _periods(found)
    before: float | None = 0.0
    for period, notional in zip(periods, notionals, strict=True):
        if not period.begun:
            step = None if notional is None or before is None else before - notional
            what = "first exchange" if period.is_first else "reset of the notional"
            if step != 0:
                listed.append((period.start, what, step))
        if period.pay >= on:
            listed.append(
                (period.pay, "coupon", None if notional is None else notional * coupon * period.accrual)
            )
        before = notional
    if periods and periods[-1].pay >= on:
        listed.append((periods[-1].pay, "last exchange", before))
    return listed


def _leg(
    found: Priced, name: str, principal: float, flows: list[tuple[int, str, float | None]]
) -> tuple[Given, Listing]:
    """Base flows are worth N·F(T)·D_q(T), turned back at spot; quote flows N·D_q(T)."""
    look, terms = found.case.sealed.lookup, found.terms
    on, days = np.full(len(flows), found.payment_day), np.array([day for day, _, _ in flows], dtype=np.int64)
    risk = np.broadcast_to(terms.risk, on.shape)
    factors = look.factor(risk, on, days)
    currency = found.currency
    words = of_version("instrument", found.version, "terms and payment dates").text
    if name == "receive":
        currency = found.risk["base_unit_id"]
        factors = look.forward(risk, on, days) * factors / look.spot(risk, on)
        words += "; factors F(T)·D_q(T)/S with the market's forward"
    sizes = [size for _, _, size in flows]
    complete = not found.stale and not np.isnan(factors).any() and None not in sizes
    value = {"notional_amount": principal, "cash_flows": sizes, "discount_factors": factors.tolist()}
    source = curve_source(found.case, found.currency)
    rows = [
        (date.fromordinal(day), what, size, factor)
        for (day, what, size), factor in zip(flows, factors.tolist(), strict=True)
    ]
    given = Given(
        name, value if complete else None, Source(MARKET, f"{words}; {source.text}", source.refers_to)
    )
    return given, Listing(f"Leg in {currency}", COLUMNS, rows, len(rows))


def _value(found: Priced) -> Step:
    terms, periods = found.terms, _periods(found)
    base = float(terms.notional[0])
    receive = _flows(found, [base] * len(periods), float(terms.fixed_rate[0]))
    pay = _flows(found, [one.quote_notional for one in periods], float(terms.counter_fixed_rate[0]))
    spot = risk_spot(found.case, found.risk_id)
    first, received = _leg(found, "receive", base, receive)
    second, paid = _leg(found, "pay", -float(terms.counter_amount[0]), pay)
    given = [first, second, Given("spot_rate", found.number("spot_rate"), spot_given("", spot).source)]
    return measured(CODE, "present_value", given, listings=[received, paid])


def _accrued(found: Priced, value: Step) -> Step:
    """Of the running period: a coupon that is paid today has accrued in full."""
    on, terms = found.payment_day, found.terms
    spot = found.number("spot_rate")
    result: Number = None if value.result is None or spot is None else 0.0
    rows: list[tuple[object, ...]] = []
    for period in _periods(found):
        if not (period.start < on <= period.pay) or result is None or period.quote_notional is None:
            continue
        elapsed = period.accrual * (on - period.start) / max(period.pay - period.start, 1)
        received = float(terms.notional[0]) * float(terms.fixed_rate[0]) * elapsed
        paid = period.quote_notional * float(terms.counter_fixed_rate[0]) * elapsed
        result = float(result) + received * float(spot or 0) - paid
        rows.append((date.fromordinal(period.start), on - period.start, elapsed, received, paid))
    columns = ("period from", "days gone", "elapsed years", "received", "paid")
    given = [
        found.term("fixed_rate"),
        found.term("counter_fixed_rate"),
        Given("spot_rate", spot, from_before("the spot rate of the value")),
    ]
    return arithmetic(
        "Accrued interest",
        "received coupon × elapsed × spot − paid coupon × elapsed",
        result,
        given,
        listings=[Listing("The running period", columns, rows, len(rows))],
    )


def _clean(found: Priced) -> list[Step]:
    value = _value(found)
    return clean.clean_steps(value, _accrued(found, value))


def present_value(found: Priced) -> Worked:
    return amount([_value(found)], found.currency, found.because)


def clean_value(found: Priced) -> Worked:
    return clean.clean_value(found, _clean(found), PARTS)


def accrued_amount(found: Priced) -> Worked:
    return clean.accrued_amount(found, _clean(found), PARTS)


def profit_amount(found: Priced) -> Worked:
    """What resets have settled: the running notional of the quote leg less the one dealt."""
    if not bool(found.terms.resets_notional[0]):
        return nothing("the notional of this swap does not reset", code=CODE, field="present_value")
    on = found.payment_day
    running = [one for one in _periods(found) if one.start < on <= one.pay]
    dealt = -float(found.terms.counter_amount[0])
    notional = running[0].quote_notional if running else dealt
    result = None if notional is None or found.stale else notional - dealt
    given = [
        Given(
            "running_notional",
            notional,
            Source(CALCULATION, "base notional × spot at the start of the period"),
        ),
        Given("dealt_amount", dealt, of_version("instrument", found.version, "counter_amount")),
    ]
    text = f"{number(notional)} − {number(dealt)} = {number(result)}"
    step = arithmetic("Settled by resets", "running notional − dealt notional", result, given, numbers=text)
    return amount([step], found.currency, found.because, code=CODE, field="present_value")


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "present_value": present_value,
    "clean_value": clean_value,
    "accrued_amount": accrued_amount,
    "profit_amount": profit_amount,
}
