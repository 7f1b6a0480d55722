"""Many curves with nodes of their own, put on common nodes: linear between their nodes, flat outside.

Where the common nodes contain a curve's own, the curve on them is the same curve. One pass, no Python loop.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.numbers import Float, floats


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
    order = np.argsort(place, axis=1, kind="stable")
    place, rates = np.take_along_axis(place, order, axis=1), np.take_along_axis(rates, order, axis=1)
    for column in range(rates.shape[1] - 2, -1, -1):
        same = place[:, column] == place[:, column + 1]
        rates[:, column] = np.where(
            same & np.isfinite(place[:, column]), rates[:, column + 1], rates[:, column]
        )
    count = np.isfinite(place).sum(axis=1)
    passed = (place[:, :, None] <= common).sum(axis=1)
    last = np.maximum(count - 1, 0)[:, None]
    left, right = np.clip(passed - 1, 0, last), np.clip(passed, 0, last)
    low, high = np.take_along_axis(rates, left, axis=1), np.take_along_axis(rates, right, axis=1)
    start, end = np.take_along_axis(place, left, axis=1), np.take_along_axis(place, right, axis=1)
    inside = right > left
    width = np.where(inside, end - np.where(inside, start, 0.0), 1.0)
    weight = np.where(inside, common - np.where(inside, start, 0.0), 0.0) / width
    return np.where(inside, low + (high - low) * weight, low)


def _on_one_grid(nodes: Float, rates: Float, common: Float) -> Float:
    """The same, to the last digit, for curves on the same rising nodes that have all of them or none."""
    passed = np.searchsorted(nodes, common, side="right")
    left, right = np.maximum(passed - 1, 0), np.minimum(passed, nodes.size - 1)
    inside = right > left
    width = np.where(inside, nodes[right] - nodes[left], 1.0)
    weight = np.where(inside, common - nodes[left], 0.0) / width
    low = rates[:, left]
    return np.where(inside, low + (rates[:, right] - low) * weight, low)
