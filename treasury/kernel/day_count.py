"""Day counts: what part of a year the days of an interest period are (rules section 3).

The money market counts actual days over 360, or over 365 where the currency's market counts so; the fixed legs of
several currencies count months of 30 days. Units: fractions of a year; days are ordinals. Reference: ISDA 2006
definitions, 4.16(d), (e), (f) and (g). Worked example: 91 days are 91/360 of a year in EUR and 91/365 in GBP; from
2026-01-15 to 2026-07-31 are 196 days by 30/360 and 195 by 30E/360.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ACTUAL_365 = """
AUD CAD GBP HKD ILS INR KRW KWD MYR NZD PLN SGD THB TND TRY TWD ZAR
"""

#: Currencies whose money market counts ACT/365; every other one counts ACT/360.
ACTUAL_365 = frozenset(_ACTUAL_365.split())

ACT_360, ACT_365, THIRTY_360, THIRTY_E_360 = "ACT/360", "ACT/365F", "30/360", "30E/360"
#: Those of actual days, with the days of their year.
ACTUAL = {ACT_360: 360, ACT_365: 365}
#: Currencies whose swaps' fixed leg is counted by 30/360, and by ACT/365F although the money market counts ACT/360.
_FIXED_THIRTY, _FIXED_365 = frozenset(["CHF", "DKK", "EUR", "NOK", "SEK", "USD"]), frozenset(("HUF", "JPY"))
_YEAR_DAYS = 360
_EPOCH = date(1970, 1, 1).toordinal()


def year_days(currency: str) -> int:
    """Days of the year in the money market of a currency: 360 or 365."""
    return 365 if currency in ACTUAL_365 else 360


def money_market(currency: str) -> str:
    """How the floating leg of a swap counts where nothing else is agreed."""
    return ACT_365 if currency in ACTUAL_365 else ACT_360


def fixed_leg(currency: str) -> str:
    """How the market counts the fixed leg of a swap in a currency."""
    if currency in _FIXED_THIRTY:
        return THIRTY_360
    return ACT_365 if currency in _FIXED_365 else money_market(currency)


def fraction(day_count: str, start: int, end: int) -> float:
    """The part of a year from one day to another one."""
    basis = ACTUAL.get(day_count)
    if basis is not None:
        return (end - start) / basis
    return int(thirty_days(start, end, day_count == THIRTY_E_360)) / _YEAR_DAYS


def thirty_days(start: ArrayLike, end: ArrayLike, european: ArrayLike) -> NDArray[np.int64]:
    """Days between where every month has 30 of them: 30E/360 where `european`, else 30/360 (bond basis)."""
    first_month, first = _month_and_day(start)
    last_month, last = _month_and_day(end)
    first = np.minimum(first, 30)
    # By the bond basis a last day of 31 stays, unless the first one is the end of a month of 30 days too.
    last = np.where(np.asarray(european, dtype=bool) | (first == 30), np.minimum(last, 30), last)
    return np.asarray(30 * (last_month - first_month) + last - first)


def _month_and_day(ordinals: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    days = (np.asarray(ordinals, dtype=np.int64) - _EPOCH).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    return months.astype(np.int64), (days - months.astype("datetime64[D]")).astype(np.int64) + 1
