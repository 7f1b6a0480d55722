"""Cash flow at risk is the loss on a set of cash flows that is not exceeded at a confidence.

Formula: loss of an observation L_t = −Σ_j E_j·Δ_tj. Historical: quantile of the losses by linear interpolation and
mean of those beyond it (``tails``). Covariance: normal with mean zero and the sample covariance (n − 1) of the
changes, VaR = z_c·σ, ES = σ·φ(z_c)/(1 − c), σ = √(E'ΣE), which is the sample standard deviation of the L_t. No scaling
of the horizon: a change over a month gives the risk of a month. Units: functional currency, exposures in risk units
(inflow +), changes per unit of them; losses +. Reference: FAQ §7, rules section 2; Jorion, Value at Risk, ch. 5.
Worked example: exposure 100, changes 0.01, −0.02, 0.03, −0.04, 0 at 0.75 → value at risk 2, shortfall 3, σ 2.701851.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, Int, finite_or_nan, floats, where_reason
from treasury.quant.ratios.columns import CashFlowAtRiskColumns
from treasury.quant.ratios.scaling import checked_finite
from treasury.quant.ratios.tails import confidence, tail
from treasury.quant.special import ndtri
from treasury.quant.sums import row_sum

METHODS = ("historical", "covariance")
_CHUNK_ELEMENTS = 1_000_000
_SAFE = 400


def cash_flow_at_risk(
    exposures: ArrayLike,
    changes: ArrayLike,
    method: str = "historical",
    confidence_level: float | Decimal = 0.95,
) -> CashFlowAtRiskColumns:
    """Risk of n rows (horizon buckets, entities) of k exposures over m observations: exposures (n, k) or (k,),
    changes (n, m, k), or (m, k) for all rows.

    One observation has no standard deviation: NaN with reason ``too_few_points``, by covariance all of it.
    """
    item, moves = _shapes(exposures, changes)
    level = confidence(confidence_level)
    if method not in METHODS:
        raise InputError("method", "one of " + ", ".join(METHODS), got=str(method))
    losses, scale = _losses(item, moves)
    observations = losses.shape[-1]
    with np.errstate(all="ignore"):
        deviation = _deviation(losses)
        if method == "historical":
            value, shortfall = tail(losses, level)
        else:
            z = float(ndtri(float(level)))
            density = np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi)
            value, shortfall = z * deviation, deviation * density / float(1 - level)
        columns = [finite_or_nan(np.ldexp(part, scale) + 0.0) for part in (value, shortfall, deviation)]
    few = np.full(item.shape[0], observations < 2)
    beyond = columns[0][1] | columns[1][1] | columns[2][1]
    reasons = where_reason(few, Reason.TOO_FEW_POINTS) | where_reason(beyond, Reason.OUT_OF_RANGE)
    return CashFlowAtRiskColumns(columns[0][0], columns[1][0], columns[2][0], reasons)


def _losses(item: Float, moves: Float) -> tuple[Float, Int]:
    """Losses of each row and observation, divided by 2^scale so that neither they nor their squares overflow."""
    rows, count = item.shape
    largest = np.maximum(moves.max(axis=1), -moves.min(axis=1))
    checked_finite("changes", largest)
    both = np.where((item == 0) | (largest == 0), -(10**6), np.frexp(item)[1] + np.frexp(largest)[1])
    top = both.max(axis=-1)
    scale = np.where(top > _SAFE, top - 100, np.where(top < -_SAFE, top + 100, 0))
    scale = np.where(top == -(10**6), 0, scale)
    weights = np.where(both == -(10**6), 0.0, np.ldexp(item, -scale[:, None]))
    observations, padded = moves.shape[1], -(-count // 8) * 8
    losses = np.empty((rows, observations))
    step = max(1, _CHUNK_ELEMENTS // (padded * rows))
    for start in range(0, observations, step):
        part = moves[:, start : start + step]
        products = np.zeros((rows, part.shape[1], padded))
        np.multiply(part, weights[:, None, :], out=products[..., :count])
        losses[:, start : start + step] = -row_sum(products)
    return losses + 0.0, scale


def _deviation(losses: Float) -> Float:
    """Sample standard deviation; NaN for one observation. Taken from the first value on, so constant is exactly 0."""
    size = losses.shape[-1]
    if size < 2:
        return np.full(losses.shape[:-1], np.nan)
    shifted = losses - losses[..., :1]
    from_mean = shifted - (row_sum(shifted) / size)[..., None]
    return np.asarray(np.sqrt(row_sum(from_mean * from_mean) / (size - 1)))


def _shapes(exposures: ArrayLike, changes: ArrayLike) -> tuple[Float, Float]:
    item, moves = np.atleast_2d(floats(exposures)), floats(changes)
    if item.ndim != 2 or not item.size:
        raise InputError("exposures", "shape (rows, exposures), not empty", got=str(item.shape))
    moves = moves[None] if moves.ndim == 2 else moves
    if moves.ndim != 3 or not moves.size or moves.shape[0] not in (1, item.shape[0]):
        raise InputError("changes", "shape (rows, observations, exposures), not empty", got=str(moves.shape))
    if moves.shape[2] != item.shape[1]:
        expected = f"{item.shape[1]} changes an observation, one for each of exposures"
        raise InputError("changes", expected, got=str(moves.shape[2]))
    return checked_finite("exposures", item), moves
