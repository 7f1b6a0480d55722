"""The hedge ratio says which share of an exposure is covered by hedges of the same risk.

Formula: signed −H/E with inflows and long positions +, so that a hedge in the wrong direction is negative;
unsigned H/E. Open amount: E + H signed, E − H unsigned. Units: a fraction; amounts in the risk's unit.
Reference: FAQ §1, rules section 2. Worked example: payable EUR 10m, forwards EUR 6m → 0.60, open 4m.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import CoverFlag, Reason
from treasury.quant.columns import HedgeRatioColumns
from treasury.quant.numbers import EXACT, amounts, compare_ratio, finite_or_nan, ratio, where_reason
from treasury.quant.ratios.scaling import within_range
from treasury.quant.sums import group_sums


def hedge_ratio(hedged: ArrayLike, exposure: ArrayLike, signed: bool = True) -> HedgeRatioColumns:
    """Ratio, open amount, flags and reasons; int64 minor units, Decimal or float64 amounts that broadcast.

    A zero exposure has no ratio: NaN with reason ``zero_exposure``, whatever hedges there are.
    """
    hedge, item = np.broadcast_arrays(amounts(hedged), amounts(exposure))
    with localcontext(EXACT), np.errstate(over="ignore"):
        toward = -hedge if signed else hedge
        open_amount, too_large = within_range(np.asarray(item - toward))
    value, beyond = finite_or_nan(ratio(toward, item) + 0.0)
    defined = np.asarray(item != 0, dtype=bool)
    flags = where_reason(defined & (compare_ratio(toward, item, 1) > 0), CoverFlag.OVER_HEDGED)
    flags |= where_reason(defined & (compare_ratio(toward, item, 0) < 0), CoverFlag.WRONG_DIRECTION)
    reasons = where_reason(~defined, Reason.ZERO_EXPOSURE) | where_reason(
        beyond | too_large, Reason.OUT_OF_RANGE
    )
    return HedgeRatioColumns(value, open_amount, flags, reasons)


def group_hedge_ratio(
    exposure_amounts: ArrayLike,
    exposure_group: ArrayLike,
    hedge_amounts: ArrayLike,
    hedge_group: ArrayLike,
    group_count: int,
) -> HedgeRatioColumns:
    """The signed ratio per group (entity, risk, relationship, ...), shape (group_count,), of int64 minor
    units.

    Groups are net sums, exact and independent of the order of the rows.
    """
    exposure = group_sums(exposure_amounts, exposure_group, group_count)
    return hedge_ratio(group_sums(hedge_amounts, hedge_group, group_count), exposure, signed=True)
