"""Many curves with nodes of their own, put on common nodes: linear between their nodes, flat outside.

Where the common nodes contain a curve's own, the curve on them is the same curve. One pass, no Python loop.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.numbers import Float, Int, floats


def spread_out(nodes: Float, values: Float, common: Float) -> Float:
    """``values`` (curves, k) at ``nodes`` (curves, k) or (k,) → (curves, common). A NaN is no node; none gives NaN.

    Of two values at one node the later column counts.
    """
    rates = floats(values)
    if rates.shape[0] == 0 or rates.shape[1] == 0:
        return np.full((rates.shape[0], common.size), np.nan)
    gaps = np.isnan(rates)
    if np.ndim(nodes) == 1 and np.unique(nodes).size == np.size(nodes) and (gaps == gaps[:, :1]).all():
        rising = np.argsort(nodes)
        return _on_one_grid(floats(nodes)[rising], rates[:, rising], common)
    place = np.where(gaps, np.inf, np.broadcast_to(floats(nodes), rates.shape))
    order = np.argsort(place, axis=1, kind="stable") + _row_starts(place)
    place, rates = place.take(order), rates.take(order)
    same = (place[:, :-1] == place[:, 1:]) & np.isfinite(place[:, :-1])
    for column in range(rates.shape[1] - 2, -1, -1) if same.any() else ():
        rates[:, column] = np.where(same[:, column], rates[:, column + 1], rates[:, column])
    # Node by node and in small numbers, which needs no array of curves, nodes and common nodes.
    passed = np.zeros((rates.shape[0], common.size), dtype=np.int16)
    for column in range(rates.shape[1]):
        passed += place[:, column, None] <= common
    last = np.maximum(np.isfinite(place).sum(axis=1, dtype=np.int16) - 1, 0)[:, None]
    left, right = np.clip(passed - 1, 0, last), np.clip(passed, 0, last)
    inside = right > left
    left, right = left + _row_starts(place), right + _row_starts(place)
    low, high = rates.take(left), rates.take(right)
    start, end = place.take(left), place.take(right)
    width = np.where(inside, end - np.where(inside, start, 0.0), 1.0)
    weight = np.where(inside, common - np.where(inside, start, 0.0), 0.0) / width
    return np.where(inside, low + (high - low) * weight, low)


def _row_starts(rows: Float) -> Int:
    """Where each row of a table begins among all its numbers: places in them are many times faster than in rows."""
    return (np.arange(rows.shape[0]) * rows.shape[1])[:, None]


def _on_one_grid(nodes: Float, rates: Float, common: Float) -> Float:
    """The same, to the last digit, for curves on the same rising nodes that have all of them or none."""
    passed = np.searchsorted(nodes, common, side="right")
    left, right = np.maximum(passed - 1, 0), np.minimum(passed, nodes.size - 1)
    inside = right > left
    width = np.where(inside, nodes[right] - nodes[left], 1.0)
    weight = np.where(inside, common - nodes[left], 0.0) / width
    low = rates[:, left]
    return np.where(inside, low + (rates[:, right] - low) * weight, low)
