"""The curves of one date as a grid: a zero rate and a discount factor for every curve and every calendar day.

A flow is then a place in the grid: looking it up is one gather, and has the very digits of ``curves.zero``.
Units: dates are ordinals, years ACT/365F from the as-of date. Reference: rules section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.kernel.errors import InputError
from treasury.quant.curves.zero import ZeroCurves, discount_factors, zero_rates
from treasury.quant.numbers import Float, Int, floats


@dataclass(frozen=True, slots=True)
class DailyGrid:
    """``factors`` and ``rates``, shape (curves, days), from ``first_date`` on; NaN before the as-of date.

    A curve index of −1 is the last curve, as in the stack that the grid was made of.
    """

    first_date: int
    factors: Float
    rates: Float

    @property
    def last_date(self) -> int:
        """The last date that can be looked up."""
        return self.first_date + self.factors.shape[1] - 1

    def starts(self, curve_index: ArrayLike) -> Int:
        """Where a curve begins: add dates to it for ``places``."""
        curve = np.asarray(curve_index, dtype=np.int64)
        curves, width = self.factors.shape
        if curve.size and not -1 <= curve.min() <= curve.max() < curves:
            raise InputError("curve_index", f"numbers from -1 to {curves - 1}")
        return np.where(curve < 0, curves - 1, curve) * width - self.first_date

    def checked(self, dates: ArrayLike) -> Int:
        """Dates as they are; refuses what is no ordinal or lies outside the grid."""
        days = np.asarray(dates)
        if days.dtype.kind not in "iu":
            raise InputError("dates", "ordinals, whole days", got=str(days.dtype))
        if days.size and (days.min() < self.first_date or days.max() > self.last_date):
            raise InputError("dates", f"ordinals from {self.first_date} to {self.last_date}")
        return days

    def places(self, starts: ArrayLike, dates: ArrayLike) -> Int:
        """Places in the grid; broadcasts."""
        return np.asarray(np.asarray(starts) + self.checked(dates))

    def factors_at(self, places: Int) -> Float:
        """Discount factors at places that ``places`` gave, or ``starts`` and ``checked`` dates: they are not looked at
        again.
        """
        return self.factors.ravel().take(places, mode="clip")

    def rates_at(self, places: Int) -> Float:
        """Continuous zero rates at places, as ``factors_at``."""
        return self.rates.ravel().take(places, mode="clip")


def daily_grid(
    curves: ZeroCurves, date_index: int, as_of: int, last_date: int, first_date: int | None = None
) -> DailyGrid:
    """The grid of one date of a stack of curves, from the oldest date that a flow has to the latest one."""
    first = as_of if first_date is None else min(first_date, as_of)
    if last_date < as_of:
        raise InputError("last_date", "the as-of date or later")
    curve = np.arange(len(curves.currencies))[:, None]
    years = np.arange(last_date - as_of + 1) / DAYS_PER_YEAR
    shape = (len(curves.currencies), last_date - first + 1)
    factors, rates = np.full(shape, np.nan), np.full(shape, np.nan)
    factors[:, as_of - first :] = discount_factors(curves, date_index, curve, years)
    rates[:, as_of - first :] = zero_rates(curves, date_index, curve, years)
    return DailyGrid(first, factors, rates)


def grid_factors(grid: DailyGrid, curve_index: ArrayLike, dates: ArrayLike) -> Float:
    """``curves.zero.discount_factors`` for whole days; broadcasts."""
    return grid.factors_at(grid.places(grid.starts(curve_index), dates))


def grid_rates(grid: DailyGrid, curve_index: ArrayLike, dates: ArrayLike) -> Float:
    """``curves.zero.zero_rates`` for whole days, NaN in the past; broadcasts."""
    return grid.rates_at(grid.places(grid.starts(curve_index), dates))


def grid_forward_rates(
    grid: DailyGrid, spot_rate: ArrayLike, base_starts: ArrayLike, quote_starts: ArrayLike, dates: ArrayLike
) -> tuple[Float, Float]:
    """FX forwards by covered parity, as ``curves.zero.forward_rates``, and the quote currency's discount
    factors.

    Curves are given by their ``starts`` in the grid. ``spot_rate`` is the one for today; a market's own is
    for its spot date s: multiply it by D_quote(s)/D_base(s), once a pair.
    """
    days = grid.checked(dates)
    base = grid.factors_at(np.asarray(base_starts) + days)
    quote = grid.factors_at(np.asarray(quote_starts) + days)
    return np.asarray(floats(spot_rate) * base / quote), quote
