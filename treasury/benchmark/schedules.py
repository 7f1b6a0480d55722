"""Schedules of five-year swaps as a system captures them once: the days between their periods, and accruals.

Made by QuantLib on the TARGET calendar, modified following; one a start day and frequency, shared by the swaps that
have it. Units: ordinals and year fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import QuantLib as ql
from numpy.typing import NDArray

from treasury.benchmark.dates import quantlib_date
from treasury.benchmark.market import AS_OF
from treasury.quant.numbers import Float, Int

FIRST_START, LAST_START = AS_OF - 540, AS_OF + 90
FLOATING_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Leg:
    """Legs of one number of periods, one beside the other: the start of the first period and the end of each (periods
    + 1, legs), and the accruals (periods, legs).
    """

    boundaries: NDArray[np.int32]
    accruals: Float

    def take(self, columns: Int) -> Leg:
        """Some of the legs, in that order."""
        return Leg(self.boundaries.take(columns, axis=1), self.accruals.take(columns, axis=1))


def business_days() -> Int:
    """Ordinals of the days on which swaps start: every business day of 21 months."""
    calendar = ql.TARGET()
    days = range(FIRST_START, LAST_START + 1)
    return np.array([day for day in days if calendar.isBusinessDay(quantlib_date(day))], dtype=np.int64)


def schedule(start: ql.Date, months: int) -> ql.Schedule:
    """The dates of a five-year leg."""
    calendar, rule = ql.TARGET(), ql.ModifiedFollowing
    end, period = start + ql.Period(5, ql.Years), ql.Period(months, ql.Months)
    return ql.Schedule(start, end, period, calendar, rule, rule, ql.DateGeneration.Backward, False)


def legs(starts: Int, months: int, count: ql.DayCounter) -> Leg:
    """One leg for each start."""
    boundaries, accruals = [], []
    for start in starts.tolist():
        dates = list(schedule(quantlib_date(start), months))
        first = dates[0].serialNumber()
        boundaries.append([date.serialNumber() - first + start for date in dates])
        accruals.append([count.yearFraction(a, b) for a, b in pairwise(dates)])
    # Five whole years have as many periods from every start; numpy would refuse rows of different lengths.
    return Leg(np.array(boundaries, dtype=np.int32).T.copy(), np.array(accruals).T.copy())
