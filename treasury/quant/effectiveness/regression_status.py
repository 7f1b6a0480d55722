"""What a regression says about a hedge: criteria with their limits and the room left, and one status.

Order: too few points first (INCONCLUSIVE), then the sign (the wrong one fails at any size), then the bands:
offset slope, R², significance of the slope; edges pass. The limits are dated policy, none of them is in a
standard.
Units: margins are value − limit or limit − value, > 0 room left. Reference: rules section 4; FAQ §10.
Worked example: offset slope 0.938751, R² 0.983221, n 10 of 30 → INCONCLUSIVE, ``too_few_points``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.columns import Criterion, RegressionColumns, StatusColumns
from treasury.quant.numbers import Float, floats, where_reason

EDGE = 1e-12


def regression_status(
    statistics: RegressionColumns,
    slope_lower: ArrayLike = 0.80,
    slope_upper: ArrayLike = 1.25,
    r_squared_minimum: ArrayLike = 0.80,
    observation_minimum: ArrayLike = 30,
    confidence_level: ArrayLike = 0.95,
) -> StatusColumns:
    """Status, reasons and criteria per row; limits are scalars or columns of shape (n,).

    A perfect fit (no residual) with a slope is significant: its p counts as 0. Slope or R² undefined:
    INCONCLUSIVE.
    """
    slope = statistics.offset_slope
    count = statistics.observation_count.astype(np.float64)
    significance = np.round(1.0 - floats(confidence_level), 12)
    perfect = (statistics.reasons & int(Reason.ZERO_RESIDUAL_VARIANCE) != 0) & (slope != 0) & ~np.isnan(slope)
    p_value = np.where(perfect, 0.0, statistics.p_value)
    criteria = (
        at_least("observation_count", count, observation_minimum),
        above_zero("offset_slope_sign", slope),
        at_least("offset_slope_lower", slope, slope_lower),
        at_most("offset_slope_upper", slope, slope_upper),
        at_least("r_squared", statistics.r_squared, r_squared_minimum),
        at_most("significance", p_value, significance),
    )
    failed = {criterion.name: criterion.passed == 0 for criterion in criteria}
    few = failed["observation_count"] | (statistics.reasons & int(Reason.TOO_FEW_POINTS) != 0)
    undefined = ~few & np.isnan(slope)
    wrong = ~few & ~undefined & (slope < 0)
    rest = ~few & ~undefined & ~wrong
    below, above = rest & failed["offset_slope_lower"], rest & failed["offset_slope_upper"]
    loose, chance = rest & failed["r_squared"], rest & failed["significance"]
    misses = wrong | below | above | loose | chance
    open_ = few | undefined | (rest & ~misses & np.isnan(statistics.r_squared))
    status = np.where(misses, EffectivenessStatus.NOT_EFFECTIVE, EffectivenessStatus.EFFECTIVE)
    status = np.where(open_, EffectivenessStatus.INCONCLUSIVE, status).astype(np.int8)
    kept = int(
        Reason.CONSTANT_ITEM | Reason.ZERO_ITEM_CHANGE | Reason.OUT_OF_RANGE | Reason.CONSTANT_INSTRUMENT
    )
    reasons = np.where(open_ | misses, statistics.reasons & kept, 0) | where_reason(
        few, Reason.TOO_FEW_POINTS
    )
    reasons |= where_reason(wrong, Reason.WRONG_DIRECTION) | where_reason(below, Reason.BELOW_LOWER)
    reasons |= where_reason(above, Reason.ABOVE_UPPER) | where_reason(loose, Reason.R_SQUARED_LOW)
    reasons |= where_reason(chance, Reason.NOT_SIGNIFICANT)
    return StatusColumns(status, reasons, criteria)


def at_least(name: str, value: Float, limit: ArrayLike) -> Criterion:
    """A criterion that passes from its limit on."""
    return _criterion(name, value, floats(limit), value - floats(limit))


def at_most(name: str, value: Float, limit: ArrayLike) -> Criterion:
    """A criterion that passes up to its limit."""
    return _criterion(name, value, floats(limit), floats(limit) - value)


def above_zero(name: str, value: Float) -> Criterion:
    """A criterion that passes above zero only."""
    criterion = _criterion(name, value, floats(0.0), value)
    return Criterion(
        name, value, criterion.limit, value, np.where(value == 0, 0, criterion.passed).astype(np.int8)
    )


def _criterion(name: str, value: Float, limit: Float, margin: Float) -> Criterion:
    """A margin within rounding of the statistics, 1e-12 of the limit, is the edge itself: 0, and passes."""
    margin = np.where(np.abs(margin) <= EDGE * np.abs(limit), 0.0, margin)
    passed = np.where(np.isnan(margin), -1, margin >= 0).astype(np.int8)
    return Criterion(name, value, np.broadcast_to(limit, value.shape), margin, passed)
