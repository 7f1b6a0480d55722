"""Carries from forward points and forward prices by the dates of their quotes, ready for the stack of curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.implied import pair_carries, price_carries
from treasury.quant.dates.pillars import pair_pillar_dates, pair_spot_dates, plain_dates
from treasury.quant.market.arrays import Table
from treasury.quant.market.kept_rows import by_rows
from treasury.quant.numbers import Bool, Float, Int, floats
from treasury.quant.quotes import Filled

_NOTHING = floats([])


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
        tenors = tuple(key.tenor for key, _ in series)
        pillars, spots = by_rows(("pillars", pair, tenors), partial(_dates, pair, tenors), _NOTHING, days)
        spot_years = (spots - days) / DAYS_PER_YEAR
        years = (pillars - days[:, None]) / DAYS_PER_YEAR
        with np.errstate(invalid="ignore"):
            rate = spot.values[rows, spot.index([base])[0]] / spot.values[rows, spot.index([quote])[0]]

        on = partial(_carries, pair, pair_carries, rate, points, years, spot_years)
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

        on = partial(_carries, symbol, price_carries, quotes.values[rows, spots[0]], prices, years)
        found[symbol] = Carry(rows, years[~np.isnan(prices)], on)
    return found


def _dates(pair: str, tenors: Sequence[str], days: Int, _: Float) -> tuple[Int, Int]:
    """The pillar dates of a pair's points and its spot dates."""
    base, quote = pair[:3], pair[3:]
    return pair_pillar_dates(days, tenors, base, quote), pair_spot_dates(days, base, quote)


def _carries(
    symbol: str, carries: Callable[..., tuple[Float, Bool]], *inputs_and_nodes: Float
) -> tuple[Float, Bool]:
    *inputs, common = inputs_and_nodes
    carry, failed = by_rows(("carry", symbol), carries, common, *inputs)
    return carry, failed


def _quoted(quotes: Filled, columns: list[int]) -> tuple[Int, Float]:
    """Rows with a quote of their own date, and those quotes; NaN where a series has none on that date."""
    fresh = quotes.ages[:, columns] == 0
    rows = np.flatnonzero(fresh.any(axis=1))
    return rows, np.where(fresh[rows], quotes.values[rows][:, columns], np.nan)
