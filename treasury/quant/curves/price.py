"""Price and volatility curves: forward prices of commodities and indices, mid volatilities by expiry.

Formula: forward prices are linear between nodes; volatilities are linear in total variance σ²t, flat outside.
Units: price in the quote currency per unit, volatility per √year, years ACT/365F. Reference: rules section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.curves.interpolation import check_stack, gather
from treasury.quant.numbers import Float, floats


@dataclass(frozen=True, slots=True)
class PriceCurves:
    """Forward prices of all underlyings on all dates of a snapshot: ``prices[date, underlying, node]``."""

    underlyings: tuple[str, ...]
    node_years: Float
    prices: Float

    def __post_init__(self) -> None:
        check_stack("prices", self.node_years, self.prices, len(self.underlyings))


@dataclass(frozen=True, slots=True)
class VolatilityCurves:
    """At-the-money volatilities of all pairs on all dates: ``volatilities[date, pair, node]``, nodes above
    0.
    """

    pairs: tuple[str, ...]
    node_years: Float
    volatilities: Float

    def __post_init__(self) -> None:
        check_stack("volatilities", self.node_years, self.volatilities, len(self.pairs))


def forward_prices(
    curves: PriceCurves, date_index: ArrayLike, underlying_index: ArrayLike, years: ArrayLike
) -> Float:
    """Forward price at ``years`` from each date; all arguments broadcast."""
    return gather(curves.node_years, curves.prices, date_index, underlying_index, years)


def implied_volatilities(
    curves: VolatilityCurves, date_index: ArrayLike, pair_index: ArrayLike, years: ArrayLike
) -> Float:
    """Volatility at ``years`` from each date, linear in total variance; all arguments broadcast."""
    time = np.clip(floats(years), curves.node_years[0], curves.node_years[-1])
    variance = np.square(curves.volatilities) * curves.node_years
    total = gather(curves.node_years, variance, date_index, pair_index, time)
    if curves.node_years[0] == 0:
        at_zero = gather(curves.node_years, curves.volatilities, date_index, pair_index, 0.0)
        flat = np.broadcast_to(at_zero, total.shape)
        return np.where(time == 0, flat, np.sqrt(total / np.where(time == 0, 1.0, time)))
    return np.asarray(np.sqrt(total / time))
