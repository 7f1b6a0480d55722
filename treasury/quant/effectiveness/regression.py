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

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.chunks import by_chunks
from treasury.quant.codes import Reason
from treasury.quant.columns import RegressionColumns
from treasury.quant.effectiveness.regression_sums import RegressionSums, regression_sums
from treasury.quant.effectiveness.series import as_mask, as_rows
from treasury.quant.numbers import Bool, Float, Int, where_reason
from treasury.quant.special import stdtr, stdtrit

#: Rows whose points go through together: those of two series stay in a second-level cache. Not a power of two, whose
#: points would share the places of a first-level cache.
POINT_ROWS = 1000
#: Rows whose statistics are made together, whole times as many.
BLOCK_ROWS = 16 * POINT_ROWS
#: What a perfect fit leaves without a finite value: each is divided by the error of the slope.
INFINITE_AT_A_PERFECT_FIT = frozenset({"t_statistic", "f_statistic", "t_statistic_unit_slope"})


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
    y = as_rows("instrument_changes", instrument_changes)
    x = as_rows("item_changes", item_changes)
    mask = as_mask(x, y, observed)
    masks = () if mask is None else (mask,)
    return by_chunks(
        _regression,
        x,
        y,
        *masks,
        rows=BLOCK_ROWS,
        hypothetical=hypothetical,
        intercept=intercept,
        level=confidence_level,
    )


def _regression(
    x: Float, y: Float, mask: Bool | None = None, *, hypothetical: bool, intercept: bool, level: float
) -> RegressionColumns:
    masks = () if mask is None else (mask,)
    sums = by_chunks(regression_sums, x, y, *masks, rows=POINT_ROWS, intercept=intercept)
    return _statistics(sums, hypothetical, intercept, level)


def _statistics(
    sums: RegressionSums, hypothetical: bool, with_intercept: bool, level: float
) -> RegressionColumns:
    count, slope = sums.count, sums.slope
    n, size = count.astype(np.float64), np.maximum(count, 1).astype(np.float64)
    degrees = count - (2 if with_intercept else 1)
    degrees_or_one = np.maximum(degrees, 1).astype(np.float64)
    free = degrees > 0
    with np.errstate(all="ignore"):
        x_deviation = np.where(count > 1, np.sqrt(sums.x_variation / (n - 1.0)), np.nan)
        y_deviation = np.where(count > 1, np.sqrt(sums.y_variation / (n - 1.0)), np.nan)
        correlation = sums.covariation / np.sqrt(sums.x_variation * sums.y_variation)
        residual_square = np.where(np.isnan(slope), np.nan, sums.residual_square)
        variance = np.where(free, residual_square / degrees_or_one, np.nan)
        slope_error = np.sqrt(variance / sums.x_square)
        t_statistic = slope / slope_error
        scale = sums.y_exponent - sums.x_exponent
        true_slope, true_error = np.ldexp(slope, scale), np.ldexp(slope_error, scale)
        true_offset = true_slope if hypothetical else -true_slope
        half_width = _quantiles(degrees_or_one, 0.5 + 0.5 * level) * true_error
        if with_intercept:
            line = sums.y_mean - slope * sums.x_mean
            line_error = np.sqrt(variance * (1.0 / size + sums.x_mean * sums.x_mean / sums.x_square))
            own_leverage: Float | float = 1.0 / size
        else:
            line = np.where(np.isnan(slope), np.nan, 0.0)
            line_error, own_leverage = np.full_like(slope, np.nan), 0.0
        leverage = sums.largest_square / sums.x_square + own_leverage
        columns = {
            "slope": true_slope,
            "intercept": np.ldexp(line, sums.y_exponent),
            "r_squared": 1.0 - residual_square / sums.y_square,
            "correlation": np.clip(correlation, -1.0, 1.0),
            "slope_standard_error": true_error,
            "intercept_standard_error": np.ldexp(line_error, sums.y_exponent),
            "residual_standard_deviation": np.ldexp(np.sqrt(variance), sums.y_exponent),
            "t_statistic": t_statistic,
            "f_statistic": t_statistic * t_statistic,
            "p_value": 2.0 * stdtr(degrees_or_one, -np.abs(t_statistic)),
            "slope_confidence_lower": true_slope - half_width,
            "slope_confidence_upper": true_slope + half_width,
            "durbin_watson": sums.step_square / residual_square,
            "t_statistic_unit_slope": (true_offset - 1.0) / true_error,
            "offset_slope": true_offset,
            "largest_leverage": np.where(np.isnan(slope), np.nan, leverage),
            "x_standard_deviation": np.ldexp(x_deviation, sums.x_exponent),
            "y_standard_deviation": np.ldexp(y_deviation, sums.y_exponent),
        }
    reasons = _reasons(sums, degrees, residual_square, with_intercept)
    return _finished(columns, reasons, sums)


def _quantiles(degrees: Float, probability: float) -> Float:
    """Student-t quantiles, looked up once for each number of degrees of freedom that occurs."""
    found, place = np.unique(degrees, return_inverse=True)
    return np.asarray(stdtrit(found, probability)[place])


def _reasons(sums: RegressionSums, degrees: Int, residual_square: Float, line: bool) -> Int:
    flat = Reason.CONSTANT_ITEM if line else Reason.ZERO_ITEM_CHANGE
    some = sums.count > 0
    reasons = where_reason(degrees <= 0, Reason.TOO_FEW_POINTS)
    reasons |= where_reason(some & (sums.x_square == 0), flat)
    reasons |= where_reason(some & (sums.y_square == 0), Reason.CONSTANT_INSTRUMENT)
    reasons |= where_reason((degrees > 0) & (residual_square == 0), Reason.ZERO_RESIDUAL_VARIANCE)
    return reasons if line else reasons | int(Reason.THROUGH_ORIGIN)


def _finished(columns: dict[str, Float], reasons: Int, sums: RegressionSums) -> RegressionColumns:
    """Infinities become NaN: those of a perfect fit have their reason, others are out of range."""
    perfect = reasons & int(Reason.ZERO_RESIDUAL_VARIANCE) != 0
    for name, column in columns.items():
        beyond = np.isinf(column)
        if beyond.any():
            columns[name] = np.where(beyond, np.nan, column)
            unexplained = beyond & ~perfect if name in INFINITE_AT_A_PERFECT_FIT else beyond
            reasons = reasons | where_reason(unexplained, Reason.OUT_OF_RANGE)
    largest_index = np.where(np.isnan(columns["largest_leverage"]), -1, sums.largest_index)
    return RegressionColumns(
        **columns, largest_leverage_index=largest_index, observation_count=sums.count, reasons=reasons
    )
