"""The cover of each single position, so that positions can be counted as hedged or not.

Rule: what is designated for a position covers it first. The rest of the cover of the same entity and risk
(derivatives without a designation, natural offsets) fills the positions of the side that it protects, the earliest
first, up to their size. Units: int64 minor units; cover is ≥ 0, a size. Reference: FAQ §2 and §5, rules section 2.
Worked example: receivables of 100 due in May and 50 due in June, 30 of the May one designated, forwards of 110
sold altogether → cover 100 and 10.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import Int
from treasury.quant.sums import group_sums


def position_cover(
    exposure: ArrayLike,
    designated: ArrayLike,
    due: ArrayLike,
    group_index: ArrayLike,
    hedge: ArrayLike,
    hedge_group: ArrayLike,
    group_count: int,
) -> Int:
    """Cover of each exposure, shape (n,), from 0 to its size; the order of equal dates is that of the rows.

    ``exposure`` and ``hedge`` are signed (+ inflow, bought), ``designated`` are sizes, ``due`` day numbers.
    """
    amount = np.asarray(exposure, dtype=np.int64)
    size = np.abs(amount)
    own = np.minimum(np.asarray(designated, dtype=np.int64), size)
    side = _side(group_index, amount)
    against = np.asarray(hedge, dtype=np.int64)
    pool = group_sums(np.abs(against), _side(hedge_group, -against), 2 * group_count)
    rest = np.maximum(pool - group_sums(own, side, 2 * group_count), 0)
    order = np.lexsort((np.asarray(due), side))
    need = (size - own)[order]
    before = np.cumsum(need) - need
    ranked = side[order]
    opening = np.append(before, 0)[np.searchsorted(ranked, ranked)] if ranked.size else before
    filled = np.clip(rest[ranked] - (before - opening), 0, need)
    cover = own.copy()
    cover[order] += filled
    return cover


def _side(group: ArrayLike, amount: Int) -> Int:
    """Two places a group: positions to sell (an inflow) and positions to buy."""
    return np.asarray(2 * np.asarray(group, dtype=np.int64) + (amount < 0), dtype=np.int64)
