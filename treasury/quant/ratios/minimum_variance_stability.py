"""The stability of a minimum-variance ratio: the ratio of every rolling window with its interval, to be plotted.

Formula: windows of w consecutive points, each a step after the one before it; h*, interval and R² of each as in
``minimum_variance``. A ratio that holds moves within the intervals. Units: as h*, points counted from 0. Reference:
FAQ §7, rules section 2 (interval, sample and stability plot).
Worked example: ΔS 1, 2, 4, 6 on ΔF 1, 2, 3, 4, windows of 3 → h* 1.5, then 2.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.effectiveness.series import as_matrix
from treasury.quant.numbers import Float, Mask, where_reason
from treasury.quant.ratios.columns import StabilityColumns
from treasury.quant.ratios.minimum_variance import minimum_variance_ratio

SMALLEST_WINDOW = 3
_RENAMED = {
    Reason.TOO_FEW_POINTS: Reason.TOO_FEW_POINTS,
    Reason.CONSTANT_ITEM: Reason.CONSTANT_FUTURES,
    Reason.CONSTANT_INSTRUMENT: Reason.CONSTANT_SPOT,
    Reason.OUT_OF_RANGE: Reason.OUT_OF_RANGE,
}


def minimum_variance_stability(
    spot_changes: ArrayLike,
    futures_changes: ArrayLike,
    window: int,
    step: int = 1,
    confidence_level: float = 0.95,
) -> StabilityColumns:
    """Ratio, interval and R² of each window of n rows of m points, (n, m) → (n, windows); NaN is a missing point.

    ``window`` from 3 to m. A window without a move has no ratio (``constant_futures``) or no R² (``constant_spot``).
    """
    spot, futures = as_matrix("spot_changes", spot_changes), as_matrix("futures_changes", futures_changes)
    if spot.shape != futures.shape:
        raise InputError("futures_changes", f"shape {spot.shape}, as spot_changes", got=str(futures.shape))
    if not SMALLEST_WINDOW <= window <= spot.shape[1]:
        expected = f"a whole number from {SMALLEST_WINDOW} to the number of points"
        raise InputError("window", expected, got=str(window))
    if step < 1:
        raise InputError("step", "a whole number from 1", got=str(step))
    first = np.arange(0, spot.shape[1] - window + 1, step, dtype=np.int64)
    columns = minimum_variance_ratio(
        _windows(spot, window, step), _windows(futures, window, step), confidence_level=confidence_level
    )
    shape = (spot.shape[0], first.size)
    return StabilityColumns(
        first_index=first,
        last_index=first + window - 1,
        hedge_ratio=columns.slope.reshape(shape),
        confidence_lower=columns.slope_confidence_lower.reshape(shape),
        confidence_upper=columns.slope_confidence_upper.reshape(shape),
        r_squared=columns.r_squared.reshape(shape),
        reasons=ratio_reasons(columns.reasons).reshape(shape),
    )


def ratio_reasons(reasons: Mask) -> Mask:
    """The reasons of a regression in the words of a ratio: what is constant is the futures or the spot."""
    result = np.zeros_like(reasons)
    for theirs, ours in _RENAMED.items():
        result |= where_reason(reasons & int(theirs), ours)
    return result


def _windows(values: Float, window: int, step: int) -> Float:
    return sliding_window_view(values, window, axis=1)[:, ::step].reshape(-1, window)
