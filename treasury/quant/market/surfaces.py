"""The volatility surfaces of a market from its quotes: every pair on common expiries and strikes."""

from __future__ import annotations

import numpy as np

from treasury.quant.curves.spreading import spread_out
from treasury.quant.curves.volatility import VolatilitySurface
from treasury.quant.dates.tenors import tenor_years
from treasury.quant.market.arrays import Table
from treasury.quant.market.tables import table
from treasury.quant.numbers import Bool, Int, floats
from treasury.quant.quotes import NEVER, Filled, Series

_LEAST_YEARS = 1 / 365  # a volatility has no node at 0


def surfaces(quotes: Filled) -> tuple[VolatilitySurface, Table]:
    """The surfaces, and the age of the oldest quote in each."""
    pairs = quotes.of_kind("IMPLIED_VOLATILITY")
    names = sorted(pairs)
    taken = [column for series in pairs.values() for _, column in series]
    rows, at = stack_rows(quotes.ages[:, taken])
    series = [key for found in pairs.values() for key, _ in found]
    years = floats(sorted({expiry_years(key) for key in series}) or [1.0])
    strikes = floats(sorted({log_moneyness(key) for key in series}) or [0.0])
    values = np.full((at.size, len(names) + 1, years.size, strikes.size), np.nan)
    oldest = np.full((rows.size, len(names)), NEVER, dtype=np.int64)
    for pair, name in enumerate(names):
        own = [column for _, column in pairs[name]]
        ages = quotes.ages[:, own]
        oldest[:, pair] = np.where(ages == NEVER, -1, ages).max(axis=1)
        for expiry in {expiry_years(key) for key, _ in pairs[name]}:
            # A quote at the money comes last, so that it counts before one at a moneyness of 1.
            smile = sorted(
                (log_moneyness(key), key.moneyness is None, column)
                for key, column in pairs[name]
                if expiry_years(key) == expiry
            )
            nodes = floats([place for place, _, _ in smile])
            columns = np.array([column for _, _, column in smile], dtype=np.int64)
            quoted = quotes.values[np.ix_(at, columns)]
            values[:, pair, np.searchsorted(years, expiry)] = spread_out(nodes, quoted, strikes)
    left, right = _own_expiries(~np.isnan(values).any(axis=3))
    surface = VolatilitySurface((*names, ""), years, strikes, values, left, right, rows)
    return surface, table(names, values[:, :-1, 0, 0][rows], np.where(oldest < 0, NEVER, oldest))


def expiry_years(series: Series) -> float:
    """Years to the expiry that a volatility is quoted for."""
    return max(_LEAST_YEARS, tenor_years(series.tenor))


def log_moneyness(series: Series) -> float:
    """ln(K/F) that a volatility is quoted for; 0 at the money."""
    return 0.0 if series.moneyness is None else float(np.log(float(series.moneyness)))


def stack_rows(ages: Int) -> tuple[Int, Int]:
    """Rows in which nothing new is quoted share the stack row of the one before: (stack row of each row, rows of the
    stack)."""
    fresh = (ages == 0).any(axis=1)
    fresh[0] = True
    return np.cumsum(fresh) - 1, np.flatnonzero(fresh)


def _own_expiries(there: Bool) -> tuple[Int, Int]:
    """For each gap between common expiries the ones around it that are there; at the edges twice the same."""
    count = there.shape[-1]
    numbers = np.arange(count)
    before = np.maximum.accumulate(np.where(there, numbers, -1), axis=-1)
    behind = np.minimum.accumulate(np.where(there, numbers, count)[..., ::-1], axis=-1)[..., ::-1]
    edge = np.full((*there.shape[:-1], 1), -1)
    left = np.concatenate([edge, before], axis=-1)
    right = np.concatenate([behind, edge + 1 + count], axis=-1)
    first = np.where(left < 0, right, left)
    second = np.where(right >= count, left, right)
    nothing = ~there.any(axis=-1, keepdims=True)
    return np.where(nothing, 0, first), np.where(nothing, 0, second)
