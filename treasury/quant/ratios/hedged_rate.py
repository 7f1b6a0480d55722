"""The rate at which an exposure is hedged: over legs, or blended over layers.

Formula: weighted Σ|leading|/Σ|following|, arithmetic |Σ leading|/|Σ following| over legs; over layers the
blended rate is Σ ratio·rate/Σ ratio (base fixed) or Σ ratio/Σ(ratio/rate) (quote fixed); the all-in rate
takes the open part 1 − Σ ratio at the open rate. Units: leading per following; ratios fractions. Reference:
rules section 2.
Worked example: legs 1400/1650 and −300/−330 → weighted 1700/1980 = 0.858585, arithmetic 1100/1320 =
0.833333.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import EXACT, Amounts, Float, amounts, finite_or_nan, floats, ratio, where_reason
from treasury.quant.ratios.columns import HedgedRateColumns, LegRateColumns
from treasury.quant.ratios.scaling import checked_finite, exponents
from treasury.quant.sums import row_sum

#: An open part that is smaller is what adding the layers up has left.
NOTHING = 5e-13


def leg_rates(leading: ArrayLike, following: ArrayLike) -> LegRateColumns:
    """Weighted and arithmetic rate over the last axis, Decimal or float64; where the following amounts sum to 0 NaN
    with reason ``zero_following_amount``.
    """
    first, second = amounts(leading), amounts(following)
    power = np.zeros(first.shape[:-1], dtype=np.int32)
    if "O" not in (first.dtype.kind, second.dtype.kind):
        first, up = _scaled("leading_amount", floats(first))
        second, down = _scaled("following_amount", floats(second))
        power = up - down
    with localcontext(EXACT), np.errstate(over="ignore"):
        bottoms = [_sum(np.abs(second)), np.abs(_sum(second))]
        rates = [ratio(_sum(np.abs(first)), bottoms[0]), ratio(np.abs(_sum(first)), bottoms[1])]
        found = [finite_or_nan(np.ldexp(rate, power)) for rate in rates]
    reasons = where_reason(np.asarray(bottoms[1] == 0, dtype=bool), Reason.ZERO_FOLLOWING_AMOUNT)
    reasons = reasons | where_reason(found[0][1] | found[1][1], Reason.OUT_OF_RANGE)
    return LegRateColumns(found[0][0], found[1][0], reasons)


def layer_rates(
    ratios: ArrayLike, rates: ArrayLike, open_rate: ArrayLike = np.nan, quote_fixed: bool = False
) -> HedgedRateColumns:
    """Hedged ratio, blended rate of the layers and all-in rate, over the last axis; ratios ≥ 0, rates above
    0.

    The blended rate is NaN where no layer hedges (``zero_ratio_sum``), the all-in rate NaN without an open rate
    unless nothing is open (``no_open_rate``). An open part below 5e-13 in size is nothing.
    """
    if np.any(floats(ratios) < 0):
        raise InputError("ratios", "ratios from 0 on")
    if np.any(floats(rates) <= 0):
        raise InputError("rates", "rates above 0")
    share, share_power = _scaled("ratios", floats(ratios))
    rate, rate_power = _scaled("rates", floats(rates))
    with np.errstate(all="ignore"):
        covered = row_sum(share)
        hedged = np.ldexp(covered, share_power)
        still_open = np.where(np.abs(1.0 - hedged) < NOTHING, 0.0, 1.0 - hedged)
        total = row_sum(share / rate if quote_fixed else share * rate)
        blended = np.ldexp(ratio(covered, total) if quote_fixed else ratio(total, covered), rate_power)
        weight = np.ldexp(total, share_power - rate_power if quote_fixed else share_power + rate_power)
        outside = np.where(still_open == 0, 1.0, floats(open_rate))
        whole = weight + (still_open / outside if quote_fixed else still_open * outside)
        all_in = ratio(np.ones_like(whole), whole) if quote_fixed else np.asarray(whole)
    none, unsaid = np.asarray(covered == 0), np.isnan(outside)
    beyond = ~np.isfinite(hedged) | (~np.isfinite(blended) & ~none) | (~np.isfinite(all_in) & ~unsaid)
    reasons = where_reason(none, Reason.ZERO_RATIO_SUM) | where_reason(unsaid, Reason.NO_OPEN_RATE)
    reasons = reasons | where_reason(beyond, Reason.OUT_OF_RANGE)
    return HedgedRateColumns(
        finite_or_nan(hedged)[0], finite_or_nan(blended)[0], finite_or_nan(all_in)[0], reasons
    )


def _scaled(name: str, values: Float) -> tuple[Float, NDArray[np.int32]]:
    """Values at most 1 in size along the last axis, and the power of two that was taken out."""
    power = exponents(checked_finite(name, values))
    return np.ldexp(values, -power[..., None]), power


def _sum(values: Amounts) -> Amounts:
    return np.asarray(values.sum(axis=-1)) if values.dtype.kind == "O" else row_sum(values)
