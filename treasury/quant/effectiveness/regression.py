"""Regression of the hedge's changes on the item's: how much the hedge moves per unit of the item, and how
surely.

Formula: y = ΔHI on x = ΔItem or ΔHypo, ordinary least squares; residual sum taken directly; t and F for
slope 0, t for offset slope 1, Student-t intervals with the residual degrees of freedom; Durbin-Watson Σ(e_t
− e_{t−1})²/Σe²; leverage 1/n + (x − x̄)²/Sxx. Through the origin: df n − 1, R² uncentred, leverage x²/Σx².
Units: slope per unit, intercept and residual in y's unit; offset slope = −slope against the item, +slope
against a hypothetical that mirrors it, so that a good hedge is +1. Reference: rules section 4; IFRS 9
B6.4.4–6.
Worked example: ΔS on ΔF of rules section 2 → slope .938751, R² .983221, t 21.6516, F 468.790.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.columns import RegressionColumns
from treasury.quant.effectiveness.series import CHUNK_ROWS, as_matrix, observed_points, prepare
from treasury.quant.numbers import Bool, Float, Int, where_reason
from treasury.quant.sums import row_sum


def regression(
    instrument_changes: ArrayLike,
    item_changes: ArrayLike,
    observed: ArrayLike | None = None,
    hypothetical: bool = False,
    intercept: bool = True,
    confidence_level: float = 0.95,
) -> RegressionColumns:
    """All statistics of n rows of w points, shape (n, w) → (n,); NaN or an ``observed`` of False is a
    missing point.

    A row's result depends on its own observed points alone, digit for digit: not on other rows, chunks or
    padding. Undefined statistics are NaN with reasons ``too_few_points`` (no degree of freedom left),
    ``constant_item`` (x does not vary; ``zero_item_change`` through the origin), ``constant_instrument``,
    ``zero_residual_variance`` (a perfect fit has no finite t) or ``out_of_range``. Durbin-Watson takes
    observed points as neighbours across a gap.
    """
    if not 0.0 < confidence_level < 1.0:
        raise InputError("confidence_level", "a number between 0 and 1", got=str(confidence_level))
    y = as_matrix("instrument_changes", instrument_changes)
    x = as_matrix("item_changes", item_changes)
    present = observed_points(x, y, observed)
    parts = [
        _chunk(
            x[a : a + CHUNK_ROWS],
            y[a : a + CHUNK_ROWS],
            present[a : a + CHUNK_ROWS],
            hypothetical,
            intercept,
            confidence_level,
        )
        for a in range(0, max(1, x.shape[0]), CHUNK_ROWS)
    ]
    if len(parts) == 1:
        return parts[0]
    columns = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(RegressionColumns)}
    return RegressionColumns(**columns)


def _chunk(
    x_all: Float, y_all: Float, present: Bool, hypothetical: bool, with_intercept: bool, level: float
) -> RegressionColumns:
    pair = prepare(x_all, y_all, present)
    mask, n = pair.present, pair.count
    size = np.maximum(n, 1)
    x_mean, dx = _centred(pair.x, mask, size)
    y_mean, dy = _centred(pair.y, mask, size)
    x_square, y_square = row_sum(dx * dx), row_sum(dy * dy)
    with np.errstate(all="ignore"):
        x_deviation = np.where(n > 1, np.sqrt(x_square / (n - 1)), np.nan)
        y_deviation = np.where(n > 1, np.sqrt(y_square / (n - 1)), np.nan)
        correlation = row_sum(dx * dy) / np.sqrt(x_square * y_square)
        if not with_intercept:
            dx, dy = pair.x, pair.y
            x_square, y_square = row_sum(dx * dx), row_sum(dy * dy)
        slope = row_sum(dx * dy) / x_square
        residual = dy - slope[:, None] * dx
        residual_square = np.where(np.isnan(slope), np.nan, row_sum(residual * residual))
        degrees = n - (2 if with_intercept else 1)
        free = degrees > 0
        variance = np.where(free, residual_square / degrees, np.nan)
        r_squared = 1.0 - residual_square / y_square
        slope_error = np.sqrt(variance / x_square)
        leverage = dx * dx / x_square[:, None] + (1.0 / size[:, None] if with_intercept else 0.0)
        step = np.zeros_like(residual)
        step[:, :-1] = np.where(mask[:, 1:], residual[:, 1:] - residual[:, :-1], 0.0)
        durbin_watson = row_sum(step * step) / residual_square
        t_statistic = slope / slope_error
        offset_slope = slope if hypothetical else -slope
        scale = pair.y_exponent - pair.x_exponent
        true_slope, true_error = np.ldexp(slope, scale), np.ldexp(slope_error, scale)
        true_offset = np.ldexp(offset_slope, scale)
        degrees_or_one = np.maximum(degrees, 1).astype(np.float64)
        p_value = np.where(np.isnan(t_statistic), np.nan, 2.0 * stdtr(degrees_or_one, -np.abs(t_statistic)))
        half_width = stdtrit(degrees_or_one, 0.5 + 0.5 * level) * true_error
        line = y_mean - slope * x_mean if with_intercept else np.where(np.isnan(slope), np.nan, 0.0)
        line_error = np.sqrt(variance * (1.0 / size + x_mean * x_mean / x_square))
        leverage = np.where(mask & ~np.isnan(slope)[:, None], leverage, -1.0)
        largest_index = leverage.argmax(axis=1)
        largest = np.take_along_axis(leverage, largest_index[:, None], axis=1)[:, 0]
        columns = {
            "slope": true_slope,
            "intercept": np.ldexp(line, pair.y_exponent),
            "r_squared": r_squared,
            "correlation": np.clip(correlation, -1.0, 1.0),
            "slope_standard_error": true_error,
            "intercept_standard_error": np.ldexp(
                line_error if with_intercept else np.full_like(line_error, np.nan), pair.y_exponent
            ),
            "residual_standard_deviation": np.ldexp(np.sqrt(variance), pair.y_exponent),
            "t_statistic": t_statistic,
            "f_statistic": t_statistic * t_statistic,
            "p_value": p_value,
            "slope_confidence_lower": true_slope - half_width,
            "slope_confidence_upper": true_slope + half_width,
            "durbin_watson": durbin_watson,
            "t_statistic_unit_slope": (true_offset - 1.0) / true_error,
            "offset_slope": true_offset,
            "largest_leverage": np.where(largest < 0, np.nan, largest),
            "x_standard_deviation": np.ldexp(x_deviation, pair.x_exponent),
            "y_standard_deviation": np.ldexp(y_deviation, pair.y_exponent),
        }
    reasons = _reasons(n, degrees, x_square, y_square, residual_square, with_intercept)
    return _finished(columns, reasons, largest_index, pair.positions, n)


def _centred(values: Float, mask: Bool, size: Int) -> tuple[Float, Float]:
    """Mean and deviations from it; taken from the first value on, so that a constant row deviates by
    exactly 0.
    """
    first = values[:, :1]
    shifted = np.where(mask, values - first, 0.0)
    mean = row_sum(shifted) / size
    return first[:, 0] + mean, np.where(mask, shifted - mean[:, None], 0.0)


def _reasons(
    n: Int, degrees: Int, x_square: Float, y_square: Float, residual_square: Float, line: bool
) -> Int:
    flat = Reason.CONSTANT_ITEM if line else Reason.ZERO_ITEM_CHANGE
    reasons = where_reason(degrees <= 0, Reason.TOO_FEW_POINTS)
    reasons |= where_reason((n > 0) & (x_square == 0), flat)
    reasons |= where_reason((n > 0) & (y_square == 0), Reason.CONSTANT_INSTRUMENT)
    reasons |= where_reason((degrees > 0) & (residual_square == 0), Reason.ZERO_RESIDUAL_VARIANCE)
    return reasons if line else reasons | int(Reason.THROUGH_ORIGIN)


def _finished(
    columns: dict[str, Float], reasons: Int, largest_index: Int, positions: Int | None, n: Int
) -> RegressionColumns:
    """Infinities become NaN: those of a perfect fit are explained already, others are out of range."""
    explained = reasons & int(Reason.ZERO_RESIDUAL_VARIANCE) != 0
    for name, column in columns.items():
        beyond = np.isinf(column)
        if beyond.any():
            columns[name] = np.where(beyond, np.nan, column)
            reasons = reasons | where_reason(beyond & ~explained, Reason.OUT_OF_RANGE)
    if positions is not None:
        largest_index = np.take_along_axis(
            positions, np.minimum(largest_index, positions.shape[1] - 1)[:, None], 1
        )[:, 0]
    largest_index = np.where(np.isnan(columns["largest_leverage"]), -1, largest_index)
    return RegressionColumns(
        **columns, largest_leverage_index=largest_index, observation_count=n.astype(np.int64), reasons=reasons
    )
