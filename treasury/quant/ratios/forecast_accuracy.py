"""Forecast accuracy says how far forecasts were from what came: on the whole (bias), and flow by flow (error).

Formula: with F_i forecast and A_i what came at last, both in the direction of the flow (a cancelled flow came with 0):
bias = Σ s_i·(F_i − A_i) / Σ|A_i|, mean absolute error = Σ|F_i − A_i| / Σ|A_i|, s_i the sign of A_i, that of F_i where
nothing came. Units: fractions of what came; bias above 0 is too much forecast. Reference: the mean absolute error
weighted by size (MAE over mean; Kolassa and Schütz 2007). Nothing came at all: null, ``no_observations``. Worked
example: forecast 100, 60, 40 and 0, came 90, 60, 0 and 30: bias 20 / 180 = 0.111, error 80 / 180 = 0.444.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, where_reason

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AccuracyColumns:
    """Per group, shape (g,): sums in minor units in the direction of the flows, and the two ratios (NaN: reason)."""

    flow_count: Ints
    forecast_amount: Ints
    actual_amount: Ints
    error_amount: Ints
    bias_ratio: Float
    mean_absolute_error_ratio: Float
    reasons: Ints


def forecast_accuracy(
    forecast_amounts: ArrayLike, actual_amounts: ArrayLike, groups: ArrayLike, group_count: int
) -> AccuracyColumns:
    """Accuracy of n flows in g groups: int64 minor units (n,), and the group of each flow from 0 to g − 1."""
    forecast, actual = np.asarray(forecast_amounts, np.int64), np.asarray(actual_amounts, np.int64)
    group = np.asarray(groups, np.int64)
    if forecast.ndim != 1 or forecast.shape != actual.shape:
        raise InputError(
            "actual_amounts", f"shape {forecast.shape}, as forecast_amounts", got=str(actual.shape)
        )
    if group.shape != forecast.shape or (group.size and not 0 <= group.min() <= group.max() < group_count):
        raise InputError("groups", f"one group from 0 to {group_count - 1} a flow")
    side = np.where(actual != 0, np.sign(actual), np.sign(forecast))
    counts = np.bincount(group, minlength=group_count).astype(np.int64)
    planned = _sums(side * forecast, group, group_count)
    came = _sums(np.abs(actual), group, group_count)
    error = _sums(np.abs(forecast - actual), group, group_count)
    nothing = came == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        bias = np.where(nothing, np.nan, (planned - came) / came)
        missed = np.where(nothing, np.nan, error / came)
    return AccuracyColumns(
        counts, planned, came, error, bias, missed, where_reason(nothing, Reason.NO_OBSERVATIONS)
    )


def _sums(values: Ints, group: Ints, group_count: int) -> Ints:
    """Exact sums by group, whatever the order of the flows."""
    found = np.zeros(group_count, dtype=np.int64)
    np.add.at(found, group, values)
    return found
