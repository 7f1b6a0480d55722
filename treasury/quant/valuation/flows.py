"""Present value of ragged cash flows: every flow an index into a curve, one pass, one sum per instrument.

Formula: PV_i = Σ_j amount_j · D(pay_j). Units: the leg's currency, receive +; days whole, ACT/365F.
Reference: rules section 3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.columns import FlowColumns
from treasury.quant.curves.zero import ZeroCurves, discount_factors
from treasury.quant.numbers import Float, floats
from treasury.quant.sums import segment_sums


def flows_value(offsets: ArrayLike, amounts: ArrayLike, factors: ArrayLike) -> Float:
    """Σ amount × discount factor per instrument; flows on the last axis, shape (..., flows) → (..., n).

    A flow whose discount factor is NaN (it lies in the past) counts nothing.
    """
    discounted = floats(amounts) * floats(factors)
    past = np.isnan(floats(factors))
    return segment_sums(np.where(past, 0.0, discounted), offsets)


def flow_factors(
    curves: ZeroCurves,
    flows: FlowColumns,
    date_index: ArrayLike,
    currency_index: ArrayLike,
    shift_days: ArrayLike = 0,
) -> Float:
    """Discount factors of every flow, shape (..., flows); ``currency_index`` is one a instrument, shape
    (n,).

    ``date_index`` and ``shift_days`` (days from the curve's date to the as-of date) are scalars, or columns
    of shape (dates, 1) for a history.
    """
    currency = np.asarray(currency_index)[flows.instrument_index]
    years = (flows.pay_days + np.asarray(shift_days)) / DAYS_PER_YEAR
    return discount_factors(curves, date_index, currency, years)
