"""An FX swap is two forwards, a near and a far leg of opposite direction.

Formula: V = V_near + V_far, each N(F − K)D; a settled near leg is worth nothing.
Units: quote currency, asset +; each leg's notional in base currency, bought +. Reference: rules section 3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import TwoLegValue
from treasury.quant.numbers import floats
from treasury.quant.valuation.fx_forward import fx_forward_value


def fx_swap_value(
    near_notional: ArrayLike,
    near_strike_rate: ArrayLike,
    near_forward_rate: ArrayLike,
    near_discount_factor: ArrayLike,
    far_notional: ArrayLike,
    far_strike_rate: ArrayLike,
    far_forward_rate: ArrayLike,
    far_discount_factor: ArrayLike,
    near_settled: ArrayLike = False,
) -> TwoLegValue:
    """Value of both legs; first leg = near (0 where settled), second = far; all arguments broadcast."""
    settled = np.asarray(near_settled, dtype=bool)
    near = fx_forward_value(
        near_notional, near_strike_rate, near_forward_rate, near_discount_factor
    ).present_value
    far = fx_forward_value(far_notional, far_strike_rate, far_forward_rate, far_discount_factor).present_value
    near = np.where(settled, 0.0, near)
    return TwoLegValue(floats(near + far), near, far)
