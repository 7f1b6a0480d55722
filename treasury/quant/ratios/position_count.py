"""The position-count ratio says how many of the positions are hedged, whatever their size.

Formula: positions hedged / positions total; "hedged" is any cover, cover of at least x, or full cover, a
setting that is printed with the result. Units: a fraction of counts. Reference: FAQ §2 and §5, rules
section 2.
Worked example: nine of ten positions hedged, the open one 90 of 100 by amount → count 0.90, amount 0.10:
warn.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import CoverFlag, HedgedDefinition, Reason
from treasury.quant.columns import PositionCountColumns
from treasury.quant.numbers import Bool, Mask, amounts, compare_ratio, floats, ratio, where_reason
from treasury.quant.sums import group_sums


def is_hedged(
    exposure: ArrayLike,
    hedged: ArrayLike,
    definition: HedgedDefinition = HedgedDefinition.ANY_COVER,
    threshold: Decimal = Decimal(1),
) -> Bool:
    """Whether each position counts as hedged; signed amounts, broadcast. A hedge in the wrong direction
    never counts.

    ``threshold`` is the least cover for ``COVER_AT_LEAST``, the edge included. A zero exposure is not
    hedged.
    """
    item, hedge = np.broadcast_arrays(amounts(exposure), amounts(hedged))
    limits: dict[HedgedDefinition, Decimal] = {
        HedgedDefinition.ANY_COVER: Decimal(0),
        HedgedDefinition.FULL_COVER: Decimal(1),
    }
    if definition is HedgedDefinition.COVER_AT_LEAST and threshold <= 0:
        raise InputError("threshold", "a cover above 0", got=str(threshold))
    side = compare_ratio(-hedge, item, limits.get(definition, threshold))
    enough = side > 0 if definition is HedgedDefinition.ANY_COVER else side >= 0
    return np.asarray(enough & np.asarray(item != 0, dtype=bool))


def position_count_ratio(positions_hedged: ArrayLike, positions_total: ArrayLike) -> PositionCountColumns:
    """Counts (integers, 0 ≤ hedged ≤ total) → ratio; no position at all: NaN with reason ``no_positions``."""
    hedged, total = np.broadcast_arrays(np.asarray(positions_hedged), np.asarray(positions_total))
    if np.any(total < 0):
        raise InputError("positions_total", "a count of 0 or more")
    if np.any(hedged < 0) or np.any(hedged > total):
        raise InputError("positions_hedged", "a count from 0 to positions_total")
    return PositionCountColumns(
        hedged, total, ratio(hedged, total), where_reason(total == 0, Reason.NO_POSITIONS)
    )


def group_position_counts(
    hedged: ArrayLike, group_index: ArrayLike, group_count: int
) -> PositionCountColumns:
    """Counts and ratio per group from one boolean per position (see ``is_hedged``); shape (group_count,)."""
    flags = np.asarray(hedged, dtype=np.int64)
    counted = group_sums(flags, group_index, group_count)
    return position_count_ratio(counted, group_sums(np.ones_like(flags), group_index, group_count))


def count_differs(amount_ratio: ArrayLike, count_ratio: ArrayLike, margin: float) -> Mask:
    """Flag ``count_differs`` where amount ratio and count ratio are more than ``margin`` apart (NaN: no
    flag).
    """
    with np.errstate(invalid="ignore"):
        apart = np.abs(floats(amount_ratio) - floats(count_ratio)) > margin
    return where_reason(apart, CoverFlag.COUNT_DIFFERS)
