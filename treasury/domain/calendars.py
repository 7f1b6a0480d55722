"""The days on which the markets of currencies are closed, and what a day is to them: open or not, and its spot date.

The calendars are QuantLib's, one a currency, the same that value dates, payment days and curves go by. Weekends are
not listed; a weekend that is worked or has moved is as the calendar has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from treasury.domain.value_days import closed_on, spot_day
from treasury.kernel.errors import InputError, shown
from treasury.quant.dates.conventions import WEEKENDS_ONLY, conventions
from treasury.quant.dates.holidays import EPOCH, FIRST_YEAR, LAST_YEAR, holidays

#: Currencies of one question.
MOST = 40


@dataclass(frozen=True, slots=True)
class DayOff:
    """A working day of the week on which these currencies' markets are closed."""

    day: date
    currencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayAsked:
    """`closed`: whose market is closed; `spot_date`: of a trade of that day in all of the currencies together."""

    day: date
    closed: tuple[str, ...]
    spot_date: date

    @property
    def is_business_day(self) -> bool:
        return not self.closed


def centre(currency: str) -> str:
    """`UnitedStates.FederalReserve` of USD; a currency without a calendar has weekends only."""
    name = conventions(currency).calendar
    return "weekends only" if name == WEEKENDS_ONLY else name


def days_off(currencies: Sequence[str], year: int) -> list[DayOff]:
    """In the order of days. Raises InputError for a year that the calendars do not know."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError("year", f"a year from {FIRST_YEAR} to {LAST_YEAR}", got=str(year))
    first, last = np.datetime64(f"{year}-01-01"), np.datetime64(f"{year + 1}-01-01")
    found: dict[int, list[str]] = {}
    for code in dict.fromkeys(currencies):
        _, off = holidays(conventions(code).calendar)
        for day in off[(off >= first) & (off < last)].astype(np.int64).tolist():
            found.setdefault(day, []).append(code)
    return [DayOff(date.fromordinal(day + EPOCH), tuple(codes)) for day, codes in sorted(found.items())]


def day_asked(day: date, currencies: Sequence[str]) -> DayAsked:
    """Two currencies settle as their pair does, one as its deposits do, more of them two days later."""
    return DayAsked(day, closed_on(day, currencies), spot_day(business_date=day, currencies=currencies))


def currencies_of(text: str) -> tuple[str, ...]:
    """`EURUSD`, `EUR, USD` or `eur usd`. Raises InputError where something else is between them."""
    words = text.upper().replace(",", " ").replace("/", " ").split()
    codes = [word[at : at + 3] for word in words for at in range(0, len(word), 3)]
    if any(len(code) != 3 or not code.isalpha() or not code.isascii() for code in codes) or len(codes) > MOST:
        raise InputError(
            "currencies", f"at most {MOST} currencies such as EUR, USD or EURUSD", got=shown(text)
        )
    return tuple(dict.fromkeys(codes))
