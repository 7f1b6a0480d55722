"""A layering ladder says what to add month by month so that each exposure is covered more as it comes nearer.

Formula: an exposure due m months from now is a = m − k months ahead at step k. Its target ratio r(a) is that of the
first layer that reaches beyond a; its top-up is −r(a)·E − H where that adds cover, else 0: cover is never taken off.
H grows by the top-up; what is due at m < k is gone, exposure and hedge alike. A static programme decides r at k = 0 and
trades then only. Units: int64 minor units of the risk's base, inflow and long +; rounded half even to the minor unit.
Reference: FAQ §8 (layers), FAQ §4 (static or dynamic), rules section 2.
Worked example: E 100 in each of 18 months, no hedge, layers 80/50/20 % up to 6/12/18 months → now −80 for each of the
next 6 months, −50 for the 6 after them, −20 for the last 6, −900 in all; a month later months 6 and 12 have moved up a
layer: −30 for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Float, Int, ratio
from treasury.quant.ratios.horizon_profile import amount_to_hedge

#: Months and ratio: everything nearer than so many months is covered so far.
Layer = tuple[int, float]


@dataclass(frozen=True, slots=True)
class LadderColumns:
    """Shape (steps, months): what is traded, what is hedged after it, what is exposed, the ratio aimed at (NaN: none).

    What is due before a step is 0 in it. `ratios`, (steps,): −ΣH/ΣE after each step, NaN where nothing is exposed.
    """

    trades: Int
    hedges: Int
    exposures: Int
    targets: Float
    ratios: Float


def target_ratios(months_ahead: ArrayLike, layers: Sequence[Layer]) -> Float:
    """The ratio of the first layer that reaches beyond each number of months; NaN beyond the last, and for the past."""
    ahead = np.asarray(months_ahead)
    ends = np.array([months for months, _ in layers], dtype=np.int64)
    if ends.size == 0 or np.any(np.diff(ends) <= 0) or ends[0] <= 0:
        raise InputError("layers", "months above 0 that rise from layer to layer")
    ratios = np.array([share for _, share in layers], dtype=np.float64)
    if np.any(~(ratios >= 0)):
        raise InputError("layers", "ratios of 0 or more")
    place = np.searchsorted(ends, ahead, side="right")
    return np.where(ahead < 0, np.nan, np.append(ratios, np.nan)[place])


def layering_ladder(
    exposure: ArrayLike, hedge: ArrayLike, layers: Sequence[Layer], steps: int, *, rolls: bool = True
) -> LadderColumns:
    """`exposure` and `hedge` (months,): what is due so many whole months from now; `steps` from 1, the first is now."""
    item, cover = np.asarray(exposure, dtype=np.int64), np.asarray(hedge, dtype=np.int64).copy()
    if item.ndim != 1 or item.shape != cover.shape:
        raise InputError(
            "hedge", f"shape {item.shape}, as exposure, one number a month", got=str(cover.shape)
        )
    if steps < 1:
        raise InputError("steps", "a whole number from 1", got=str(steps))
    month = np.arange(item.size)
    shape = (steps, item.size)
    trades, hedges, exposures = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    targets = np.full(shape, np.nan)
    for step in range(steps):
        ahead = month >= step
        targets[step] = np.where(ahead, target_ratios(month - step if rolls else month, layers), np.nan)
        if rolls or step == 0:
            missing = amount_to_hedge(item, cover, targets[step])
            adds = ahead & (np.sign(missing) == -np.sign(item))
            trades[step] = np.where(adds, missing, 0)
        cover += trades[step]
        hedges[step], exposures[step] = np.where(ahead, cover, 0), np.where(ahead, item, 0)
    totals = ratio(-hedges.sum(axis=1), exposures.sum(axis=1)) + 0.0
    return LadderColumns(trades, hedges, exposures, targets, totals)
