"""The curves of one date as a grid: a zero rate and a discount factor for every curve and every whole day ahead.

A flow is then a place in the grid: looking it up is one gather, and has the very digits of ``curves.zero``.
Units: days are whole calendar days from the as-of date, years ACT/365F. Reference: rules section 3.
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
    """``factors[curve, 1 + day]`` and ``rates[curve, 1 + day]`` for days 0 to ``last_day``.

    Place 0 of a curve is NaN: what lies in the past has no discount factor. A curve index of −1 is the last
    curve, as in the stack it was made of.
    """

    factors: Float
    rates: Float

    @property
    def last_day(self) -> int:
        """The last day that can be looked up."""
        return self.factors.shape[1] - 2

    def starts(self, curve_index: ArrayLike) -> Int:
        """Where the days of each curve begin: add days to it and look up with ``places``."""
        curve = np.asarray(curve_index, dtype=np.int64)
        curves, width = self.factors.shape
        if curve.size and not -1 <= curve.min() <= curve.max() < curves:
            raise InputError("curve_index", f"numbers from -1 to {curves - 1}")
        return np.where(curve < 0, curves - 1, curve) * width + 1

    def ahead(self, days: ArrayLike) -> Int:
        """Whole days ahead, checked; the past is −1, the place before every curve's first day."""
        whole = np.asarray(days)
        if whole.dtype.kind not in "iu":
            raise InputError("days", "whole days", got=str(whole.dtype))
        if whole.size and whole.max() > self.last_day:
            raise InputError("days", f"at most {self.last_day} days ahead", got=str(whole.max()))
        return np.maximum(whole, -1, dtype=np.int64)

    def places(self, starts: ArrayLike, days: ArrayLike) -> Int:
        """Places in the grid; broadcasts."""
        return np.asarray(np.asarray(starts) + self.ahead(days))

    def factors_at(self, places: Int) -> Float:
        """Discount factors at places."""
        return self.factors.ravel()[places]

    def rates_at(self, places: Int) -> Float:
        """Continuous zero rates at places."""
        return self.rates.ravel()[places]


def daily_grid(curves: ZeroCurves, date_index: int, last_day: int) -> DailyGrid:
    """The grid of one date of a stack of curves, for as many days ahead as the longest flow needs."""
    if last_day < 0:
        raise InputError("last_day", "0 or more", got=str(last_day))
    curve = np.arange(len(curves.currencies))[:, None]
    years = np.arange(last_day + 1) / DAYS_PER_YEAR
    shape = (len(curves.currencies), last_day + 2)
    factors, rates = np.full(shape, np.nan), np.full(shape, np.nan)
    factors[:, 1:] = discount_factors(curves, date_index, curve, years)
    rates[:, 1:] = zero_rates(curves, date_index, curve, years)
    return DailyGrid(factors, rates)


def grid_factors(grid: DailyGrid, curve_index: ArrayLike, days: ArrayLike) -> Float:
    """``curves.zero.discount_factors`` for whole days ahead; broadcasts."""
    return grid.factors_at(grid.places(grid.starts(curve_index), days))


def grid_rates(grid: DailyGrid, curve_index: ArrayLike, days: ArrayLike) -> Float:
    """``curves.zero.zero_rates`` for whole days ahead, NaN in the past; broadcasts."""
    return grid.rates_at(grid.places(grid.starts(curve_index), days))


def grid_forward_rates(
    grid: DailyGrid, spot_rate: ArrayLike, base_starts: ArrayLike, quote_starts: ArrayLike, days: ArrayLike
) -> tuple[Float, Float]:
    """FX forwards by covered parity, as ``curves.zero.forward_rates``, and the quote currency's discount
    factors.

    Curves are given by their ``starts`` in the grid. ``spot_rate`` is the one for today; a market's own is
    for its spot date s: multiply it by D_quote(s)/D_base(s), once a pair.
    """
    ahead = grid.ahead(days)
    base = grid.factors_at(np.asarray(base_starts) + ahead)
    quote = grid.factors_at(np.asarray(quote_starts) + ahead)
    return np.asarray(floats(spot_rate) * base / quote), quote
