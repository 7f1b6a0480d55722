"""Value dates as dealers say them, on the calendars of the currencies paid: `3M`, `spot+2`, `IMM1`, `2027-01-15`.

A tenor counts from the spot date and moves by the modified following rule (from the last business day of a month to the
last one); `spot+2` and `today+1` count business days; `IMM1` is the next third Wednesday of March, June, September
or December after today, `IMM2` the one after it. A date stands as it is written, with a word where a market is closed.
Reference: ISDA 2021 definitions, business day conventions; ACI model code on value dates.
Worked example: EURUSD on Wednesday 2026-11-18: spot is 2026-11-20, 1M Monday 2026-12-21 (the 20th is a Sunday).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from treasury.kernel import dates, shorthand
from treasury.kernel.clock import add_months
from treasury.kernel.errors import InputError, shown
from treasury.quant.dates.conventions import conventions, pair_spot_lag
from treasury.quant.dates.holidays import (
    EPOCH,
    currency_business_days,
    to_days,
)
from treasury.quant.dates.pillars import modified_following, pillar_dates
from treasury.quant.dates.tenors import tenor_years

EXPECTED = "a tenor such as 3M, spot+2, IMM1 or a date such as 2027-01-15"
#: Holidays are known up to 2120, rates do not reach further than this.
MOST_YEARS = 60

_COUNTED = re.compile(r"(SPOT|TODAY|T)(?: ?\+ ?([0-9]{1,3}))?", re.ASCII)
_IMM = re.compile(r"IMM ?([1-9][0-9]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ValueDay:
    """A day, what it was typed as, and where the calendar has moved it the day before that."""

    day: date
    typed: str
    moved_from: date | None
    #: Currencies whose market is closed on the day itself; on `moved_from` where that is given.
    closed: tuple[str, ...]

    @property
    def words(self) -> str:
        """`Friday 2027-01-15`, and why it is that day."""
        text = f"{self.day:%A} {self.day}"
        if self.moved_from is not None:
            return (
                f"{text}, as {self.moved_from:%A} {self.moved_from} is {_off(self.moved_from, self.closed)}"
            )
        return f"{text}, {_off(self.day, self.closed)}" if self.closed else text


def value_day(
    text: str,
    *,
    business_date: date,
    currencies: Sequence[str],
    field: str = "value_date",
    start: date | None = None,
) -> ValueDay:
    """The value date that a text means for a trade of `business_date`; `currencies`: those paid, none for a quantity.

    `start`: where tenors count from instead of the spot date (the maturity of a swap that starts then). Raises
    InputError with what was expected. A date that is written out is not moved.
    """
    wanted = text.strip().upper()
    try:
        day = dates.day(wanted)
    except ValueError:
        return _counted(text, wanted, business_date, currencies, field, start)
    if abs(day.year - business_date.year) > MOST_YEARS:
        raise InputError(field, f"a date within {MOST_YEARS} years", got=shown(text))
    return ValueDay(day, text.strip(), None, closed_on(day, currencies))


def spot_day(*, business_date: date, currencies: Sequence[str]) -> date:
    """The spot date of a pair (of a single currency its own)."""
    lag, calendar = _lag(currencies), currency_business_days(*currencies)
    return _later(business_date, lag, calendar)


def business_day(day: date, count: int, currencies: Sequence[str]) -> date:
    """The day that many business days later, before where `count` is below 0; a day off counts from the next one."""
    return _later(day, count, currency_business_days(*currencies))


def closed_on(day: date, currencies: Sequence[str]) -> tuple[str, ...]:
    """Which of the currencies do no business on a day."""
    return tuple(code for code in dict.fromkeys(currencies) if not _is_open(day, code))


def _counted(
    text: str, wanted: str, today: date, currencies: Sequence[str], field: str, begin: date | None
) -> ValueDay:
    calendar, lag = currency_business_days(*currencies), _lag(currencies)
    counted = _COUNTED.fullmatch(wanted)
    if counted:
        start = lag if counted[1] == "SPOT" else 0
        return ValueDay(_later(today, start + int(counted[2] or 0), calendar), text.strip(), None, ())
    imm = _IMM.fullmatch(wanted)
    if imm:
        plain = imm_day(today, int(imm[1]))
        return _moved(plain, _rolled(plain, calendar), text, currencies)
    try:
        tenor = shorthand.tenor(wanted)
    except InputError:
        raise InputError(field, EXPECTED, got=shown(text)) from None
    if tenor_years(tenor) > MOST_YEARS:
        raise InputError(field, f"a tenor of at most {MOST_YEARS} years", got=shown(text))
    first, lag = (today, lag) if begin is None else (begin, 0)
    day = date.fromordinal(int(pillar_dates([first.toordinal()], [tenor], calendar, lag)[0, 0]))
    return _moved(_unmoved(tenor, _later(first, lag, calendar)), day, text, currencies)


def imm_day(after: date, number: int) -> date:
    """The `number`-th third Wednesday of March, June, September or December after a day."""
    month = date(after.year, (after.month - 1) // 3 * 3 + 3, 1)
    while True:
        third = month + timedelta(days=(2 - month.weekday()) % 7 + 14)
        number -= third > after
        if number == 0:
            return third
        month = add_months(month, 3)


def _unmoved(tenor: str, spot: date) -> date | None:
    """Weeks, months and years fall on a day before the calendar moves it; business days do not."""
    if tenor in ("ON", "TN", "SN", "SPOT") or tenor.endswith("D"):
        return None
    number = int(tenor[:-1])
    if tenor.endswith("W"):
        return spot + timedelta(days=7 * number)
    return add_months(spot, number * (12 if tenor.endswith("Y") else 1))


def _moved(plain: date | None, day: date, text: str, currencies: Sequence[str]) -> ValueDay:
    closed = closed_on(plain, currencies) if plain is not None and plain != day else ()
    return ValueDay(day, text.strip(), plain if closed else None, closed)


def _lag(currencies: Sequence[str]) -> int:
    """Two currencies settle as their pair does, one as its deposits do, a quantity on the day after next."""
    codes = list(dict.fromkeys(currencies))
    if len(codes) == 1:
        return conventions(codes[0]).spot_lag
    return pair_spot_lag(codes[0], codes[1]) if len(codes) > 1 else 2


def _later(day: date, count: int, calendar: np.busdaycalendar) -> date:
    moved = np.busday_offset(to_days([day.toordinal()]), count, roll="forward", busdaycal=calendar)
    return _date(moved)


def _rolled(day: date, calendar: np.busdaycalendar) -> date:
    return _date(modified_following(to_days([day.toordinal()]), calendar))


def _date(days: np.ndarray) -> date:
    return date.fromordinal(int(days.astype("datetime64[D]").astype(np.int64)[0]) + EPOCH)


def _is_open(day: date, currency: str) -> bool:
    return bool(np.is_busday(to_days([day.toordinal()]), busdaycal=currency_business_days(currency))[0])


def _off(day: date, closed: Sequence[str]) -> str:
    """`a weekend`, or `a day off in USD`."""
    return "a weekend" if day.weekday() > 4 else f"a day off in {' and '.join(closed)}"
