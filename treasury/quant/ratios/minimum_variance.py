"""The minimum-variance ratio is the hedge per unit of exposure that would have left the least variance.

Formula: h* = ρ·σS/σF = Cov(ΔS, ΔF)/Var(ΔF) = slope of ΔS on ΔF, sample statistics (n − 1). Residual
variance 1 − ρ². Contracts N* = h*·QS/QF (differences, units) or h*·VS/VF (returns, values); tailed N*·S/F.
Units: differences give units per unit, returns value per value. Reference: FAQ §7, rules section 2.
Worked example: the ten changes of rules section 2 → ρ .991575, σS .406645, σF .429527, h* .938751, R²
.983221.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import RegressionColumns
from treasury.quant.effectiveness.regression import regression
from treasury.quant.numbers import Float, floats, ratio


def minimum_variance_ratio(
    spot_changes: ArrayLike,
    futures_changes: ArrayLike,
    observed: ArrayLike | None = None,
    confidence_level: float = 0.95,
) -> RegressionColumns:
    """The regression of spot on futures changes, shape (n, w) → (n,): ``slope`` is h*,
    ``y_standard_deviation`` σS, ``x_standard_deviation`` σF, ``slope_confidence_lower`` and ``_upper`` its
    interval.
    """
    return regression(spot_changes, futures_changes, observed, True, True, confidence_level)


def ratio_from_statistics(
    correlation: ArrayLike, spot_deviation: ArrayLike, futures_deviation: ArrayLike
) -> Float:
    """h* = ρ·σS/σF; NaN where σF is 0; broadcasts."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(floats(correlation) * ratio(floats(spot_deviation), floats(futures_deviation)))


def contract_count(hedge_ratio: ArrayLike, exposure: ArrayLike, contract_size: ArrayLike) -> Float:
    """Unrounded contracts h*·exposure/contract size, both as quantities or both as values; broadcasts."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(floats(hedge_ratio) * ratio(floats(exposure), floats(contract_size)))
