"""Business days as numpy counts them: the holidays of QuantLib's calendars, asked once a calendar and process.

A calendar's week has the days on which it ever does business, so that weekends are out for ever and working weekends
(China) are right; holidays are known from 1970 to 2120, beyond that only weekends are.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.quant.dates.conventions import WEEKENDS_ONLY, conventions, known_currencies
from treasury.quant.numbers import Int

FIRST_YEAR, LAST_YEAR = 1970, 2120
#: Ordinal of 1970-01-01, where numpy counts days from.
EPOCH = 719_163
# QuantLib counts days from the end of 1899.
_SERIAL_TO_ORDINAL = 693_594
# QuantLib's weekdays begin with Sunday.
_MONDAY_FIRST = (2, 3, 4, 5, 6, 7, 1)


def to_days(ordinals: ArrayLike) -> NDArray[np.datetime64]:
    """Ordinals as numpy dates."""
    return (np.asarray(ordinals, dtype=np.int64) - EPOCH).astype("datetime64[D]")


def to_ordinals(days: NDArray[np.datetime64]) -> Int:
    """Numpy dates as ordinals."""
    return np.asarray(days.astype("datetime64[D]").astype(np.int64) + EPOCH)


def quantlib_calendar(name: str) -> Any:
    """QuantLib's calendar of a name such as `TARGET` or `UnitedKingdom.Settlement`."""
    import QuantLib as ql

    country, _, market = name.partition(".")
    kind = getattr(ql, country)
    return kind(getattr(kind, market)) if market else kind()


@cache
def holidays(name: str) -> tuple[NDArray[np.bool_], NDArray[np.datetime64]]:
    """The week (Monday first) and the days off on its working days."""
    first, last = np.datetime64(f"{FIRST_YEAR}-01-01"), np.datetime64(f"{LAST_YEAR + 1}-01-01")
    if name == WEEKENDS_ONLY:
        return np.array([True] * 5 + [False] * 2), np.array([], dtype="datetime64[D]")
    import QuantLib as ql

    calendar = quantlib_calendar(name)
    begin, end = ql.Date(1, 1, FIRST_YEAR), ql.Date(31, 12, LAST_YEAR)
    week = np.array([not calendar.isWeekend(day) for day in _MONDAY_FIRST])
    off = _listed(calendar.holidayList(begin, end, False))
    if calendar.businessDaysBetween(begin, end, True, True) == np.busday_count(
        first, last, weekmask=week.tolist(), holidays=off
    ):
        return week, off
    # Weekends that are worked or have moved: every single day off is asked for.
    off = _listed(calendar.holidayList(begin, end, True))
    every = np.arange(first, last)
    open_days = ~np.isin(every, off)
    weekday = (every.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    week = np.array([bool(open_days[weekday == day].any()) for day in range(7)])
    return week, every[~open_days & week[weekday]]


def read_all() -> None:
    """Asks for the calendars of all known currencies now, for processes that are about to be forked off."""
    for currency in known_currencies():
        holidays(conventions(currency).calendar)


def _listed(days: Any) -> NDArray[np.datetime64]:
    return to_days([day.serialNumber() + _SERIAL_TO_ORDINAL for day in days])


@cache
def business_days(*names: str) -> np.busdaycalendar:
    """The days on which all of these calendars do business."""
    parts = [holidays(name) for name in names or (WEEKENDS_ONLY,)]
    week = np.logical_and.reduce([week for week, _ in parts])
    off = np.unique(np.concatenate([days for _, days in parts]))
    return np.busdaycalendar(weekmask=week.tolist(), holidays=off)


def currency_business_days(*currencies: str) -> np.busdaycalendar:
    """The days on which the markets of all of these currencies are open."""
    return business_days(*sorted({conventions(code).calendar for code in currencies}))
