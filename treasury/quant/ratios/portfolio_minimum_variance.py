"""The minimum-variance ratios of several instruments together are the hedges per unit of exposure that would
have left the least variance.

Formula: h* = ΣFF⁻¹·ΣFS of sample covariances (n − 1); residual variance ratio Var(ΔS − ΣhΔF)/Var(ΔS) and R² the
rest to 1. Solved on centred changes by orthogonalisation (modified Gram-Schmidt, as good as Householder for least
squares), never through the products, whose condition is the square of that of the data. Units: per unit of each
instrument; ratios fractions. Reference: FAQ §7, rules section 2; Björck, Numerical Methods for Least Squares, 2.4.
Worked example: ΔF1 1, −1, 0, 0 and ΔF2 0, 0, 1, −1; ΔS 2, −2, 0.5, −0.5 → ratios 2 and 0.5, nothing left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import Bool, Float, Mask, floats, where_reason
from treasury.quant.ratios.columns import PortfolioRatioColumns
from treasury.quant.ratios.scaling import checked_finite, exponents
from treasury.quant.sums import row_sum

#: What of an instrument is left beside the others counts as rounding below this many units in the last place.
_NOISE = 16 * np.finfo(np.float64).eps


def portfolio_minimum_variance(
    spot_changes: ArrayLike, instrument_changes: ArrayLike
) -> PortfolioRatioColumns:
    """Ratios of n rows at once: spot (n, m), instruments (n, k, m) → (n, k); (m,) and (k, m) are one row.

    Undefined: ``too_few_points`` (as many points as instruments or fewer), ``constant_futures`` (an instrument does
    not move), ``collinear_instruments`` (one is a combination of the others), ``out_of_range``; without a move of
    the spot (``constant_spot``) the ratios are 0 and R² is undefined.
    """
    spot, futures = _shapes(spot_changes, instrument_changes)
    rows, count, points = futures.shape
    s_exponent, f_exponent = exponents(spot), exponents(futures)
    s, f = np.ldexp(spot, -s_exponent[:, None]), np.ldexp(futures, -f_exponent[..., None])
    left, columns = _centred(s), _centred(f)
    own = row_sum(left * left)
    spread = row_sum(columns * columns)
    # R of the orthogonalisation, and each direction as a combination of the instruments, for the rounding in it.
    upper, weights = np.zeros((rows, count, count)), np.zeros((rows, count, count))
    weights[:, range(count), range(count)] = 1.0
    level = np.sqrt(row_sum(f * f) + spread)
    target = np.zeros((rows, count))
    singular = np.zeros(rows, dtype=bool)
    with np.errstate(all="ignore"):
        for j in range(count):
            square = row_sum(columns[:, j] * columns[:, j])
            noise = _NOISE * (np.abs(weights[:, j]) * level).sum(axis=-1)
            singular |= (np.sqrt(square) <= noise) & (j > 0)
            upper[:, j, j] = 1.0
            target[:, j] = row_sum(columns[:, j] * left) / square
            left = left - target[:, j, None] * columns[:, j]
            for later in range(j + 1, count):
                upper[:, j, later] = row_sum(columns[:, j] * columns[:, later]) / square
                columns[:, later] -= upper[:, j, later, None] * columns[:, j]
                weights[:, later] -= upper[:, j, later, None] * weights[:, j]
        for j in range(count - 2, -1, -1):
            target[:, j] -= (upper[:, j, j + 1 :] * target[:, j + 1 :]).sum(axis=-1)
        ratios = np.ldexp(target, s_exponent[:, None] - f_exponent)
        residual = row_sum(left * left) / own
    few, flat = np.full(rows, points <= count), (spread == 0).any(axis=-1)
    bad = few | flat | singular
    beyond = ~bad & ~np.isfinite(ratios).all(axis=-1)
    return _finished(
        ratios, residual, bad | beyond, own == 0, _reasons(few, flat, singular, own == 0, beyond)
    )


def _finished(
    ratios: Float, residual: Float, undefined: Bool, still: Bool, reasons: Mask
) -> PortfolioRatioColumns:
    share = np.where(undefined | still, np.nan, np.minimum(residual, 1.0))
    return PortfolioRatioColumns(
        np.where(undefined[:, None], np.nan, ratios + 0.0), 1.0 - share, share, reasons
    )


def _reasons(few: Bool, flat: Bool, singular: Bool, still: Bool, beyond: Bool) -> Mask:
    reasons = where_reason(few, Reason.TOO_FEW_POINTS) | where_reason(flat, Reason.CONSTANT_FUTURES)
    reasons |= where_reason(singular & ~few & ~flat, Reason.COLLINEAR_INSTRUMENTS)
    return reasons | where_reason(still, Reason.CONSTANT_SPOT) | where_reason(beyond, Reason.OUT_OF_RANGE)


def _shapes(spot_changes: ArrayLike, instrument_changes: ArrayLike) -> tuple[Float, Float]:
    spot, futures = floats(spot_changes), floats(instrument_changes)
    if spot.ndim == 1:
        spot, futures = spot[None, :], futures[None]
    if spot.ndim != 2 or not spot.shape[-1]:
        raise InputError("spot_changes", "shape (rows, points)", got=str(spot.shape))
    if futures.ndim != 3 or not futures.shape[1]:
        raise InputError("instrument_changes", "shape (rows, instruments, points)", got=str(futures.shape))
    if (futures.shape[0], futures.shape[2]) != spot.shape:
        expected = f"{spot.shape[0]} rows of {spot.shape[1]} points, as spot_changes"
        raise InputError("instrument_changes", expected, got=f"{futures.shape[0]} of {futures.shape[2]}")
    return checked_finite("spot_changes", spot), checked_finite("instrument_changes", futures)


def _centred(values: Float) -> Float:
    """Deviations from the mean, taken from the first value on, so that a constant series deviates by exactly 0."""
    shifted = values - values[..., :1]
    return np.asarray(shifted - (row_sum(shifted) / values.shape[-1])[..., None])
