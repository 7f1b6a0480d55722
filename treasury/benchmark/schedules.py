"""Schedules of five-year swaps as a system captures them once: days of start and payment, and accruals.

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
    """Ragged periods: those of swap i are offsets[i] to offsets[i + 1]."""

    offsets: Int
    starts: NDArray[np.int32]
    payments: NDArray[np.int32]
    accruals: Float

    def take(self, rows: Int) -> Leg:
        """The legs of some swaps, in their order."""
        counts = (self.offsets[1:] - self.offsets[:-1])[rows]
        offsets = np.concatenate([[0], np.cumsum(counts)])
        flows = np.repeat(self.offsets[:-1][rows] - offsets[:-1], counts) + np.arange(offsets[-1])
        return Leg(offsets, self.starts[flows], self.payments[flows], self.accruals[flows])


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
    offsets, begin, end, accruals = [0], [], [], []
    for start in starts.tolist():
        dates = list(schedule(quantlib_date(start), months))
        serials = [date.serialNumber() - quantlib_date(start).serialNumber() + start for date in dates]
        begin += serials[:-1]
        end += serials[1:]
        accruals += [count.yearFraction(a, b) for a, b in pairwise(dates)]
        offsets.append(len(end))
    return Leg(
        np.array(offsets, dtype=np.int64),
        np.array(begin, dtype=np.int32),
        np.array(end, dtype=np.int32),
        np.array(accruals),
    )
