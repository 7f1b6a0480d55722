"""Legs of interest-rate swaps on a daily grid of discount factors: one pass over all swaps for each period.

Formula: as ``interest_rate_swap``: annuity = Σ a_j·D_j; floating leg = Σ (P(s_j)/P(e_j) − 1)·D(e_j) with P of the
projection curve, for a period that has begun its fixing × a_j × D(e_j).
Units: per unit of notional. Days are ordinals, shape (periods, swaps): swaps of one number of periods stand side by
side, and one with fewer repeats its first day. Every swap is added up in the order of its periods, whatever stands
beside it. Reference: rules section 3.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.curves.grid import DailyGrid
from treasury.quant.numbers import Float, Int, floats


def grid_annuity(
    grid: DailyGrid, discount_starts: ArrayLike, payment_dates: ArrayLike, accruals: ArrayLike
) -> Float:
    """``annuity`` of flows (periods, n) on the curves that begin at ``discount_starts`` (n,); what was paid before
    the grid's as-of date counts nothing.
    """
    days = grid.checked(payment_dates)
    starts, years = np.asarray(discount_starts), np.broadcast_to(floats(accruals), days.shape)
    total = np.zeros(days.shape[1])
    for paid, accrual in zip(days, years, strict=True):
        # A discount factor is never negative, so that this makes 0 of NaN and of nothing else.
        factor = grid.factors_at(starts + paid)
        np.fmax(factor, 0.0, out=factor)
        factor *= accrual
        total += factor
    return total


def grid_floating_leg(
    grid: DailyGrid,
    projection_starts: ArrayLike,
    discount_starts: ArrayLike,
    boundaries: ArrayLike,
    as_of: int,
    accruals: ArrayLike,
    known_fixing: ArrayLike = np.nan,
) -> Float:
    """``floating_annuity`` without rates, of periods that follow one another: ``boundaries`` (periods + 1, n) are the
    start of the first and the end of each, when it is paid; accruals and fixings are (periods, n).

    A period that has begun pays its fixing, one that starts on the as-of date the fixing if one is known; one that
    has ended before it counts nothing.
    """
    days = grid.checked(boundaries)
    projection, discount = np.asarray(projection_starts), np.asarray(discount_starts)
    shape = (days.shape[0] - 1, days.shape[1])
    years, fixing = np.broadcast_to(floats(accruals), shape), np.broadcast_to(floats(known_fixing), shape)
    total = np.zeros(days.shape[1])
    with np.errstate(all="ignore"):
        at_start = grid.factors_at(projection + days[0])
        for period, (begin, end) in enumerate(pairwise(days)):
            at_end, factor = grid.factors_at(projection + end), grid.factors_at(discount + end)
            # What is projected is not needed at the start of the next period: its place takes the amounts.
            amount = np.divide(at_start, at_end, out=at_start)
            amount -= 1.0
            amount *= factor
            if begin.size and begin.min() <= as_of:
                _pay_fixings(amount, begin, end, as_of, fixing[period], years[period], factor)
            total += amount
            at_start = at_end
    return total


def _pay_fixings(
    amount: Float, begin: Int, end: Int, as_of: int, fixing: Float, accrual: Float, factor: Float
) -> None:
    """Puts right the amounts of the swaps whose period has begun, a few of all: one by one, not by choosing for all."""
    amount[np.flatnonzero(end < as_of)] = 0.0
    running = np.flatnonzero((begin <= as_of) & (end >= as_of))
    known = fixing[running]
    unknown = np.isnan(known)
    if unknown.any():
        keep = ~unknown | (begin[running] < as_of)
        running, known = running[keep], known[keep]
    known *= accrual[running]
    known *= factor[running]
    amount[running] = known
