"""Swaps in FpML: fixed against floating in one currency, or fixed against fixed in two with principals exchanged.

The legs of a swap in one currency may pay on days and by day counts of their own, from one start to one end; those
of a cross-currency swap pay on the same days. It may reset the notional of one leg to the spot rate, period by period
(`fxLinkedNotionalSchedule`). Reference: FpML 5, swap, swapStream.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.documents.fpml_dates import DAY_COUNTS, Schedule, months, schedule
from hedges.domain.documents.fpml_fx import direction
from hedges.domain.documents.node import Node
from hedges.domain.documents.problems import Problems
from hedges.domain.documents.trade import Trade, said_count
from hedges.enums import InstrumentKind

_DAY_COUNT = "/calculationPeriodAmount/calculation/dayCountFraction"
#: Words after the name of an index that say where it is read, not what is paid.
_SCREENS = {"Reuters", "Telerate", "BBA", "LIFFE", "Bloomberg"}


@dataclass(frozen=True, slots=True)
class Stream:
    """`direction` is +1 where we receive the leg. `notional` is None where it is linked to the other leg's."""

    path: str
    direction: int
    currency: str
    notional: Decimal | None
    rate: Decimal
    index: str
    exchanges: bool
    initial: Decimal | None
    schedule: Schedule


def swap(product: Node, us: str, them: str, trade_date: date) -> Trade:
    nodes = product.many("swapStream")
    problems = product.problems
    if len(nodes) != 2:
        raise problems.refuse(f"{product.path}/swapStream", "unsupported", "two streams", len(nodes))
    first, second = (_stream(node, us, them) for node in nodes)
    problems.raise_any()
    if first.direction == second.direction:
        problems.add(second.path, "direction", "one stream paid and the other one received")
    for name, of_first, of_second in (
        ("start", first.schedule.start, second.schedule.start),
        ("end", first.schedule.end, second.schedule.end),
    ):
        if of_first != of_second:
            problems.add(second.path, "legs_differ", f"the {name} of the first stream, {of_first}", of_second)
    problems.raise_any()
    make = _in_one_currency if first.currency == second.currency else _in_two_currencies
    return make(product, first, second, trade_date)


def _in_one_currency(product: Node, first: Stream, second: Stream, trade_date: date) -> Trade:
    problems = product.problems
    fixed, floating = (second, first) if first.index else (first, second)
    if bool(fixed.index) or not floating.index:
        problems.add(product.path, "unsupported_product", "one fixed and one floating stream")
    if fixed.exchanges or floating.exchanges:
        problems.add(product.path, "unsupported", "no exchange of principals in one currency")
    if fixed.notional is None or fixed.notional != floating.notional:
        problems.add(floating.path, "legs_differ", "the notional of the fixed stream", floating.notional)
    dates = _dates(fixed.schedule) | _floating_dates(fixed, floating, problems)
    problems.raise_any()
    assert fixed.notional is not None
    return Trade(
        kind=InstrumentKind.INTEREST_RATE_SWAP.value, trade_date=trade_date, value_date=fixed.schedule.end,
        base_currency=fixed.currency, base_amount=fixed.notional, index=floating.index,
        pay_fixed=fixed.direction < 0, fixed_rate=fixed.rate, spread_rate=floating.rate, **dates,
    )  # fmt: skip


def _in_two_currencies(product: Node, first: Stream, second: Stream, trade_date: date) -> Trade:
    problems = product.problems
    if first.schedule.days != second.schedule.days:
        problems.add(
            second.path,
            "legs_differ",
            "the payment days of the first stream: two fixed legs have them in common",
        )
    elif first.schedule.accruals != second.schedule.accruals:
        problems.add(
            f"{second.path}{_DAY_COUNT}", "legs_differ",
            "the day count of the first stream: two fixed legs have the fractions of a year in common",
        )  # fmt: skip
    resets = first.notional is None or second.notional is None
    if first.notional is None or (not resets and first.currency > second.currency):
        first, second = second, first
    for stream in (first, second):
        if stream.index:
            problems.add(
                stream.path, "unsupported_product", "a fixed rate: the book's cross-currency swaps have two"
            )
        if not stream.exchanges:
            problems.add(
                f"{stream.path}/principalExchanges", "unsupported", "principals exchanged first and last"
            )
    counter = second.initial if resets else second.notional
    if first.notional is None or counter is None:
        problems.add(second.path, "missing", "the first notional of each stream")
    problems.raise_any()
    assert first.notional is not None and counter is not None
    return Trade(
        kind=InstrumentKind.CROSS_CURRENCY_SWAP.value, trade_date=trade_date, value_date=first.schedule.end,
        base_currency=first.currency, base_amount=first.direction * first.notional, quote_currency=second.currency,
        quote_amount=second.direction * counter, fixed_rate=first.rate, counter_fixed_rate=second.rate,
        resets_notional=resets, **_dates(first.schedule),
    )  # fmt: skip


def _dates(found: Schedule) -> dict[str, Any]:
    return {
        "start_date": found.start, "payment_months": found.months, "flow_days": found.days,
        "flow_accruals": found.accruals, "day_count": said_count(found.day_count),
    }  # fmt: skip


def _floating_dates(fixed: Stream, floating: Stream, problems: Problems) -> dict[str, Any]:
    """The floating leg's own terms, beside the day count of the fixed one; nothing where both legs are alike."""
    one, other = fixed.schedule, floating.schedule
    counts = {one.day_count, other.day_count}
    if (one.months, one.days, one.accruals) == (other.months, other.days, other.accruals) and (
        len(counts) == 1 or None in counts
    ):
        return {}
    for stream in (fixed, floating):
        if stream.schedule.day_count is None:
            expected = f"{', '.join(DAY_COUNTS)}, as the legs differ"
            problems.add(f"{stream.path}{_DAY_COUNT}", "unsupported", expected)
    return {
        "day_count": one.day_count, "floating_payment_months": other.months, "floating_flow_days": other.days,
        "floating_flow_accruals": other.accruals, "floating_day_count": other.day_count,
    }  # fmt: skip


def _stream(node: Node, us: str, them: str) -> Stream:
    node.ignore("payerAccountReference", "receiverAccountReference", "cashflows")
    sign = direction(node, us, them)
    found = schedule(node)
    calculation = node.one("calculationPeriodAmount").one("calculation")
    calculation.ignore("dayCountFraction")
    currency, notional, initial = _notional(calculation)
    rate, index = _rate(calculation, currency, node, found.months)
    return Stream(
        node.path, sign, currency, notional, rate, index, _exchanges(node, notional), initial, found
    )


def _notional(calculation: Node) -> tuple[str, Decimal | None, Decimal | None]:
    linked = calculation.maybe("fxLinkedNotionalSchedule")
    if linked is not None:
        linked.ignore(
            "constantNotionalScheduleReference", "varyingNotionalFixingDates", "fxSpotRateSource", "fixingTime",
            "varyingNotionalInterimExchangePaymentDates",
        )  # fmt: skip
        currency = linked.currency("varyingNotionalCurrency")
        return currency, None, linked.money(currency, "initialValue")
    steps = calculation.one("notionalSchedule").one("notionalStepSchedule")
    currency = steps.currency()
    return currency, steps.money(currency, "initialValue"), None


def _rate(calculation: Node, currency: str, stream: Node, every: int) -> tuple[Decimal, str]:
    """The fixed rate and no index, or the spread and its index."""
    fixed = calculation.maybe("fixedRateSchedule")
    if fixed is not None:
        return fixed.number("initialValue") or Decimal(0), ""
    floating = calculation.one("floatingRateCalculation")
    spreads = floating.many("spreadSchedule")
    spread = spreads[0].number("initialValue") if spreads else None
    if len(spreads) > 1:
        stream.problems.add(f"{floating.path}/spreadSchedule", "given_twice", "one spread", len(spreads))
    _resets(stream, every)
    return spread or Decimal(0), _index(floating, currency)


def _index(floating: Node, currency: str) -> str:
    """The market symbol: EUR-EURIBOR of 6 months is EURIBOR6M."""
    name = floating.text("floatingRateIndex")
    tenor = floating.maybe("indexTenor")
    text = tenor.text("periodMultiplier") + tenor.word("period", "D", "W", "M", "Y") if tenor else ""
    words = name.split("-")
    if len(words) < 2 or words[0] != currency or not set(words[2:]) <= _SCREENS or not words[1].isalnum():
        floating.problems.add(
            f"{floating.path}/floatingRateIndex", "unsupported", f"a term rate such as {currency}-NAME", name
        )
        return name
    return f"{words[1]}{text}"


def _resets(stream: Node, every: int) -> None:
    resets = stream.maybe("resetDates")
    if resets is None:
        return
    resets.ignore(
        "calculationPeriodDatesReference", "fixingDates", "resetDatesAdjustments", "initialFixingDate"
    )
    resets.word("resetRelativeTo", "CalculationPeriodStartDate")
    if months(resets.one("resetFrequency")) != every:
        stream.problems.add(
            f"{resets.path}/resetFrequency", "unsupported", f"every {every} months, as the periods"
        )


def _exchanges(node: Node, notional: Decimal | None) -> bool:
    found = node.maybe("principalExchanges")
    if found is None:
        return False
    told = [
        found.word(name, "true", "false")
        for name in ("initialExchange", "finalExchange", "intermediateExchange")
    ]
    if told[0] != told[1]:
        node.problems.add(
            found.path, "unsupported", "principals exchanged both first and last, or not at all"
        )
    if notional is None and told[2] != "true":
        node.problems.add(
            f"{found.path}/intermediateExchange", "unsupported", "true: resets are paid", told[2]
        )
    return told[0] == "true"
