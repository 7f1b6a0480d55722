"""The nodes that all curves of a market share, and the dates on which any of them changes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.curves.spreading import spread_out
from treasury.quant.market.carry import Carry
from treasury.quant.market.kept_rows import by_rows
from treasury.quant.numbers import Bool, Float, floats
from treasury.quant.quotes import Filled


def common_nodes(
    built: Mapping[str, list[RateCurve]], zero: Mapping[str, list[tuple[float, int]]], carries: list[Carry]
) -> Float:
    """Every node of every curve, in years."""
    days = [curve.node_days for curves in built.values() for curve in curves]
    years = [years for nodes in zero.values() for years, _ in nodes]
    parts = [floats(years), *(part.nodes for part in carries)]
    if days:
        parts.append(np.unique(np.concatenate(days)) / DAYS_PER_YEAR)
    union = np.unique(np.concatenate(parts))
    return union[union >= 0] if union.size else floats([1.0])


def changed_rows(
    quotes: Filled,
    built: Mapping[str, list[RateCurve]],
    zero: Mapping[str, list[tuple[float, int]]],
    carries: list[Carry],
) -> Bool:
    """Rows in which any curve is quoted anew; the others share the stack row of the one before."""
    columns = [column for nodes in zero.values() for _, column in nodes]
    changes = (quotes.ages[:, columns] == 0).any(axis=1)
    dates = [curve.quote_date for curves in built.values() for curve in curves]
    changes[np.searchsorted(quotes.dates, dates)] = True
    for carry in carries:
        changes[carry.market_rows] = True
    changes[0] = True
    return np.asarray(changes)


def on_common_nodes(curves: list[RateCurve], nodes: Float) -> Float:
    """Bootstrapped curves (n) on the common nodes; NaN for one without nodes."""
    counts = np.array([curve.node_days.size for curve in curves])
    there = np.arange(counts.max()) < counts[:, None]
    years, rates = np.full(there.shape, np.inf), np.full(there.shape, np.nan)
    years[there] = np.concatenate([curve.node_days for curve in curves]) / DAYS_PER_YEAR
    rates[there] = np.concatenate([curve.zero_rates for curve in curves])
    return by_rows(("curve", curves[0].symbol), _spread, nodes, years, rates)[0]


def _spread(years: Float, rates: Float, nodes: Float) -> tuple[Float]:
    return (spread_out(years, rates, nodes),)
