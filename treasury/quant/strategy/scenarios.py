"""Rates at a horizon to measure a hedge against: from what rates did, or from the volatility that options are sold at.

Formula: historical S·exp(ln X_t − ln X_{t−w}) over every window of w weeks, which overlap; simulated F·exp(σ√T·z −
σ²T/2) with z the standard normals that are handed in, centred on their mean and scaled to a deviation of 1, so that a
few draws are no bias. Units: quote per base, years ACT/365F, σ per √year. Reference: rules section 2 (savings to loss,
scenarios); Jorion, Value at Risk, ch. 10 and 12.
Worked example: X 1.00, 1.10, 1.21, S 2, w 1 → 2.2, 2.2; w 2 → 2.42.
"""

from __future__ import annotations

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Float

SMALLEST_SAMPLE = 10


def historical_rates(spot_rate: float, history: Float, weeks: int) -> Float:
    """`history` weekly, oldest first, NaN where a quote is missing; one rate a window that has both ends."""
    if weeks < 1:
        raise InputError("weeks", "a whole number from 1", got=str(weeks))
    if history.size <= weeks:
        return np.zeros(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        moves = np.log(history[weeks:]) - np.log(history[:-weeks])
    return np.asarray(spot_rate * np.exp(moves[np.isfinite(moves)]))


def simulated_rates(forward: float, volatility: float, years: float, normals: Float) -> Float:
    """One rate a draw, in the order of `normals`. Raises InputError with fewer than two of them."""
    if normals.size < 2:
        raise InputError("draws", "a whole number from 2", got=str(normals.size))
    z = (normals - normals.mean()) / normals.std()
    width = volatility * np.sqrt(years)
    return np.asarray(forward * np.exp(width * z - width * width / 2))
