"""The horizon profile shows the cover of each bucket of time against the policy band, and whether it falls
with time.

Formula: coverage P(b) = −H(b)/E(b) of the net exposure E = inflow + outflow, cumulative likewise on running
sums; to hedge at a ratio r: −r·E − H (a signed trade; the opposite sign is room to unwind). Units: amounts
signed in the risk's unit (inflow +), ratios fractions. Reference: FAQ §8, rules section 2.
Worked example: E 1,000,000 a bucket, layers 80/50/20 % rolled on by one: top up 30/30/20 points = −300,000
... to trade.
"""

from __future__ import annotations

from decimal import localcontext
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.kernel.errors import InputError
from treasury.quant.codes import CoverFlag, Reason
from treasury.quant.columns import HorizonColumns
from treasury.quant.numbers import (
    EXACT,
    Amounts,
    Bool,
    Float,
    amounts,
    compare_ratio,
    finite_or_nan,
    ratio,
    times_ratio,
    where_reason,
)
from treasury.quant.ratios.scaling import within_range


def horizon_profile(
    inflow: ArrayLike,
    outflow: ArrayLike,
    hedge: ArrayLike,
    lower_ratio: ArrayLike = np.nan,
    target_ratio: ArrayLike = np.nan,
    upper_ratio: ArrayLike = np.nan,
) -> HorizonColumns:
    """Coverage, amounts to hedge and flags of groups × buckets, shape (groups, buckets), buckets in time
    order.

    Amounts are int64 minor units, Decimal or float64; inflow ≥ 0, outflow ≤ 0. Ratios broadcast; NaN (None
    among Decimals) means that policy says nothing: no flag, and an amount to hedge of 0 (None among
    Decimals). At int64 ratio·E is rounded half even to the minor unit.
    """
    incoming, outgoing, cover = np.broadcast_arrays(amounts(inflow), amounts(outflow), amounts(hedge))
    if incoming.ndim != 2:
        raise InputError("inflow", "shape (groups, buckets)", got=str(incoming.shape))
    if np.any(incoming < 0):
        raise InputError("inflow", "amounts of 0 or more")
    if np.any(outgoing > 0):
        raise InputError("outflow", "amounts of 0 or less")
    with localcontext(EXACT), np.errstate(over="ignore", invalid="ignore"):
        net = np.asarray(incoming + outgoing)
        open_amount, too_large = within_range(np.asarray(net + cover))
        running_net, net_too_large = within_range(np.cumsum(net, axis=-1))
        running_cover, cover_too_large = within_range(np.cumsum(cover, axis=-1))
        toward, running_toward = -cover, -running_cover
    coverage, beyond = finite_or_nan(ratio(toward, net) + 0.0)
    cumulative, running_beyond = finite_or_nan(ratio(running_toward, running_net) + 0.0)
    beyond = beyond | running_beyond | too_large | net_too_large | cover_too_large
    defined = np.asarray(net != 0, dtype=bool)
    flags = where_reason(defined & (compare_ratio(toward, net, 1) > 0), CoverFlag.OVER_HEDGED)
    flags |= where_reason(defined & (compare_ratio(toward, net, 0) < 0), CoverFlag.WRONG_DIRECTION)
    flags |= band_flags(toward, net, lower_ratio, upper_ratio)
    reasons = where_reason(~defined | np.asarray(running_net == 0, dtype=bool), Reason.ZERO_EXPOSURE)
    reasons |= where_reason(beyond, Reason.OUT_OF_RANGE)
    return HorizonColumns(
        net_exposure_amount=net,
        coverage_ratio=coverage,
        cumulative_coverage_ratio=cumulative,
        net_open_amount=open_amount,
        min_to_hedge_amount=amount_to_hedge(net, cover, lower_ratio),
        target_to_hedge_amount=amount_to_hedge(net, cover, target_ratio),
        max_to_hedge_amount=amount_to_hedge(net, cover, upper_ratio),
        flags=flags,
        reasons=reasons,
        coverage_declines=coverage_declines(coverage),
    )


def band_flags(
    toward: Amounts, net: Amounts, lower_ratio: ArrayLike, upper_ratio: ArrayLike
) -> NDArray[np.int64]:
    """``under_hedged`` below the lower edge, ``above_band`` above the upper one; on the edge is inside."""
    flags = np.zeros(net.shape, dtype=np.int64)
    defined = np.asarray(net != 0, dtype=bool)
    for edge, side, flag in (
        (lower_ratio, -1, CoverFlag.UNDER_HEDGED),
        (upper_ratio, 1, CoverFlag.ABOVE_BAND),
    ):
        limit, given = _given(edge, net.shape)
        if given.any():
            flags |= where_reason(defined & given & (compare_ratio(toward, net, limit) == side), flag)
    return flags


def amount_to_hedge(net: Amounts, cover: Amounts, edge_ratio: ArrayLike) -> Amounts:
    """−ratio·E − H: what to trade to stand at a ratio; 0 (None among Decimals) where the ratio is not
    given.
    """
    limit, given = _given(edge_ratio, net.shape)
    with localcontext(EXACT):
        result = np.asarray(-times_ratio(net, limit) - cover)
    if net.dtype.kind == "O":
        return np.where(given, result, np.full((), None, dtype=object))
    return np.where(given, result, np.zeros((), dtype=result.dtype))


def coverage_declines(coverage: Float) -> NDArray[np.int8]:
    """Per group whether no bucket is covered more than the one before it: 1 yes, 0 no, −1 no bucket is
    defined.

    Equal counts as declining; undefined buckets are skipped.
    """
    fine = np.ones(coverage.shape[0], dtype=bool)
    before = np.full(coverage.shape[0], np.nan)
    for bucket in range(coverage.shape[1]):
        here = coverage[:, bucket]
        with np.errstate(invalid="ignore"):
            fine &= ~(here > before)
        before = np.where(np.isnan(here), before, here)
    return np.where(np.isnan(before), -1, fine).astype(np.int8)


def _given(edge: ArrayLike, shape: tuple[int, ...]) -> tuple[NDArray[Any], Bool]:
    """An edge broadcast to the buckets with 0 where it is not given, and where it is given."""
    array = np.broadcast_to(np.asarray(edge), shape)
    if array.dtype.kind == "O":
        given = np.array([value is not None for value in array.ravel()], dtype=bool).reshape(shape)
    else:
        given = ~np.isnan(array.astype(np.float64))
    return np.where(given, array, 0), given
