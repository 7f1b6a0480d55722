"""Payment days of a swap or loan: whole periods rolled back from maturity, so that a short one comes first.

Dates keep the day of the month of start and maturity; where both are the last of their month, every payment is.
On a calendar they move by the modified following rule, but the maturity stands as agreed. Units: days from the start.
Reference: ISDA 2021 definitions, roll convention. Worked example: 2026-02-15 to 2027-01-15 by 6 months, no calendar:
[150, 334].
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from treasury.kernel.clock import add_months, month_end
from treasury.kernel.errors import InputError
from treasury.quant.dates.holidays import currency_business_days, to_days, to_ordinals
from treasury.quant.dates.pillars import modified_following


def payment_days(start: date, maturity: date, months: int, currencies: Sequence[str] = ()) -> list[int]:
    """Days from `start` to each payment, ascending, the last one at maturity; unadjusted without `currencies`."""
    if months <= 0:
        raise InputError("payment_months", "a number of months above 0", got=str(months))
    rolled = []
    roll_day = _roll_day(start, maturity)
    period = 1
    while (payment := _on_day(add_months(maturity, -months * period), roll_day)) > start:
        rolled.append(payment.toordinal())
        period += 1
    days = np.array(rolled[::-1], dtype=np.int64)
    if currencies:
        days = to_ordinals(modified_following(to_days(days), currency_business_days(*currencies)))
    first, last = start.toordinal(), maturity.toordinal()
    inside = np.unique(days[(days > first) & (days < last)]) - first
    return [*inside.tolist(), last - first] if last > first else []


def _roll_day(start: date, maturity: date) -> int:
    """Day of the month on which the periods end: 31 January to 30 June rolls on the 31st, clipped."""
    if start == month_end(start) and maturity == month_end(maturity):
        return 31
    clipped = min(start.day, month_end(maturity).day) == maturity.day
    return max(start.day, maturity.day) if clipped else maturity.day


def _on_day(day: date, roll_day: int) -> date:
    return day.replace(day=min(roll_day, month_end(day).day))
