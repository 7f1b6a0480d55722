"""Sums under the formulas: the same digits whatever the order, the chunking or the padding of the rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Float, Int

_BLOCK = 128
_LEAST_ROWS = 8


def group_sums(values: ArrayLike, group_index: ArrayLike, group_count: int) -> Int:
    """Sums of int64 minor units by group, shape (group_count,); exact, so the order of the rows does not
    count.

    ``group_index`` holds 0 to group_count − 1 per row. Refuses sums that could leave int64.
    """
    array, index = np.asarray(values), np.asarray(group_index)
    if array.dtype.kind not in "iub":
        raise InputError("values", "int64 minor units", got=str(array.dtype))
    if array.shape != index.shape:
        raise InputError("group_index", f"one group for each of {array.size} values", got=str(index.size))
    if index.size and (index.min() < 0 or index.max() >= group_count):
        raise InputError("group_index", f"numbers from 0 to {group_count - 1}")
    if np.abs(array.astype(np.float64)).sum() >= 2.0**62:
        raise InputError("values", "a total below 2^62 minor units")
    result = np.zeros(group_count, dtype=np.int64)
    np.add.at(result, index, array.astype(np.int64, copy=False))
    return result


def row_sum(values: Float) -> Float:
    """Sum along the last axis, the same digits for a row alone, in any chunk and with any padding by zeros.

    Rows are padded to whole blocks of 8 (up to 128) or 128, so the order of additions depends on the row
    alone.
    """
    width = values.shape[-1]
    step = 8 if width <= _BLOCK else _BLOCK
    padded_width = max(step, -(-width // step) * step)
    if padded_width != width:
        padded = np.zeros((*values.shape[:-1], padded_width))
        padded[..., :width] = values
        values = padded
    values = np.ascontiguousarray(values)
    if padded_width <= _BLOCK:
        return np.asarray(values.sum(axis=-1))
    blocks = values.reshape(*values.shape[:-1], -1, _BLOCK).sum(axis=-1)
    total = blocks[..., 0].copy()
    for block in range(1, blocks.shape[-1]):
        total = total + blocks[..., block]
    return np.asarray(total)


def column_sum(values: Float) -> Float:
    """Sum along the first axis of (points, rows): the very digits of ``row_sum`` on the transposed array.

    Points first is the layout in which a chunk of rows goes through the processor side by side.
    """
    points, rows = values.shape
    total = np.zeros(rows)
    for start in range(0, points, _BLOCK):
        block = values[start : start + _BLOCK]
        eights = len(block) // 8
        whole = eights * 8
        # Rows of points are added up one after the other: along the first axis numpy sums as a loop would.
        lanes = np.add.reduce(block[:whole].reshape(eights, 8, rows), axis=0, initial=0.0)
        lanes[: len(block) - whole] += block[whole:]
        pairs = lanes[0::2] + lanes[1::2]
        total += (pairs[0] + pairs[1]) + (pairs[2] + pairs[3])
    return total


def point_sums(values: Float) -> Float:
    """Sum along the first axis of (points, rows), one point after the other: quicker than ``column_sum``, and like it
    of the same digits for a row alone, in any chunk and with any padding by zeros.
    """
    return np.asarray(np.add.reduce(_side_by_side(values), axis=0)[: values.shape[1]])


def point_products(first: Float, second: Float) -> Float:
    """Σ first·second along the first axis, as ``point_sums``, without an array for the products."""
    sums = np.einsum("pr,pr->r", _side_by_side(first), _side_by_side(second))
    return np.asarray(sums[: first.shape[1]])


def _side_by_side(values: Float) -> Float:
    """At least 8 rows, points first in memory: anything else numpy would add up in another order."""
    points, rows = values.shape
    if rows >= _LEAST_ROWS:
        return np.ascontiguousarray(values)
    padded = np.zeros((points, _LEAST_ROWS))
    padded[:, :rows] = values
    return padded


def segment_sums(values: Float, offsets: ArrayLike) -> Float:
    """Sums of ragged segments along the last axis: segment i is offsets[i] to offsets[i + 1]; empty ones
    give 0.

    ``values`` has shape (..., flows), ``offsets`` (n + 1,), the result (..., n). Each sum depends on its
    segment alone.
    """
    bounds = np.asarray(offsets, dtype=np.int64)
    flows, lengths = values.shape[-1], np.diff(np.atleast_1d(bounds))
    if bounds.ndim != 1 or bounds.size < 1 or bounds[0] != 0 or bounds[-1] != flows or np.any(lengths < 0):
        raise InputError("offsets", f"a rising array from 0 to {flows}")
    filled = lengths > 0
    if bounds.size > 1 and filled.all():
        return np.add.reduceat(np.ascontiguousarray(values), bounds[:-1], axis=-1)
    result = np.zeros((*values.shape[:-1], bounds.size - 1))
    if filled.any():
        result[..., filled] = np.add.reduceat(np.ascontiguousarray(values), bounds[:-1][filled], axis=-1)
    return result
