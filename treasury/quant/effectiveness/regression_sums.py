"""The sums over a row's points that every statistic of its regression is made of.

Formula: means, Σdx², Σdy², Σdx·dy with dx = x − x̄ (from the origin: x itself), slope = Σdx·dy/Σdx², residuals
e_t = dy − slope·dx with Σe² and Σ(e_t − e_{t−1})² taken directly, the largest dx² and its point.
Units: x and y of a row of huge or tiny numbers are scaled by powers of two (``x_exponent``, ``y_exponent``), which
changes no digit.
Reference: rules section 4. Sums of products (Σx², Σxy) are not used: they lose the residual where R² is near 1.
Worked example: x 1, 2, 4 and y 2, 4, 9 → dx −4/3, −1/3, 5/3; Σdx² 14/3; slope 33/14.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from treasury.quant.effectiveness.series import PointColumns, point_columns, whole_columns
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.sums import column_sum, point_products, point_sums

#: Sums of squares, and means, between this and its inverse leave room for every product that is made of them.
_LARGE = 2.0**200
#: A variance below this part of the squared mean, and a residual below this part of the variation, are delicate.
_FLAT, _PERFECT = 2.0**-20, 2.0**-32


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
    if not x.shape[1] or (mask is not None and not mask.all()):
        sums = _sums(point_columns(x, y, mask), intercept)
    else:
        sums = _sums(whole_columns(x, y), intercept)
        # Scaling changes no digit of a row within bounds; one beyond them, or with a gap, which makes its sums NaN,
        # is worked out again.
        again = np.flatnonzero(~_within(sums))
        if again.size:
            _put(sums, again, _sums(point_columns(x[again], y[again], None), intercept))
    delicate = np.flatnonzero(_delicate(sums))
    if delicate.size:
        masks = None if mask is None else mask[delicate]
        points = point_columns(x[delicate], y[delicate], masks)
        _put(sums, delicate, _sums(points, intercept, from_first=True))
    return sums


def _put(sums: RegressionSums, rows: NDArray[np.intp], found: RegressionSums) -> None:
    for field in fields(sums):
        getattr(sums, field.name)[rows] = getattr(found, field.name)


def _within(sums: RegressionSums) -> Bool:
    """Where no square or product of sums can have left the normal numbers of float64."""
    squares = np.stack([sums.x_variation, sums.y_variation, sums.x_square, sums.y_square])
    means = np.abs([sums.x_mean, sums.y_mean])
    within = (squares > 1.0 / _LARGE) & (squares < _LARGE)
    return np.asarray(within.all(axis=0) & (means < _LARGE).all(axis=0))


def _delicate(sums: RegressionSums) -> Bool:
    """Where a series hardly varies, or the line fits so well that rounding of the means would show."""
    count = np.asarray(sums.count, dtype=np.float64)
    with np.errstate(all="ignore"):
        varies = sums.x_variation > _FLAT * count * np.square(sums.x_mean)
        varies &= sums.y_variation > _FLAT * count * np.square(sums.y_mean)
        return ~(varies & (sums.residual_square > _PERFECT * sums.y_square))


def _sums(points: PointColumns, intercept: bool, from_first: bool = False) -> RegressionSums:
    """Works in place on the points: two arrays of them fit into the cache, three do not."""
    absent = points.absent
    products = _products if from_first else point_products
    dx, dy = points.x, points.y
    raw = None if intercept else (dx.copy(), dy.copy())
    with np.errstate(all="ignore"):
        x_mean, y_mean = (_centre(values, absent, points.count, from_first) for values in (dx, dy))
        y_square = y_variation = products(dy, dy)
        covariation = xy = products(dx, dy)
        x_square = x_variation = products(dx, dx)
        if raw is not None:
            dx, dy = raw
            y_square, xy, x_square = products(dy, dy), products(dx, dy), products(dx, dx)
        largest, largest_index = _largest(dx)
        largest_square = np.square(largest)
        slope = xy / x_square
        np.multiply(slope, dx, out=dx)
        residual = np.subtract(dy, dx, out=dy)
        step = np.subtract(residual[1:], residual[:-1], out=dx[1:])
        if absent is not None:
            step[absent[1:]] = 0.0
        step_square, residual_square = products(step, step), products(residual, residual)
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


def _products(first: Float, second: Float) -> Float:
    return column_sum(first * second)


def _centre(values: Float, absent: Bool | None, count: Int, from_first: bool) -> Float:
    """The mean, which is taken off the values.

    ``from_first`` takes the first value off before, so that a constant row deviates by exactly 0.
    """
    first: Float | float = 0.0
    if from_first:
        first = values[0].copy()
        values -= first
        if absent is not None:
            values[absent] = 0.0
    mean = (column_sum if from_first else point_sums)(values) / np.maximum(count, 1)
    values -= mean
    if absent is not None:
        values[absent] = 0.0
    return np.asarray(first + mean)


def _largest(deviations: Float) -> tuple[Float, Int]:
    """The largest deviation of each row, as a positive number, and the first point that has it."""
    points = deviations.shape[0]
    highest, lowest = deviations.max(axis=0), deviations.min(axis=0)
    largest = np.maximum(highest, -lowest)
    found = deviations == np.where(highest == largest, highest, lowest)
    both = np.flatnonzero(highest == -lowest)
    if both.size:
        found[:, both] |= deviations[:, both] == lowest[both]
    # The first of the points has the highest number; `argmax` along the first axis is several times slower.
    kind: type[np.unsignedinteger[Any]] = np.uint8 if points < 2**8 else np.uint32
    numbers = np.arange(points, 0, -1, dtype=kind)[:, None]
    return largest, points - np.multiply(found, numbers, dtype=kind).max(axis=0).astype(np.int64)
