"""The arrays of a market and the look-ups in them: by row (date) and position (series), −1 being "none".

Formula: F(T) = S·[D_b(T)/D_b(s)]/[D_q(T)/D_q(s)], s the spot date of the pair: implied curves (`USD*`) give the
market's forward, discount curves the forward by covered parity. Units: quote currency per unit of base.
Reference: rules section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves import zero
from treasury.quant.curves.volatility import VolatilitySurface
from treasury.quant.curves.zero import ZeroCurves
from treasury.quant.dates.pillars import pair_spot_dates
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.quotes import NEVER

#: A curve whose rate is 0: the "base currency" of a quantity, whose forward is its spot carried at the quote's rate.
NO_RATE = "-"
#: Behind the name of a currency or quantity: its curve implied by forward points or forward prices.
IMPLIED = "*"
#: Calendar days behind the last quote that have a spot date: a scenario asks for tomorrow's.
_DAYS_AFTER = 7


@dataclass(frozen=True, slots=True)
class Table:
    """Series of one kind by name: ``values[date, series]`` filled forward, ``ages`` in days on that date."""

    names: dict[str, int]
    values: Float
    ages: Int

    def index(self, names: Iterable[str]) -> Int:
        """Position of each name, −1 where there is no such series."""
        return np.array([self.names.get(name, -1) for name in names], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Market:
    """Everything a night looks up. ``spot`` holds the value of one unit of each currency in the hub
    currency; ``unbuilt[date, curve]`` says that the curve's last quotes made no curve."""

    dates: Int
    spot: Table
    curves: ZeroCurves
    curve: Table
    unbuilt: Bool
    volatilities: VolatilitySurface
    volatility: Table
    fixings: Table
    prices: Table
    futures: Table
    spreads: Table

    def position(self, ordinals: ArrayLike) -> Int:
        """Row of the last quote date on or before each date; 0 (NaN) before the first one."""
        return np.searchsorted(self.dates, np.asarray(ordinals), side="right") - 1

    def age(self, table: Table, ordinals: ArrayLike, index: Int) -> Int:
        """Days from the quote of a series to each date; ``NEVER`` where there is none."""
        days = np.asarray(ordinals)
        row = self.position(days)
        return np.minimum(np.asarray(table.ages[row, index]) + days - self.dates[row], NEVER)

    def value(self, table: Table, ordinals: ArrayLike, index: Int) -> Float:
        """The quote of a series on or before each date; broadcasts."""
        return np.asarray(table.values[self.position(ordinals), index])

    def cross(self, ordinals: ArrayLike, base: Int, quote: Int) -> Float:
        """Spot rate, quote currency per unit of base, by positions in ``spot``; broadcasts."""
        row = self.position(ordinals)
        same = base == quote
        with np.errstate(invalid="ignore"):
            rate = self.spot.values[row, base] / self.spot.values[row, quote]
        return np.where(same & (base >= 0), 1.0, rate)

    def not_built(self, ordinals: ArrayLike, index: Int) -> Bool:
        """Where the bootstrap of a curve's last quotes failed (reason ``curve_not_built``); broadcasts."""
        return np.asarray(self.unbuilt[self.position(ordinals), index])

    def discount(self, currencies: Iterable[str]) -> Int:
        """Positions of discount curves; −1 where a currency has none."""
        return self._first((name,) for name in currencies)

    def implied(self, currencies: Iterable[str]) -> Int:
        """Positions of the curves implied by forward points; where there is none, the discount curve."""
        return self._first((name + IMPLIED, name) for name in currencies)

    def yields(self, symbols: Iterable[str]) -> Int:
        """Positions of the yield curves of commodities and indices implied by their forward prices, else of 0."""
        return self._first((name + IMPLIED, NO_RATE) for name in symbols)

    def projection(self, symbols: Iterable[str], currencies: Iterable[str]) -> Int:
        """Positions of the projection curves of rate indices; where there is none, its currency's discount curve."""
        return self._first(zip(symbols, currencies, strict=True))

    def surface(self, pairs: Iterable[str]) -> tuple[Int, Int]:
        """Positions among the volatilities, and −1 where the inverse pair is quoted: read that at −ln(K/F)."""
        names = self.volatility.names
        found = [
            (names[pair], 1) if pair in names else (names.get(pair[3:] + pair[:3], -1), -1) for pair in pairs
        ]
        index = np.array([place for place, _ in found], dtype=np.int64)
        return index, np.array([sign if place >= 0 else 1 for place, sign in found], dtype=np.int64)

    def spot_days(self, pairs: Sequence[tuple[str, str] | None]) -> Int:
        """Days to the spot date of each pair, (calendar days, pairs), for ``spot_lag``; 0 where there is no pair.

        From the first date with quotes to a week after the last one: a day without quotes has a spot date of its own.
        """
        if self.dates.size < 2:
            return np.zeros((1, len(pairs)), dtype=np.int64)
        days = np.arange(self.dates[1], self.dates[-1] + _DAYS_AFTER + 1)
        result = np.zeros((days.size, len(pairs)), dtype=np.int64)
        for column, pair in enumerate(pairs):
            if pair is not None and pair[0] != pair[1]:
                result[:, column] = pair_spot_dates(days, *pair) - days
        return result

    def spot_lag(self, spot_days: Int, ordinals: ArrayLike, index: Int) -> Int:
        """Days from each day to the spot date, out of the table of ``spot_days``; broadcasts."""
        place = np.asarray(ordinals) - self.dates[min(1, self.dates.size - 1)]
        return np.asarray(spot_days[np.clip(place, 0, spot_days.shape[0] - 1), index])

    def _first(self, choices: Iterable[Sequence[str]]) -> Int:
        names = self.curve.names
        found = [next((names[name] for name in choice if name in names), -1) for choice in choices]
        return np.array(found, dtype=np.int64)


def forward_rates(
    market: Market,
    ordinals: ArrayLike,
    spot_rate: ArrayLike,
    target: ArrayLike,
    base_curve: ArrayLike,
    quote_curve: ArrayLike,
    spot_days: ArrayLike = 0,
) -> Float:
    """Forward to ``target`` from each day; a target before the day is taken as the day. All broadcast.

    ``spot_days`` is the number of days from the day to the spot date; 0 for quantities, whose spot is today's price.
    """
    days = np.asarray(ordinals)
    years = np.maximum(np.asarray(target) - days, 0) / DAYS_PER_YEAR
    spot_years = np.asarray(spot_days) / DAYS_PER_YEAR
    row = market.position(days)
    return zero.forward_rates(market.curves, spot_rate, row, base_curve, quote_curve, years, spot_years)
