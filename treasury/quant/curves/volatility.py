"""Implied volatilities by expiry and strike: a smile per expiry in log-moneyness ln(K/F).

Within an expiry linear in volatility over ln(K/F), flat outside; between expiries linear in total variance
σ²t at the same ln(K/F); before the first and after the last expiry the volatility is that one's. A pair with
at-the-money quotes only has a flat smile. A surface of the inverse pair is read at −ln(K/F).
Units: volatility per √year, years ACT/365F, ln(K/F) dimensionless. Reference: rules section 3; J. Gatheral,
The Volatility Surface, chapter 3 (total variance). Worked example: 10 % at half a year and 12 % at one:
at 0.75 years √((0.005 + 0.0144)/2/0.75) = 0.113725.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Float, Int, floats


@dataclass(frozen=True, slots=True)
class VolatilitySurface:
    """``volatilities[stack row, pair, expiry, strike]`` on common expiries (years above 0) and log-moneyness nodes.

    A pair need not have every expiry: ``left`` and ``right`` [stack row, pair, gap] name the expiries of its own around
    each gap between the common ones (gap 0 is before the first). ``rows`` turns a date's row into its stack row.
    """

    pairs: tuple[str, ...]
    node_years: Float
    log_moneyness: Float
    volatilities: Float
    left: Int
    right: Int
    rows: Int

    def __post_init__(self) -> None:
        for name, nodes in (("node_years", self.node_years), ("log_moneyness", self.log_moneyness)):
            if nodes.ndim != 1 or nodes.size == 0 or np.any(np.diff(nodes) <= 0):
                raise InputError(name, "numbers that rise")
        if self.node_years[0] <= 0:
            raise InputError("node_years", "years above 0")
        expected = (len(self.pairs), self.node_years.size, self.log_moneyness.size)
        if self.volatilities.shape[1:] != expected:
            raise InputError("volatilities", f"shape (rows, {expected})", got=str(self.volatilities.shape))


def implied_volatilities(
    surface: VolatilitySurface,
    date_index: ArrayLike,
    pair_index: ArrayLike,
    log_moneyness: ArrayLike,
    years: ArrayLike,
) -> Float:
    """Volatility at ``years`` (≥ 0) from each date and at ln(K/F); all arguments broadcast."""
    row, pair = surface.rows[np.asarray(date_index)], np.asarray(pair_index)
    time = floats(years)
    gap = np.searchsorted(surface.node_years, time, side="right")
    left, right = surface.left[row, pair, gap], surface.right[row, pair, gap]
    low, high, weight = _between(surface.log_moneyness, floats(log_moneyness))

    def smile(expiry: Int) -> Float:
        start, end = (
            surface.volatilities[row, pair, expiry, low],
            surface.volatilities[row, pair, expiry, high],
        )
        return np.asarray(start + (end - start) * weight)

    first, second = smile(left), smile(right)
    from_years, to_years = surface.node_years[left], surface.node_years[right]
    inside = right > left
    at = np.clip(time, from_years, to_years)
    share = np.where(inside, at - from_years, 0.0) / np.where(inside, to_years - from_years, 1.0)
    before, after = np.square(first) * from_years, np.square(second) * to_years
    return np.where(inside, np.sqrt((before + (after - before) * share) / at), first)


def _between(nodes: Float, places: Float) -> tuple[Int, Int, Float]:
    last = nodes.size - 1
    if last == 0:
        none = np.zeros(places.shape, dtype=np.int64)
        return none, none, np.zeros(places.shape)
    right = np.clip(np.searchsorted(nodes, places), 1, last)
    left = right - 1
    return left, right, np.clip((places - nodes[left]) / (nodes[right] - nodes[left]), 0.0, 1.0)
