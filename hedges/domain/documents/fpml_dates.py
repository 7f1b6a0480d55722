"""The payment days of a swap stream in FpML: rolled back from the end on its centres, or as its cash flows state them.

Each stream has its own; days count from the start.
Reference: FpML 5, calculationPeriodDates, paymentDates, cashflows.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import numpy as np

from hedges.domain.documents import centres
from hedges.domain.documents.node import Node
from hedges.enums import DayCount
from treasury.kernel.day_count import fraction
from treasury.quant.dates.holidays import to_days, to_ordinals
from treasury.quant.dates.pillars import modified_following
from treasury.quant.dates.schedule import payment_days

MOST_YEARS = 60
_MONTHS = {"M": 1, "Y": 12}
#: The book's day counts by their names in FpML.
DAY_COUNTS = {
    "ACT/360": DayCount.ACT_360.value, "ACT/365.FIXED": DayCount.ACT_365.value,
    "30/360": DayCount.THIRTY_360.value, "30E/360": DayCount.THIRTY_E_360.value,
}  # fmt: skip
_FRACTION = re.compile(r"[0-9]{1,2}(\.[0-9]{1,20})?", re.ASCII)
_NONE, _MODIFIED = "NONE", "MODFOLLOWING"


@dataclass(frozen=True, slots=True)
class Schedule:
    """`day_count` is None where the book has no such count: its cash flows state the fractions then."""

    start: date
    end: date
    months: int
    days: tuple[int, ...]
    accruals: tuple[float, ...]
    day_count: str | None


def months(node: Node) -> int:
    """A period in whole months, 1 to 12."""
    multiplier, period = node.text("periodMultiplier"), node.word("period", *_MONTHS)
    is_number = multiplier.isascii() and multiplier.isdigit() and len(multiplier) < 4
    found = int(multiplier) * _MONTHS.get(period, 0) if is_number else 0
    if not 1 <= found <= 12:
        node.problems.add(node.path, "unsupported", "a period of 1 to 12 months", multiplier + period)
        return 12
    return found


def schedule(stream: Node) -> Schedule:
    problems = stream.problems
    dates = stream.one("calculationPeriodDates")
    frequency = dates.one("calculationPeriodFrequency")
    every = months(frequency)
    roll = frequency.text("rollConvention", required=False)
    adjustment = _adjustment(dates.one("calculationPeriodDatesAdjustments"))
    start, end = (_agreed(dates.one(name)) for name in ("effectiveDate", "terminationDate"))
    first = dates.day("firstRegularPeriodStartDate", required=False)
    _payments(stream, every, adjustment)
    day_count = stream.one("calculationPeriodAmount").one("calculation").text("dayCountFraction")
    problems.raise_any()
    assert start and end
    stated = _stated(stream, start[1], day_count)
    problems.raise_any()
    if not start[1] < end[1] <= _years_later(start[1]):
        raise problems.refuse(
            dates.path, "dates", f"an end after the start, at most {MOST_YEARS} years", end[1]
        )
    if stated:
        return Schedule(
            start[1], stated[0][-1], every, *_counted(start[1], *stated), DAY_COUNTS.get(day_count)
        )
    plain = payment_days(start[0], end[0], every)
    rolled = [start[0] + timedelta(days=day) for day in plain]
    _check_roll(dates, roll, rolled)
    if first and (len(rolled) < 2 or first != rolled[0]):
        problems.add(
            f"{dates.path}/firstRegularPeriodStartDate", "unsupported", "a short first period or none", first
        )
    paid = [*(_moved(day, adjustment) for day in rolled[:-1]), end[1]]
    if day_count not in DAY_COUNTS:
        where = f"{stream.path}/calculationPeriodAmount/calculation/dayCountFraction"
        problems.add(
            where, "unsupported", ", ".join(DAY_COUNTS) + ", or cash flows with year fractions", day_count
        )
    problems.raise_any()
    count = DAY_COUNTS[day_count]
    fractions = [
        fraction(count, a.toordinal(), b.toordinal())
        for a, b in zip([start[1], *paid[:-1]], paid, strict=True)
    ]
    return Schedule(start[1], end[1], every, *_counted(start[1], paid, fractions), count)


Adjustment = tuple[str, tuple[str, ...]]


def _adjustment(node: Node) -> Adjustment:
    convention = node.word("businessDayConvention", _NONE, _MODIFIED)
    listed = node.maybe("businessCenters")
    found = [centre.value() for centre in listed.many("businessCenter")] if listed else []
    pointed = node.maybe("businessCentersReference")
    if pointed:
        found += _centres_at(node.nodes[0].element, pointed.element.get("href", ""))
    for centre in found:
        if not centres.is_known(centre):
            node.problems.add(
                node.path, "unsupported", "a business centre whose calendar the book has", centre
            )
    if convention == _MODIFIED and not found:
        node.problems.add(node.path, "missing", "the business centres of MODFOLLOWING")
    return convention, tuple(sorted(set(found)))


def _centres_at(root: Element, key: str) -> list[str]:
    for element in root.iter():
        if element.get("id") == key:
            return [(child.text or "").strip() for child in element]
    return []


def _agreed(node: Node) -> tuple[date, date] | None:
    """A date as it is written, and moved to a business day."""
    adjustment = _adjustment(node.one("dateAdjustments"))
    day = node.day("unadjustedDate")
    node.problems.raise_any()
    return (day, _moved(day, adjustment)) if day else None


def _moved(day: date, adjustment: Adjustment) -> date:
    convention, found = adjustment
    if convention == _NONE:
        return day
    moved = modified_following(to_days(np.array([day.toordinal()])), centres.open_days(found))
    return date.fromordinal(int(to_ordinals(moved)[0]))


def _payments(stream: Node, every: int, adjustment: Adjustment) -> None:
    """Payments are made at the end of each period, on the day on which it ends."""
    payments = stream.one("paymentDates")
    payments.ignore("calculationPeriodDatesReference")
    if months(payments.one("paymentFrequency")) != every:
        stream.problems.add(
            f"{payments.path}/paymentFrequency",
            "unsupported",
            f"every {every} months, as the periods: nothing is compounded before it is paid",
        )
    payments.word("payRelativeTo", "CalculationPeriodEndDate")
    if _adjustment(payments.one("paymentDatesAdjustments")) != adjustment:
        stream.problems.add(
            f"{payments.path}/paymentDatesAdjustments", "unsupported", "the adjustments of the periods"
        )


def _check_roll(dates: Node, roll: str, rolled: list[date]) -> None:
    path = f"{dates.path}/calculationPeriodFrequency/rollConvention"
    if roll in ("", "NONE"):
        return
    if roll != "EOM" and not (roll.isascii() and roll.isdigit() and 1 <= int(roll[:3]) <= 31):
        dates.problems.add(path, "unsupported", "EOM or a day of the month", roll)
        return
    wanted = 31 if roll == "EOM" else int(roll)
    if any(day.day != min(wanted, _last_of_month(day)) for day in rolled[:-1]):
        dates.problems.add(path, "unsupported", f"the day on which the end falls, {rolled[-1].day}", roll)


def _stated(stream: Node, start: date, day_count: str) -> tuple[list[date], list[float]] | None:
    """Days and fractions as cash flows state them, period after period."""
    flows = stream.maybe("cashflows")
    if flows is None:
        return None
    flows.ignore("cashflowsMatchParameters", "principalExchange")
    days: list[date] = []
    fractions: list[float] = []
    for payment in flows.many("paymentCalculationPeriod"):
        payment.ignore(
            "unadjustedPaymentDate", "discountFactor", "forecastPaymentAmount", "presentValueAmount"
        )
        paid = payment.day("adjustedPaymentDate")
        period = payment.one("calculationPeriod")
        period.ignore(
            "unadjustedStartDate", "unadjustedEndDate", "calculationPeriodNumberOfDays", "notionalAmount",
            "fxLinkedNotionalAmount", "floatingRateDefinition", "fixedRate", "forecastAmount", "forecastRate",
        )  # fmt: skip
        begin, end = period.day("adjustedStartDate"), period.day("adjustedEndDate")
        if paid and begin and end:
            if paid != end or begin != (days[-1] if days else start) or begin >= end:
                stream.problems.add(
                    payment.path,
                    "cashflows",
                    "periods from the start on without gaps, each paid on its last day",
                )
            days.append(end)
            fractions.append(_fraction(period, begin, end, day_count))
    if not days:
        stream.problems.add(flows.path, "missing", "the periods of the cash flows")
    return days, fractions


def _fraction(period: Node, begin: date, end: date, day_count: str) -> float:
    if "dayCountYearFraction" in period.names:
        text = period.text("dayCountYearFraction")
        if _FRACTION.fullmatch(text):
            return float(text)
        period.problems.add(
            f"{period.path}/dayCountYearFraction", "not_a_number", "a fraction such as 0.5", text
        )
    elif day_count in DAY_COUNTS:
        return fraction(DAY_COUNTS[day_count], begin.toordinal(), end.toordinal())
    else:
        period.problems.add(period.path, "missing", f"dayCountYearFraction, as {day_count} is not the book's")
    return 0.0


def _counted(
    start: date, paid: list[date], fractions: list[float]
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple((day - start).days for day in paid), tuple(fractions)


def _last_of_month(day: date) -> int:
    return ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def _years_later(day: date) -> date:
    return date(min(day.year + MOST_YEARS, 2119), day.month, min(day.day, 28))
