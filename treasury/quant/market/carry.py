"""Carries from forward points and forward prices by the dates of their quotes, ready for the stack of curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.implied import pair_carries, price_carries
from treasury.quant.dates.pillars import pair_pillar_dates, pair_spot_dates, plain_dates
from treasury.quant.market.arrays import Table
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.quotes import Filled


@dataclass(frozen=True, slots=True)
class Carry:
    """``market_rows`` (n,) of the dates with quotes; ``nodes`` in years from each; ``on`` gives (carry, failed)."""

    market_rows: Int
    nodes: Float
    on: Callable[[Float], tuple[Float, Bool]]


def point_carries(quotes: Filled, spot: Table) -> dict[tuple[str, str], Carry]:
    """Of every pair with forward points, those of each date from the points of that date alone."""
    found = {}
    for pair, series in quotes.of_kind("FORWARD_POINTS").items():
        base, quote = pair[:3], pair[3:]
        rows, points = _quoted(quotes, [column for _, column in series])
        days = quotes.dates[rows]
        pillars = pair_pillar_dates(days, [key.tenor for key, _ in series], base, quote)
        spot_years = (pair_spot_dates(days, base, quote) - days) / DAYS_PER_YEAR
        years = (pillars - days[:, None]) / DAYS_PER_YEAR
        with np.errstate(invalid="ignore"):
            rate = spot.values[rows, spot.index([base])[0]] / spot.values[rows, spot.index([quote])[0]]

        def on(
            common: Float,
            rate: Float = rate,
            points: Float = points,
            years: Float = years,
            s: Float = spot_years,
        ) -> tuple[Float, Bool]:
            return pair_carries(rate, points, years, s, common)

        found[base, quote] = Carry(rows, years[~np.isnan(points)], on)
    return found


def forward_price_carries(quotes: Filled, quote_currencies: Mapping[str, str]) -> dict[str, Carry]:
    """Of every quantity with forward prices whose quote currency is known."""
    found = {}
    for symbol, series in quotes.of_kind("PRICE").items():
        forward = [(key, column) for key, column in series if key.tenor != "SPOT"]
        spots = [column for key, column in series if key.tenor == "SPOT"]
        if not (forward and spots and symbol in quote_currencies):
            continue
        rows, prices = _quoted(quotes, [column for _, column in forward])
        days = quotes.dates[rows]
        years = (plain_dates(days, [key.tenor for key, _ in forward]) - days[:, None]) / DAYS_PER_YEAR

        def on(
            common: Float,
            price: Float = quotes.values[rows, spots[0]],
            forwards: Float = prices,
            years: Float = years,
        ) -> tuple[Float, Bool]:
            return price_carries(price, forwards, years, common)

        found[symbol] = Carry(rows, years[~np.isnan(prices)], on)
    return found


def _quoted(quotes: Filled, columns: list[int]) -> tuple[Int, Float]:
    """Rows with a quote of their own date, and those quotes; NaN where a series has none on that date."""
    fresh = quotes.ages[:, columns] == 0
    rows = np.flatnonzero(fresh.any(axis=1))
    return rows, np.where(fresh[rows], quotes.values[rows][:, columns], np.nan)
