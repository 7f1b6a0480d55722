"""Series of changes made ready for statistics: gaps closed, rows scaled by powers of two, width padded.

Shapes: (n, w) in, (n, w padded to whole blocks) out. Scaling by a power of two changes no digit, and keeps
squares of huge and tiny changes within float64. NaN counts as missing; infinities are refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Bool, Float, Int, floats

_TURNED_ROWS = 250


@dataclass(frozen=True, slots=True)
class SeriesPair:
    """Observed points first, zeros behind; true values are x·2^x_exponent and y·2^y_exponent."""

    x: Float
    y: Float
    present: Bool
    count: Int
    positions: NDArray[np.intp] | None
    x_exponent: NDArray[np.int32]
    y_exponent: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PointColumns:
    """A chunk with its points along the first axis, as ``column_sum`` takes them; else as ``SeriesPair``.

    ``absent`` is None where every row has all its points: then nothing has to be masked.
    """

    x: Float
    y: Float
    absent: Bool | None
    count: Int
    positions: NDArray[np.intp] | None
    x_exponent: NDArray[np.int32]
    y_exponent: NDArray[np.int32]


def as_matrix(name: str, values: ArrayLike) -> Float:
    """Changes as float64 of shape (n, w); one row may come alone, infinities are refused."""
    array = as_rows(name, values)
    if np.isinf(array).any():
        raise InputError(name, "finite numbers")
    return array


def as_rows(name: str, values: ArrayLike) -> Float:
    """As ``as_matrix``, for a caller who meets infinities later (``point_columns`` refuses them)."""
    array = np.atleast_2d(floats(values))
    if array.ndim != 2:
        raise InputError(name, "shape (rows, points)", got=str(array.shape))
    return array


def as_mask(x: Float, y: Float, observed: ArrayLike | None) -> Bool | None:
    """The caller's mask, if any; refuses series and masks that do not have one shape."""
    if x.shape != y.shape:
        raise InputError("item_changes", f"shape {y.shape}, as the instrument's", got=str(x.shape))
    if observed is None:
        return None
    mask = np.atleast_2d(np.asarray(observed, dtype=bool))
    if mask.shape != x.shape:
        raise InputError("observed", f"shape {x.shape}", got=str(mask.shape))
    return mask


def observed_points(x: Float, y: Float, observed: ArrayLike | None) -> Bool:
    """Where both series have a number and the caller's mask, if any, agrees."""
    mask = as_mask(x, y, observed)
    present = ~(np.isnan(x) | np.isnan(y))
    return present if mask is None else present & mask


def prepare(x: Float, y: Float, present: Bool, common_scale: bool = False) -> SeriesPair:
    """One chunk of rows ready for reductions by ``numbers.row_sum``."""
    rows, width = x.shape
    positions = None
    if not present.all():
        positions = np.argsort(~present, axis=1, kind="stable")
        present = np.take_along_axis(present, positions, axis=1)
        x = np.where(present, np.take_along_axis(x, positions, axis=1), 0.0)
        y = np.where(present, np.take_along_axis(y, positions, axis=1), 0.0)
    padded_width = max(8, -(-width // 8) * 8)
    x_padded, y_padded = np.zeros((rows, padded_width)), np.zeros((rows, padded_width))
    mask = np.zeros((rows, padded_width), dtype=bool)
    x_exponent, y_exponent = _exponent(x), _exponent(y)
    if common_scale:
        x_exponent = y_exponent = np.maximum(x_exponent, y_exponent)
    if width:
        x_padded[:, :width] = np.ldexp(x, -x_exponent[:, None])
        y_padded[:, :width] = np.ldexp(y, -y_exponent[:, None])
        mask[:, :width] = present
    return SeriesPair(x_padded, y_padded, mask, present.sum(axis=1), positions, x_exponent, y_exponent)


def whole_columns(x: Float, y: Float) -> PointColumns:
    """One chunk of rows that are taken to have all their points, as they are: nothing is scaled or looked for.

    Copies, whatever the order in memory: the caller's rows are not ours to work in.
    """
    exponents = np.zeros((2, x.shape[0]), dtype=np.int32)
    return PointColumns(
        _points_first(x),
        _points_first(y),
        None,
        np.full(x.shape[0], x.shape[1]),
        None,
        exponents[0],
        exponents[1],
    )


def _points_first(values: Float) -> Float:
    """A copy turned round some rows at a time, so that what is read of them stays near until all of it is used."""
    rows, points = values.shape
    turned = np.empty((points, rows))
    for start in range(0, rows, _TURNED_ROWS):
        part = slice(start, start + _TURNED_ROWS)
        turned[:, part] = values[part].T
    return turned


def point_columns(x: Float, y: Float, mask: Bool | None) -> PointColumns:
    """One chunk of rows ready for reductions by ``column_sum``: the same points and scales as ``prepare``."""
    y, x = as_matrix("instrument_changes", y), as_matrix("item_changes", x)
    pair = prepare(x, y, observed_points(x, y, mask))
    return PointColumns(
        np.ascontiguousarray(pair.x.T),
        np.ascontiguousarray(pair.y.T),
        np.ascontiguousarray(~pair.present.T),
        pair.count,
        pair.positions,
        pair.x_exponent,
        pair.y_exponent,
    )


def _exponent(values: Float) -> NDArray[np.int32]:
    if values.shape[1] == 0:
        return np.zeros(values.shape[0], dtype=np.int32)
    return np.frexp(np.maximum(values.max(axis=1), -values.min(axis=1)))[1].astype(np.int32)
