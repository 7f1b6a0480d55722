"""Costs of hedging: what an option's time value, forward points or a currency basis cost, spread over the hedge.

Formula, with a and b the actual and the aligned value, Δ since inception: recognised R = Δa where |a0| = |b0|, Δb
where |a0| > |b0|, the lower-of of Δa and Δb (0 where the signs differ) where |a0| < |b0|. Time-period-related:
reserve = R + A0·min(t, periods)/periods, A0 whichever of a0 and b0 is the smaller in size; transaction-related:
reserve = R, released with the item. OCI = change of the reserve; P&L = change of a − OCI.
IAS 39: all to P&L. ASC 815: R = Δa and A0 = a0 amortised over its periods whatever the kind (amortise), or all
to P&L (fair_value); no aligned values.
Units: functional currency; values as assets +, so a bought option's time value is + and a written one's −;
gains +. Reference: IFRS 9 6.5.15, 6.5.16, B6.5.29 to B6.5.39; ASC 815-20-25-83A, 25-83B; rules section 5.
Worked example: time value 20 over 2 years, then 13, then 0 → reserve 3, 0; OCI +3, −3; P&L −10, −10.

Values after the last period find A0 amortised in full; with fewer values than periods the rest of A0 is still
to come. An A0 of zero amortises nothing. Where actual and aligned begin with opposite signs and the actual is
the smaller, nothing is recognised and A0 is still amortised: what the reserve then holds is released with it.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Framework
from treasury.quant.measurement.checks import (
    booleans,
    changes,
    fitted,
    frameworks,
    only_where,
    per_row,
    same_shape,
    series,
)
from treasury.quant.measurement.columns import CostOfHedgingColumns
from treasury.quant.measurement.lower_of import lower_of
from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import EXACT, Amounts, Bool, Int


def cost_of_hedging(
    actual_values: ArrayLike,
    aligned_values: ArrayLike | None,
    time_period_related: ArrayLike = True,
    periods: ArrayLike = 0,
    framework: ArrayLike = Framework.IFRS9,
    amortise: ArrayLike = True,
    elapsed_periods: ArrayLike | None = None,
) -> CostOfHedgingColumns:
    """Reserve, OCI and P&L of each period, shape (n, periods), of values of shape (n, periods + 1).

    ``time_period_related``, ``periods``, ``framework`` and ``amortise`` (ASC 815) are one for all or one a row.
    ``elapsed_periods`` since inception at each value after the opening one are 1, 2, ... unless given: the book
    counts both in days. ``periods`` counts only where something is amortised.
    """
    actual = series("actual_values", actual_values, 2)
    rows = actual.shape[:-1]
    rule = frameworks(framework, rows)
    aligned = actual if aligned_values is None else series("aligned_values", aligned_values, 2)
    if aligned_values is None and np.any(rule == Framework.IFRS9):
        raise InputError("aligned_values", "the aligned value at each date under IFRS9", got="nothing")
    same_shape("actual_values", actual, "aligned_values", aligned)
    aligns = rule == Framework.IFRS9
    systematic = (rule == Framework.ASC815) & booleans("amortise", amortise, rows)[..., np.newaxis]
    over_time = systematic | (
        aligns & booleans("time_period_related", time_period_related, rows)[..., np.newaxis]
    )
    spread = _periods(periods, over_time, rows)
    elapsed = _elapsed(elapsed_periods, (*rows, actual.shape[-1] - 1))
    with localcontext(EXACT):
        recognised, opening = _recognised(actual, aligned, aligns)
        recognised = only_where(aligns | systematic, recognised)
        amortised = only_where(over_time, opening)
        reserve = plus_share(recognised, amortised, np.minimum(elapsed, spread), spread)
        movement = changes(reserve)
        return CostOfHedgingColumns(
            reserve, movement, np.asarray(actual[..., 1:] - actual[..., :-1] - movement)
        )


def _recognised(actual: Amounts, aligned: Amounts, aligns: Bool) -> tuple[Amounts, Amounts]:
    """The cumulative change that goes to the reserve, and the opening value that is amortised (B6.5.33–34)."""
    actual_change, aligned_change = actual[..., 1:] - actual[..., :1], aligned[..., 1:] - aligned[..., :1]
    size, aligned_size = np.abs(actual[..., :1]), np.abs(aligned[..., :1])
    above = aligns & np.asarray(size > aligned_size, dtype=bool)
    below = aligns & np.asarray(size < aligned_size, dtype=bool)
    recognised = np.where(below, lower_of(actual_change, aligned_change), actual_change)
    recognised = np.where(above, aligned_change, recognised)
    return recognised, np.where(above, aligned[..., :1], actual[..., :1])


def _periods(periods: ArrayLike, over_time: Bool, rows: tuple[int, ...]) -> Int:
    array = np.asarray(periods)
    if array.dtype.kind not in "iu":
        raise InputError("periods", "whole numbers from 1", got=str(array.dtype))
    count = np.asarray(per_row("periods", array, rows), dtype=np.int64)
    if np.any(over_time & ((count < 1) | (count >= 2**53))):
        raise InputError("periods", "a whole number from 1 where the opening value is amortised")
    return np.where(over_time, count, 1)


def _elapsed(elapsed: ArrayLike | None, shape: tuple[int, ...]) -> Int:
    array = np.arange(1, shape[-1] + 1) if elapsed is None else np.asarray(elapsed)
    if array.dtype.kind not in "iu" or array.min() < 0 or np.any(array[..., 1:] < array[..., :-1]):
        raise InputError("elapsed_periods", "whole numbers from 0 that do not fall")
    return np.asarray(fitted("elapsed_periods", array.astype(np.int64), shape))
