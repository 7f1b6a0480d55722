"""Credit adjustment by the current-exposure approximation: what today's value would lose by default up to
maturity.

Formula: CVA = −max(V, 0)(1 − e^(−s·T)) with the counterparty's spread, DVA = +max(−V, 0)(1 − e^(−s·T)) with
the own one; fair value = V + CVA + DVA. An approximation, and labelled as such: no volatility of the
exposure, no collateral.
Units: V in any currency, spreads per year (≥ 0), years ACT/365F (≥ 0). Reference: rules section 3; IFRS
13.42.
Worked example: V 256,100, s 1 %, T 0.5 → CVA −1,277.30, fair value 254,822.70.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import CreditAdjustment
from treasury.quant.numbers import Float, floats


def credit_adjustment(
    present_value: ArrayLike, counterparty_spread: ArrayLike, own_spread: ArrayLike, years: ArrayLike
) -> CreditAdjustment:
    """CVA, DVA and fair value; all arguments broadcast. NaN under a spread so far below zero that e^(−s·T) is no
    float."""
    value, time = floats(present_value), floats(years)
    credit = np.maximum(value, 0.0) * _lost(counterparty_spread, time) + 0.0
    debit = -np.maximum(-value, 0.0) * _lost(own_spread, time) + 0.0
    return CreditAdjustment(credit, debit, np.asarray(value + credit + debit))


def _lost(spread: ArrayLike, years: Float) -> Float:
    """The part that default takes, as a negative number: e^(−s·T) − 1."""
    with np.errstate(over="ignore"):
        lost = np.expm1(-floats(spread) * years)
    return np.where(lost < np.inf, lost, np.nan)
