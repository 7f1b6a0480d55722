"""A market with one day shocked: spot rates and prices by a factor, rates and volatilities by a shift.

Formula: S' = S·factor, z' = z + shift on every node, σ' = max(σ + shift, 0). A shift of all curves moves forwards by
nothing but the spot's factor, as discount and implied curves move together.
Units: factors dimensionless, shifts per year (0.01 = 100 basis points). Only asked days have curves, so that a
scenario costs no copy of the history. Reference: IFRS 9 B6.4.12 to B6.4.14 (assessment by expected changes).
Worked example: USD worth EUR 0.90, factor 1.1: 0.99.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.market import NO_RATE, Market, Table
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.quotes import NEVER

Shock = float | Mapping[str, float]


def shifted(
    market: Market,
    day: int,
    *,
    spot_factor: Shock = 1.0,
    rate_shift: Shock = 0.0,
    volatility_shift: Shock = 0.0,
    keep: Sequence[int] = (),
) -> Market:
    """The market whose last row is ``day``, shocked; of earlier days only those in ``keep`` have curves.

    A number shocks every currency but the hub and every price and futures price, every curve but the one without a
    rate, every pair. A mapping shocks what it names: currencies, prices and contracts, curves, pairs.
    """
    source = int(market.position(day))
    count = source if market.dates[source] == day else source + 1
    if source == 0:
        raise InputError("day", "a day on or after the first quote")
    if any(kept >= day for kept in keep):
        raise InputError("keep", "days before the shocked one")
    kept_rows = np.unique(market.position(np.asarray(keep, dtype=np.int64)))
    factors = _Factors(market, spot_factor)
    tables = {
        name: _table(getattr(market, name), count, source, day - int(market.dates[source]), factors.of(name))
        for name in ("spot", "curve", "volatility", "fixings", "prices", "futures", "spreads")
    }
    curves, surface = market.curves, market.volatilities
    shifts = _by_name(rate_shift, curves.currencies, "rate_shift", NO_RATE)
    rates, rows = _stack(curves.zero_rates, curves.rows, kept_rows, source, count)
    rates[-1] += shifts[:, None]
    moves = _by_name(volatility_shift, surface.pairs, "volatility_shift")
    volatilities, surface_rows = _stack(surface.volatilities, surface.rows, kept_rows, source, count)
    volatilities[-1] = np.maximum(volatilities[-1] + moves[:, None, None], 0.0)
    left, _ = _stack(surface.left, surface.rows, kept_rows, source, count)
    right, _ = _stack(surface.right, surface.rows, kept_rows, source, count)
    return replace(
        market,
        dates=np.append(market.dates[:count], day),
        curves=replace(curves, zero_rates=rates, rows=rows),
        unbuilt=_with_row(market.unbuilt, count, market.unbuilt[source]),
        volatilities=replace(surface, volatilities=volatilities, left=left, right=right, rows=surface_rows),
        **tables,
    )


class _Factors:
    """Factors per column of the tables that hold spot rates and prices."""

    def __init__(self, market: Market, shock: Shock) -> None:
        self.tables = {"spot": market.spot, "prices": market.prices, "futures": market.futures}
        self.shock = shock
        # Only the hub is worth 1 before the first quote.
        self.hub = {name for name, place in market.spot.names.items() if market.spot.values[0, place] == 1}
        if isinstance(shock, Mapping):
            known = {name for table in self.tables.values() for name in table.names}
            _refuse_unknown(shock, known, "spot_factor")

    def of(self, table: str) -> Float | None:
        if table not in self.tables:
            return None
        names = self.tables[table].names
        result = np.ones(len(names) + 1)
        for name, place in names.items():
            if isinstance(self.shock, Mapping):
                result[place] = self.shock.get(name, 1.0)
            elif table != "spot" or name not in self.hub:
                result[place] = self.shock
        return result


def _by_name(shock: Shock, names: Sequence[str], field: str, without: str = "") -> Float:
    if isinstance(shock, Mapping):
        _refuse_unknown(shock, set(names) - {""}, field)
        return np.array([shock.get(name, 0.0) for name in names])
    return np.array([0.0 if name in (without, "") else shock for name in names])


def _refuse_unknown(shock: Mapping[str, float], known: set[str], field: str) -> None:
    unknown = sorted(set(shock) - known)
    if unknown:
        raise InputError(field, "names that the market has", got=", ".join(unknown))


def _table(table: Table, count: int, source: int, later: int, factors: Float | None) -> Table:
    row = table.values[source] if factors is None else table.values[source] * factors
    age = np.minimum(table.ages[source] + later, NEVER)
    return Table(table.names, _with_row(table.values, count, row), _with_row(table.ages, count, age))


def _with_row(values: Float | Int | Bool, count: int, row: Float | Int | Bool) -> np.ndarray:
    return np.concatenate([values[:count], row[None]])


def _stack(
    values: np.ndarray, rows: Int | None, kept: Int, source: int, count: int
) -> tuple[np.ndarray, Int]:
    """The first row (nothing), the kept ones and a copy of the source's, and where each date's row now is."""
    of_dates = np.arange(count + 1) if rows is None else rows
    result = values[np.concatenate([[of_dates[0]], of_dates[kept], [of_dates[source]]])]
    places = np.zeros(count + 1, dtype=np.int64)
    places[kept] = np.arange(1, kept.size + 1)
    places[count] = kept.size + 1
    return result, places
