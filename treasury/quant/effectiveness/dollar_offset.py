"""Dollar offset compares what the hedge gained with what the item lost, since designation and period by
period.

Formula: DO = −ΔHI/ΔItem, against a hypothetical derivative +ΔHI/ΔHypo; a good hedge is +1. The status goes
by the last cumulative ratio: 0.80 to 1.25, edges included and compared in decimal; moving the same way
fails at any size; a zero item change or two changes under the noise threshold decide nothing. Units:
amounts in functional currency.
Reference: rules section 4; IAS 39 AG105; FAQ §10. Worked example: hedge −120, item +100 → 1.20, EFFECTIVE.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.columns import DollarOffsetColumns
from treasury.quant.numbers import (
    EXACT,
    Amounts,
    Ratios,
    amounts,
    compare_ratio,
    finite_or_nan,
    floats,
    ratio,
    where_reason,
)


def dollar_offset(
    instrument_changes: ArrayLike,
    item_changes: ArrayLike,
    observed: ArrayLike | None = None,
    hypothetical: bool = False,
    lower_ratio: Ratios = Decimal("0.80"),
    upper_ratio: Ratios = Decimal("1.25"),
    noise_threshold: ArrayLike = 0,
) -> DollarOffsetColumns:
    """Changes per period, shape (n, periods): int64 minor units, Decimal or float64; ratios of the same
    shape.

    Give int64 minor units for sums that are exact. A period that is not ``observed`` (or NaN) adds nothing
    and has no ratio: let the change of the next observed one span it. ``noise_threshold`` is an amount in
    the unit of the changes, scalar or shape (n,). No observed period: INCONCLUSIVE, ``too_few_points``.
    """
    hedge, item = np.atleast_2d(amounts(instrument_changes)), np.atleast_2d(amounts(item_changes))
    if hedge.shape != item.shape or hedge.ndim != 2:
        raise InputError("item_changes", f"shape {hedge.shape}, as the instrument's", got=str(item.shape))
    present = np.ones(hedge.shape, dtype=bool)
    if observed is not None:
        present &= np.atleast_2d(np.asarray(observed, dtype=bool))
    if "f" in (hedge.dtype.kind, item.dtype.kind):
        if np.isinf(floats(hedge)).any() or np.isinf(floats(item)).any():
            raise InputError("instrument_changes", "finite numbers")
        present &= ~(np.isnan(floats(hedge)) | np.isnan(floats(item)))
    with localcontext(EXACT):
        toward = np.where(present, hedge if hypothetical else -hedge, 0)
        item = np.where(present, item, 0)
        toward_sum, item_sum = np.cumsum(toward, axis=-1), np.cumsum(item, axis=-1)
    cumulative, cumulative_beyond = finite_or_nan(
        np.where(present, ratio(toward_sum, item_sum) + 0.0, np.nan)
    )
    period, period_beyond = finite_or_nan(np.where(present, ratio(toward, item) + 0.0, np.nan))
    beyond = np.asarray((cumulative_beyond | period_beyond).any(axis=-1))
    return _judged(
        cumulative,
        period,
        toward_sum,
        item_sum,
        present.sum(axis=-1),
        lower_ratio,
        upper_ratio,
        noise_threshold,
        beyond,
    )


def _judged(
    cumulative: np.ndarray,
    period: np.ndarray,
    toward_sum: Amounts,
    item_sum: Amounts,
    count: np.ndarray,
    lower_ratio: Ratios,
    upper_ratio: Ratios,
    noise_threshold: ArrayLike,
    beyond: np.ndarray,
) -> DollarOffsetColumns:
    rows = cumulative.shape[0]
    if cumulative.shape[1]:
        hedge, item = toward_sum[:, -1], item_sum[:, -1]
    else:
        hedge = item = np.zeros(rows, dtype=np.int64)
    threshold = amounts(noise_threshold)
    tiny = np.asarray((np.abs(item) < threshold) & (np.abs(hedge) < threshold), dtype=bool)
    none, zero = count == 0, np.asarray(item == 0, dtype=bool)
    open_ = none | zero | tiny
    wrong = ~open_ & (compare_ratio(hedge, item, 0) < 0)
    below = ~open_ & ~wrong & (compare_ratio(hedge, item, lower_ratio) < 0)
    above = ~open_ & ~wrong & (compare_ratio(hedge, item, upper_ratio) > 0)
    status = np.where(open_, EffectivenessStatus.INCONCLUSIVE, EffectivenessStatus.EFFECTIVE)
    status = np.where(wrong | below | above, EffectivenessStatus.NOT_EFFECTIVE, status)
    reasons = where_reason(none, Reason.TOO_FEW_POINTS) | where_reason(zero & ~none, Reason.ZERO_ITEM_CHANGE)
    reasons |= where_reason(tiny & ~none, Reason.IMMATERIAL_CHANGES) | where_reason(
        wrong, Reason.WRONG_DIRECTION
    )
    reasons |= where_reason(below, Reason.BELOW_LOWER) | where_reason(above, Reason.ABOVE_UPPER)
    reasons |= where_reason(beyond, Reason.OUT_OF_RANGE)
    last, _ = finite_or_nan(np.where(none, np.nan, ratio(hedge, item) + 0.0))
    return DollarOffsetColumns(
        cumulative_ratios=cumulative,
        period_ratios=period,
        last_ratio=last,
        lower_margin=last - floats(lower_ratio),
        upper_margin=floats(upper_ratio) - last,
        observation_count=count.astype(np.int64),
        status=status.astype(np.int8),
        reasons=reasons,
    )
