"""An interest-rate swap exchanges a fixed rate for a floating one on a notional that is never paid.

Formula: fixed leg = N·K·Σ a_j·D_j, floating leg = N·Σ f_j·a_j·D_j with f_j projected from the curve, or the
known fixing; value to the payer of fixed = floating − fixed, to the receiver the negative; par rate = Σ
f·a·D / Σ a·D of the fixed leg; accrued = N·(rate × elapsed year fraction) of each leg, received − paid;
clean = value − accrued.
Units: currency of the notional, asset +, legs positive for a positive notional. Reference: rules section 3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import SwapValue
from treasury.quant.numbers import Float, floats, ratio
from treasury.quant.sums import segment_sums


def annuity(offsets: ArrayLike, accruals: ArrayLike, factors: ArrayLike) -> Float:
    """Σ accrual × discount factor per instrument over flows that are still to come (NaN factors count
    nothing).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _leg(offsets, floats(accruals), floats(factors))


def floating_annuity(offsets: ArrayLike, rates: ArrayLike, accruals: ArrayLike, factors: ArrayLike) -> Float:
    """Σ rate × accrual × discount factor per instrument: the floating leg per unit of notional.

    A period to come whose rate is unknown makes its instrument NaN.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _leg(offsets, np.asarray(floats(rates) * floats(accruals)), floats(factors))


def _leg(offsets: ArrayLike, unit_amounts: Float, factors: Float) -> Float:
    # A discount factor is never negative, so that this makes 0 of NaN and of nothing else.
    discounted = np.asarray(unit_amounts * np.fmax(factors, 0.0))
    unknown = np.isnan(discounted)
    if unknown.any():
        discounted[unknown & np.isnan(np.broadcast_to(factors, discounted.shape))] = 0.0
    return segment_sums(discounted, offsets)


def interest_rate_swap_present_value(
    notional: ArrayLike,
    pay_fixed: ArrayLike,
    fixed_rate: ArrayLike,
    fixed_annuity: ArrayLike,
    floating_per_unit: ArrayLike,
) -> Float:
    """Value alone; all arguments broadcast."""
    size = floats(notional)
    value = size * floats(floating_per_unit) - size * floats(fixed_rate) * floats(fixed_annuity)
    return np.asarray(np.where(np.asarray(pay_fixed, dtype=bool), value, -value))


def interest_rate_swap_value(
    notional: ArrayLike,
    pay_fixed: ArrayLike,
    fixed_rate: ArrayLike,
    fixed_annuity: ArrayLike,
    floating_per_unit: ArrayLike,
    fixed_accrued_years: ArrayLike = 0.0,
    floating_accrued_rate_years: ArrayLike = 0.0,
) -> SwapValue:
    """Value, legs, par rate, accrued and clean; all arguments broadcast, for example to (n,) or (dates, n).

    ``fixed_accrued_years`` is the elapsed part of the current fixed period, ``floating_accrued_rate_years``
    the current fixing × the elapsed part of the floating one. The par rate is NaN where nothing is left to
    pay.
    """
    size, rate = floats(notional), floats(fixed_rate)
    side = np.where(np.asarray(pay_fixed, dtype=bool), 1.0, -1.0)
    fixed = size * rate * floats(fixed_annuity)
    floating = size * floats(floating_per_unit)
    value = interest_rate_swap_present_value(size, pay_fixed, rate, fixed_annuity, floating_per_unit)
    accrued = side * size * (floats(floating_accrued_rate_years) - rate * floats(fixed_accrued_years))
    par = ratio(floating_per_unit, fixed_annuity)
    return SwapValue(value, fixed, floating, par, accrued, np.asarray(value - accrued))
