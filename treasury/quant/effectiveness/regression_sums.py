"""The sums over a row's points that every statistic of its regression is made of.

Formula: means, Σdx², Σdy², Σdx·dy with dx = x − x̄ (from the origin: x itself), slope = Σdx·dy/Σdx², residuals
e_t = dy − slope·dx with Σe² and Σ(e_t − e_{t−1})² taken directly, the largest dx² and its point.
Units: x and y of every row are scaled by powers of two (``x_exponent``, ``y_exponent``), which changes no digit.
Reference: rules section 4. Sums of products (Σx², Σxy) are not used: they lose the residual where R² is near 1.
Worked example: x 1, 2, 4 and y 2, 4, 9 → dx −4/3, −1/3, 5/3; Σdx² 14/3; slope 33/14.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from treasury.quant.effectiveness.series import point_columns
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.sums import column_sum


@dataclass(frozen=True, slots=True)
class RegressionSums:
    """Per row, shape (n,). Variations are about the means, ``x_square`` and ``y_square`` about the line's
    origin.
    """

    count: Int
    x_mean: Float
    y_mean: Float
    x_variation: Float
    y_variation: Float
    covariation: Float
    x_square: Float
    y_square: Float
    slope: Float
    residual_square: Float
    step_square: Float
    largest_square: Float
    largest_index: Int
    x_exponent: NDArray[np.int32]
    y_exponent: NDArray[np.int32]


def regression_sums(x: Float, y: Float, mask: Bool | None = None, *, intercept: bool) -> RegressionSums:
    """Sums of the observed points of n rows, (n, w) → (n,); the slope is NaN where x does not vary."""
    points = point_columns(x, y, mask)
    absent = points.absent
    x_mean, dx = _centred(points.x, absent, points.count)
    y_mean, dy = _centred(points.y, absent, points.count)
    # One array for all intermediate results: what is worked on stays in the cache.
    work = np.multiply(dy, dy)
    y_square = y_variation = column_sum(work)
    covariation = xy = column_sum(np.multiply(dx, dy, out=work))
    x_square = x_variation = column_sum(np.multiply(dx, dx, out=work))
    if not intercept:
        dx, dy = points.x, points.y
        y_square = column_sum(np.multiply(dy, dy, out=work))
        xy = column_sum(np.multiply(dx, dy, out=work))
        x_square = column_sum(np.multiply(dx, dx, out=work))
    largest_square, largest_index = _largest(work)
    with np.errstate(all="ignore"):
        slope = xy / x_square
        residual = np.multiply(slope, dx, out=work)
        np.subtract(dy, residual, out=residual)
        step = residual[1:] - residual[:-1]
        if absent is not None:
            step[absent[1:]] = 0.0
        step_square = column_sum(np.square(step, out=step))
        residual_square = column_sum(np.square(residual, out=residual))
    if points.positions is not None:
        largest_index = np.minimum(largest_index, points.positions.shape[1] - 1)
        largest_index = np.take_along_axis(points.positions, largest_index[:, None], 1)[:, 0]
    return RegressionSums(
        points.count.astype(np.int64),
        x_mean,
        y_mean,
        x_variation,
        y_variation,
        covariation,
        x_square,
        y_square,
        slope,
        residual_square,
        step_square,
        largest_square,
        largest_index,
        points.x_exponent,
        points.y_exponent,
    )


def _centred(values: Float, absent: Bool | None, count: Int) -> tuple[Float, Float]:
    """Mean and deviations from it; taken from the first value on, so that a constant row deviates by
    exactly 0.
    """
    first = values[0]
    deviations = values - first
    if absent is not None:
        deviations[absent] = 0.0
    mean = column_sum(deviations) / np.maximum(count, 1)
    deviations -= mean
    if absent is not None:
        deviations[absent] = 0.0
    return first + mean, deviations


def _largest(squares: Float) -> tuple[Float, Int]:
    """The largest square of each row and the first point that has it; leverage rises with the square."""
    points = squares.shape[0]
    largest = squares.max(axis=0)
    # The first of the points has the highest number; `argmax` along the first axis is several times slower.
    numbers = np.arange(points, 0, -1, dtype=np.uint16 if points < 2**16 else np.int64)
    highest = ((squares == largest) * numbers[:, None]).max(axis=0)
    return largest, points - highest.astype(np.int64)
