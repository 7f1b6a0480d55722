"""Spot dates and pillar dates: on which day what is dealt or quoted today falls due.

Spot: the spot lag in business days after the day (a day off counts as the next business day). Pillar: the tenor after
the spot date, moved by the modified following rule; from the last business day of a month it falls on the last
business day of its month. ON and TN end one and two business days after the day itself.
Units: ordinals. Reference: ISDA 2021 definitions, business day conventions; ACI model code on value dates.
Worked example: EUR, Wednesday 2026-11-18: spot Friday 20 November, 1W 27 November, 1M Monday 21 December 2026.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.quant.dates.conventions import conventions, pair_spot_lag
from treasury.quant.dates.holidays import currency_business_days, to_days, to_ordinals
from treasury.quant.dates.tenors import OVERNIGHT, tenor_parts
from treasury.quant.numbers import Int

Days = NDArray[np.datetime64]


def spot_dates(days: ArrayLike, calendar: np.busdaycalendar, lag: int) -> Int:
    """Spot date of each day; any shape."""
    return to_ordinals(_later(to_days(days), lag, calendar))


def currency_spot_dates(days: ArrayLike, currency: str) -> Int:
    """Spot dates of a currency's deposits and swaps."""
    return spot_dates(days, currency_business_days(currency), conventions(currency).spot_lag)


def pair_spot_dates(days: ArrayLike, base: str, quote: str) -> Int:
    """Spot dates of a currency pair, business days of both currencies."""
    return spot_dates(days, currency_business_days(base, quote), pair_spot_lag(base, quote))


def pillar_dates(days: ArrayLike, tenors: Sequence[str], calendar: np.busdaycalendar, lag: int) -> Int:
    """Pillar date of each day (n,) and tenor (m): shape (n, m)."""
    day = to_days(days)
    spot = _later(day, lag, calendar)
    pillars = [
        _later(day, OVERNIGHT[tenor], calendar)
        if tenor in OVERNIGHT
        else _after(spot, *tenor_parts(tenor), calendar)
        for tenor in tenors
    ]
    return to_ordinals(np.stack(pillars, axis=-1)) if pillars else np.empty((day.size, 0), dtype=np.int64)


def pair_pillar_dates(days: ArrayLike, tenors: Sequence[str], base: str, quote: str) -> Int:
    """Pillar dates of a currency pair's forward points: shape (days, tenors)."""
    return pillar_dates(days, tenors, currency_business_days(base, quote), pair_spot_lag(base, quote))


def plain_dates(days: ArrayLike, tenors: Sequence[str]) -> Int:
    """Dates a tenor after each day without any calendar (forward prices of quantities): shape (n, m)."""
    return pillar_dates(days, tenors, np.busdaycalendar(weekmask="1111111"), 0)


def modified_following(days: Days, calendar: np.busdaycalendar) -> Days:
    """The next business day, or the one before where that would be in the next month."""
    return np.busday_offset(days, 0, roll="modifiedfollowing", busdaycal=calendar)


def months_later(days: Days, months: int) -> Days:
    """Whole months later, clipped to the month's end."""
    month = days.astype("datetime64[M]")
    day = days - month.astype("datetime64[D]")
    target = (month + months).astype("datetime64[M]")
    return np.asarray(np.minimum(target.astype("datetime64[D]") + day, month_end(target)))


def month_end(months: NDArray[np.datetime64]) -> Days:
    """The last day of each month."""
    return np.asarray((months.astype("datetime64[M]") + 1).astype("datetime64[D]") - np.timedelta64(1, "D"))


def _later(days: Days, count: int, calendar: np.busdaycalendar) -> Days:
    return np.busday_offset(days, count, roll="forward", busdaycal=calendar)


def _after(spot: Days, number: int, unit: str, calendar: np.busdaycalendar) -> Days:
    if unit == "D":
        return _later(spot, number, calendar)
    if unit == "W":
        return modified_following(spot + np.timedelta64(7 * number, "D"), calendar)
    target = months_later(spot, number)
    rolled = modified_following(target, calendar)
    last = np.busday_offset(month_end(target), 0, roll="backward", busdaycal=calendar)
    ends_month = _later(spot, 1, calendar).astype("datetime64[M]") != spot.astype("datetime64[M]")
    return np.asarray(np.where(ends_month, last, rolled))
