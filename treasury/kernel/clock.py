"""Pure date arithmetic. There is no "now" here: the one clock is the database's.

Units: days are whole calendar days, years are ACT/365F unless a name says otherwise.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

DAYS_PER_YEAR = 365.0


def years_between(start: date, end: date) -> float:
    """ACT/365F years from ``start`` to ``end``; negative when ``end`` is earlier."""
    return (end - start).days / DAYS_PER_YEAR


def add_months(day: date, months: int) -> date:
    """``day`` moved by whole months, clipped to the month's end: 31 January + 1 = 28 or 29 February."""
    position = day.year * 12 + day.month - 1 + months
    year, month = divmod(position, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_between(start: date, end: date) -> int:
    """Calendar months from the month of ``start`` to the month of ``end``."""
    return (end.year - start.year) * 12 + end.month - start.month


def is_weekday(day: date) -> bool:
    """Whether the day is Monday to Friday."""
    return day.weekday() < 5


def weekday_on_or_before(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def weekly_grid(as_of: date, count: int) -> list[date]:
    """``count`` dates seven days apart that end at ``as_of``, oldest first."""
    return [as_of - timedelta(days=7 * step) for step in range(count - 1, -1, -1)]


def days_from(as_of: date, days: Sequence[date]) -> NDArray[np.int32]:
    """Whole days from ``as_of`` to each date, shape (n,); the past is negative."""
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    return (ordinals - as_of.toordinal()).astype(np.int32)
