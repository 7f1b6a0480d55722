"""Cross-currency swaps: coupons and exchanges of principal of both legs, flow by flow; a resetting notional period by
period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from hedges.domain.explanation.kinds import clean
from hedges.domain.explanation.market_numbers import curve_source
from hedges.domain.explanation.origins import joined, of_version
from hedges.domain.explanation.parts import MARKET, Given, Listing, Number, Source, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.spot import risk_spot, spot_given
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, nothing
from hedges.domain.explanation.written import number

CODE, PARTS = "cross_currency_swap_value", "interest_rate_swap_value"
COLUMNS = ("paid on", "what", "notional", "rate", "days", "accrual", "amount", "discount factor")
#: Of the listing of what set each period's notional.
NOTIONALS = ("period from", "until", "set by", "rate", "notional", "rate of", "quote ids")
SETTLED = "What the resets of a cross-currency swap have settled: the quote leg's running notional less the one dealt."


@dataclass(frozen=True, slots=True)
class Flow:
    """A payment still to come: a coupon is notional × rate × accrual, an exchange a notional or a difference of two."""

    day: int
    what: str
    amount: float | None
    notional: float | None
    rate: float | None = None
    days: int | None = None
    accrual: float | None = None


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


def _flows(found: Priced, notionals: list[float | None], coupon: float) -> list[Flow]:
    """What a leg still pays: coupons, differences of a notional that resets, the first and the last exchange."""
    listed: list[Flow] = []
    on, periods = found.payment_day, _periods(found)
    before: float | None = 0.0
    for period, notional in zip(periods, notionals, strict=True):
        if not period.begun:
            step = None if notional is None or before is None else before - notional
            what = "first exchange" if period.is_first else "reset of the notional"
            if step != 0:
                listed.append(Flow(period.start, what, step, notional))
        if period.pay >= on:
            paid = None if notional is None else notional * coupon * period.accrual
            days = period.pay - period.start
            listed.append(Flow(period.pay, "coupon", paid, notional, coupon, days, period.accrual))
        before = notional
    if periods and periods[-1].pay >= on:
        listed.append(Flow(periods[-1].pay, "last exchange", before, before))
    return listed


def _leg(found: Priced, name: str, principal: float, flows: list[Flow]) -> tuple[Given, Listing]:
    """Base flows are worth N·F(T)·D_q(T), turned back at spot; quote flows N·D_q(T)."""
    look, terms = found.case.sealed.lookup, found.terms
    on, days = np.full(len(flows), found.payment_day), np.array([flow.day for flow in flows], dtype=np.int64)
    risk = np.broadcast_to(terms.risk, on.shape)
    factors = look.factor(risk, on, days)
    currency, is_base = found.currency, name == "receive"
    words = "amounts: notional × rate × accrual, "
    if is_base:
        currency = found.risk["base_unit_id"]
        factors = look.carry(risk, on, days) * factors
        words = "factors F(T)·D_q(T)/S with the market's forward; " + words
    sizes = [flow.amount for flow in flows]
    complete = not found.stale and not np.isnan(factors).any() and None not in sizes
    value = {"notional_amount": principal, "cash_flows": sizes, "discount_factors": factors.tolist()}
    rows = [
        (
            date.fromordinal(flow.day), flow.what, flow.notional, flow.rate, flow.days, flow.accrual,
            flow.amount, factor,
        )
        for flow, factor in zip(flows, factors.tolist(), strict=True)
    ]  # fmt: skip
    version = of_version("instrument", found.version, "terms and payment dates")
    sources = _curves(found, is_base)
    if not is_base:
        sources += [rate.source for rate in _resets(found).values()]
    market = joined(sources)
    source = Source(MARKET, f"{words}{version.text}; {market.text}", version.refers_to | market.refers_to)
    given = Given(name, value if complete else None, source)
    return given, Listing(f"Leg in {currency}", COLUMNS, rows, len(rows), first="earliest")


def _curves(found: Priced, is_base: bool) -> list[Source]:
    """The discount curve of the quote currency; for the base leg those too that the market's forward is made on."""
    look = found.case.sealed.lookup
    place, names = int(look.position([found.risk_id])[0]), look.market.curves.currencies
    of_forward = (look.base_implied[place], look.quote_implied[place])
    used = [int(look.quote_curve[place]), *(map(int, of_forward) if is_base or _is_resetting(found) else ())]
    called = dict.fromkeys(names[curve] if curve >= 0 else "" for curve in used)
    spot = [spot_given("", risk_spot(found.case, found.risk_id)).source] if is_base else []
    return [*(curve_source(found.case, name) for name in called), *spot]


def _is_resetting(found: Priced) -> bool:
    return bool(found.terms.resets_notional[0])


def _resets(found: Priced) -> dict[int, Given]:
    """The spot rate that set each period's notional, by the period's start; the first is dealt, later ones forwards."""
    if not _is_resetting(found):
        return {}
    starts = [one.start for one in _periods(found) if not one.is_first and one.start <= found.payment_day]
    return {
        start: spot_given(
            f"spot_rate_of_{date.fromordinal(start)}",
            risk_spot(found.case, found.risk_id, date.fromordinal(start)),
        )
        for start in starts
    }


def _notionals(found: Priced) -> Listing:
    """What set the quote leg's notional in each period."""
    base, fixed, rows = float(found.terms.notional[0]), _resets(found), []
    for period in _periods(found):
        reset, notional = fixed.get(period.start), period.quote_notional
        how, rate, said, ids = "the market's forward", None, str(found.case.day), ""
        if period.is_first or not _is_resetting(found):
            how, said = "dealt", of_version("instrument", found.version, "counter_amount").text
        elif reset is not None:
            how, rate, said = "spot rate", reset.value, reset.source.text
            ids = ", ".join(map(str, reset.source.refers_to["quote_ids"]))
        elif notional is not None:
            rate = notional / base
        rows.append(
            (date.fromordinal(period.start), date.fromordinal(period.pay), how, rate, notional, said, ids)
        )
    return Listing(
        "Notional of the quote leg, period by period", NOTIONALS, rows, len(rows), first="earliest"
    )


def _value(found: Priced) -> Step:
    terms, periods = found.terms, _periods(found)
    base = float(terms.notional[0])
    receive = _flows(found, [base] * len(periods), float(terms.fixed_rate[0]))
    pay = _flows(found, [one.quote_notional for one in periods], float(terms.counter_fixed_rate[0]))
    spot = risk_spot(found.case, found.risk_id)
    first, received = _leg(found, "receive", base, receive)
    second, paid = _leg(found, "pay", -float(terms.counter_amount[0]), pay)
    given = [first, second, Given("spot_rate", found.number("spot_rate"), spot_given("", spot).source)]
    return measured(CODE, "present_value", given, listings=[received, paid, _notionals(found)])


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
        gone, of_days = on - period.start, period.pay - period.start
        sizes = (float(terms.notional[0]), period.quote_notional)
        rows.append((date.fromordinal(period.start), gone, of_days, elapsed, *sizes, received, paid))
    columns = (
        "period from", "days gone", "of days", "elapsed years", "base notional", "quote notional", "received", "paid",
    )  # fmt: skip
    given = [
        found.term("fixed_rate"),
        found.term("counter_fixed_rate"),
        Given("spot_rate", spot, from_before("the spot rate of the value")),
        *_resets(found).values(),
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
    if not _is_resetting(found):
        return nothing("the notional of this swap does not reset", code=CODE, field="present_value")
    on = found.payment_day
    running = [one for one in _periods(found) if one.start < on <= one.pay]
    dealt = -float(found.terms.counter_amount[0])
    notional = running[0].quote_notional if running else dealt
    result = None if notional is None or found.stale else notional - dealt
    resets = _resets(found)
    steps = [_reset_step(found, one, resets[one.start]) for one in _periods(found) if one.start in resets]
    set_by = (
        from_before(steps[-1].title) if steps else of_version("instrument", found.version, "counter_amount")
    )
    given = [
        Given("running_notional", notional, set_by),
        Given("dealt_amount", dealt, of_version("instrument", found.version, "counter_amount")),
    ]
    text = f"{number(notional)} − {number(dealt)} = {number(result)}"
    formula = "running notional − dealt notional"
    step = arithmetic("Settled by resets", formula, result, given, listings=[_notionals(found)], numbers=text)
    return amount([*steps, step], found.currency, found.because, sentence=SETTLED, formula=formula)


def _reset_step(found: Priced, period: Period, rate: Given) -> Step:
    """Base notional × the spot rate of the day on which the period began."""
    size = float(found.terms.notional[0])
    text = f"{number(size)} × {number(rate.value)} = {number(period.quote_notional)}"
    return arithmetic(
        f"Notional from {date.fromordinal(period.start)}",
        "base notional × spot at the start of the period",
        period.quote_notional,
        [found.term("notional_amount"), rate],
        numbers=text,
    )


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "present_value": present_value,
    "clean_value": clean_value,
    "accrued_amount": accrued_amount,
    "profit_amount": profit_amount,
}
