"""The market of a snapshot as arrays: for every date the last quote on or before it, and how old that is.

Owns: filling forward, crosses through one hub currency, curves on common nodes. Does not own: the choice of
quotes. Every table has a last column of NaN, so that an index of −1 means "no such quote", and a first row of
NaN for dates before the first quote. Units: dates are ordinals, ages days, years ACT/365F."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.curves.interpolation import gather
from treasury.quant.curves.price import VolatilityCurves
from treasury.quant.curves.zero import ZeroCurves
from treasury.quant.numbers import Float, Int, floats

#: A curve whose rate is 0: the "base currency" of a quantity, whose forward is its spot carried at the quote's rate.
NO_RATE = "-"
NEVER = 1_000_000
_UNIT_YEARS = {"D": 1 / 365, "W": 7 / 365, "M": 1 / 12, "Y": 1.0}


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes in an order in which a later one of the same series and date replaces an earlier one."""

    series: Sequence[tuple[str, str, str]]
    series_index: Int
    dates: Int
    values: Float


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
    currency."""

    dates: Int
    spot: Table
    curves: ZeroCurves
    curve: Table
    volatilities: VolatilityCurves
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


def tenor_years(tenor: str) -> float:
    """``3M`` is 0.25, ``2Y`` 2.0, ``1W`` 7/365; ``SPOT`` and ``ON`` are 0 and 1/365."""
    named = {"SPOT": 0.0, "ON": 1 / 365}
    return named[tenor] if tenor in named else int(tenor[:-1]) * _UNIT_YEARS[tenor[-1]]


def market(quotes: Quotes) -> Market:
    """The arrays of one snapshot."""
    dates = np.unique(quotes.dates)
    values, ages = _filled(quotes, dates)
    dates = np.concatenate([[0], dates]).astype(np.int64)
    columns = {key: position for position, key in enumerate(quotes.series)}

    def table(kind: str, tenor: str = "SPOT") -> Table:
        keys = sorted(key for key in columns if key[0] == kind and key[2] == tenor)
        taken = [columns[key] for key in keys]
        return _table([key[1] for key in keys], values[:, taken], ages[:, taken])

    curves = _nodes("ZERO_RATE", columns, values, ages, dates.size)
    surface = _nodes("IMPLIED_VOLATILITY", columns, values, ages, dates.size, root_time=True)
    return Market(
        dates=dates,
        spot=_spots(table("FX_SPOT")),
        curves=ZeroCurves(curves[0], curves[1], curves[2]),
        curve=curves[3],
        volatilities=VolatilityCurves(surface[0], surface[1], surface[2]),
        volatility=surface[3],
        fixings=table("RATE_FIXING"),
        prices=table("PRICE"),
        futures=table("FUTURES_PRICE"),
        spreads=table("CREDIT_SPREAD"),
    )


def _filled(quotes: Quotes, dates: Int) -> tuple[Float, Int]:
    """(dates + 1, series): the last value on or before each date and its age, below a row of NaN."""
    shape = (dates.size + 1, len(quotes.series))
    values = np.full(shape, np.nan)
    rows = np.searchsorted(dates, quotes.dates) + 1
    cells = rows * shape[1] + quotes.series_index
    # The last of several quotes of a cell counts: `unique` finds first places, so it looks from behind.
    cells, last = np.unique(cells[::-1], return_index=True)
    values.ravel()[cells] = quotes.values[::-1][last]
    there = np.where(np.isnan(values), 0, np.arange(shape[0])[:, None])
    source = np.maximum.accumulate(there, axis=0)
    days = np.concatenate([[0], dates])
    ages = np.where(source == 0, NEVER, days[:, None] - days[source])
    return np.take_along_axis(values, source, axis=0), ages


def _table(names: Sequence[str], values: Float, ages: Int) -> Table:
    rows = values.shape[0]
    nothing, never = np.full((rows, 1), np.nan), np.full((rows, 1), NEVER, dtype=np.int64)
    named = {name: position for position, name in enumerate(names)}
    return Table(named, np.hstack([values, nothing]), np.hstack([ages, never]).astype(np.int64))


def _spots(pairs: Table) -> Table:
    """Currencies in units of the one that most pairs have, along the shortest way; ages add the oldest
    quote."""
    count = Counter(code for pair in pairs.names for code in (pair[:3], pair[3:]))
    if not count:
        return _table([], pairs.values[:, :0], pairs.ages[:, :0])
    hub = min(count, key=lambda code: (-count[code], code))
    rows = pairs.values.shape[0]
    worth: dict[str, tuple[Float, Int]] = {hub: (np.ones(rows), np.zeros(rows, dtype=np.int64))}
    waiting, reached = sorted(pairs.names), True
    while reached:
        known, reached = dict(worth), False
        for pair in waiting:
            base, quote, column = pair[:3], pair[3:], pairs.names[pair]
            rate, age = pairs.values[:, column], pairs.ages[:, column]
            if base in known and quote not in worth:
                worth[quote], reached = (known[base][0] / rate, np.maximum(known[base][1], age)), True
            elif quote in known and base not in worth:
                worth[base], reached = (known[quote][0] * rate, np.maximum(known[quote][1], age)), True
    names = sorted(worth)
    return _table(names, np.stack([worth[n][0] for n in names], 1), np.stack([worth[n][1] for n in names], 1))


def _nodes(
    kind: str,
    columns: dict[tuple[str, str, str], int],
    values: Float,
    ages: Int,
    rows: int,
    root_time: bool = False,
) -> tuple[tuple[str, ...], Float, Float, Table]:
    """Curves on the union of their nodes. A curve without a node of another takes the interpolated value."""
    found = [key for key in columns if key[0] == kind]
    least = tenor_years("1D") if root_time else 0.0  # a volatility has no node at 0
    years = sorted({max(least, tenor_years(tenor)) for _, _, tenor in found}) or [1.0]
    names = sorted({symbol for _, symbol, _ in found})
    every = floats(years)
    stack = np.full((rows, len(names) + 2, every.size), np.nan)
    oldest = np.full((rows, len(names) + 1), NEVER, dtype=np.int64)
    for position, name in enumerate(names):
        own = sorted((max(least, tenor_years(key[2])), columns[key]) for key in found if key[1] == name)
        taken = [column for _, column in own]
        nodes = floats([year for year, _ in own])
        scale = np.square(values[:, taken]) * nodes if root_time else values[:, taken]
        filled = gather(nodes, scale[:, None, :], np.arange(rows)[:, None], 0, every[None, :])
        stack[:, position] = np.sqrt(filled / every) if root_time else filled
        if root_time and (every < nodes[0]).any():
            stack[:, position, every < nodes[0]] = values[:, taken[:1]]
        if root_time and (every > nodes[-1]).any():
            stack[:, position, every > nodes[-1]] = values[:, taken[-1:]]
        oldest[:, position] = ages[:, taken].max(axis=1)
    stack[:, len(names)] = 0.0
    oldest[:, len(names)] = 0
    table = _table([*names, NO_RATE], stack[:, :-1, 0], oldest)
    return (*names, NO_RATE, ""), every, stack, table
