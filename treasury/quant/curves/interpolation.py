"""Linear interpolation in a stack of curves that share their nodes, flat outside, by integer indices.

One pass for any number of rows and dates: no Python loop.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Float, floats


def check_stack(name: str, node_years: Float, values: Float, series_count: int) -> None:
    """Refuse nodes that do not rise, and values that do not have shape (dates, series, nodes)."""
    if node_years.ndim != 1 or node_years.size == 0 or np.any(np.diff(node_years) <= 0) or node_years[0] < 0:
        raise InputError("node_years", "years from 0 on that rise")
    if values.ndim != 3 or values.shape[1:] != (series_count, node_years.size):
        expected = f"shape (dates, {series_count}, {node_years.size})"
        raise InputError(name, expected, got=str(values.shape))


def gather(
    node_years: Float, values: Float, date_index: ArrayLike, series_index: ArrayLike, years: ArrayLike
) -> Float:
    """``values[date, series]`` at ``years``; indices and years broadcast to the shape of the result."""
    time = floats(years)
    dates, series = np.asarray(date_index), np.asarray(series_index)
    last = node_years.size - 1
    if last == 0:
        dates, series, time = np.broadcast_arrays(dates, series, time)
        return np.asarray(values[dates, series, 0])
    right = np.clip(np.searchsorted(node_years, time), 1, last)
    left = right - 1
    width = node_years[right] - node_years[left]
    weight = np.clip((time - node_years[left]) / width, 0.0, 1.0)
    low, high = values[dates, series, left], values[dates, series, right]
    return np.asarray(low + (high - low) * weight)
