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
from numpy.typing import ArrayLike

from treasury.quant.numbers import EXACT, Float, amounts, floats, ratio


def leg_rates(leading: ArrayLike, following: ArrayLike) -> tuple[Float, Float]:
    """Weighted and arithmetic rate over the last axis; NaN where the following amounts sum to 0."""
    first, second = amounts(leading), amounts(following)
    with localcontext(EXACT):
        weighted = ratio(np.abs(first).sum(axis=-1), np.abs(second).sum(axis=-1))
        arithmetic = ratio(np.abs(first.sum(axis=-1)), np.abs(second.sum(axis=-1)))
    return weighted, arithmetic


def layer_rates(
    ratios: ArrayLike, rates: ArrayLike, open_rate: ArrayLike = np.nan, quote_fixed: bool = False
) -> tuple[Float, Float, Float]:
    """Hedged ratio, blended rate of the layers and all-in rate, over the last axis; ratios ≥ 0, rates above
    0.

    The blended rate is NaN where no layer hedges, the all-in rate NaN without an open rate unless nothing
    is open.
    """
    share, rate = floats(ratios), floats(rates)
    hedged = np.asarray(share.sum(axis=-1))
    still_open = np.round(1.0 - hedged, 12)
    weight = share / rate if quote_fixed else share * rate
    total = np.asarray(weight.sum(axis=-1))
    outside = np.where(still_open == 0, 1.0, floats(open_rate))
    whole = total + (still_open / outside if quote_fixed else still_open * outside)
    blended = ratio(hedged, total) if quote_fixed else ratio(total, hedged)
    return hedged, blended, ratio(np.ones_like(whole), whole) if quote_fixed else np.asarray(whole)
