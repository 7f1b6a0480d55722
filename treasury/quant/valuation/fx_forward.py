"""An FX forward is worth what locking in today's forward instead of the agreed rate would bring.

Formula: V = N(F − K)D; spot element N(S − S0)D (or undiscounted), forward element V − spot element; basis
element N(F − F_parity)D is contained in the forward element.
Units: N in base currency (bought +), rates quote per base, value in quote currency (asset +). A commodity
or index forward is the same with a quantity and a price. Reference: rules section 3; IFRS 9 6.5.16.
Worked example: N 10,000,000; S0 1.1000; K 1.1220; S 1.1350; F 1.1480; D 0.985 → 256,100; spot 344,750;
forward −88,650.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import FxForwardValue
from treasury.quant.numbers import Float, floats


def fx_forward_present_value(
    notional: ArrayLike, strike_rate: ArrayLike, forward_rate: ArrayLike, discount_factor: ArrayLike
) -> Float:
    """Value alone: N(F − K)D; all arguments broadcast."""
    with np.errstate(over="ignore", invalid="ignore"):
        gain = floats(notional) * (floats(forward_rate) - floats(strike_rate))
        return np.asarray(gain * floats(discount_factor))


def fx_forward_value(
    notional: ArrayLike,
    strike_rate: ArrayLike,
    forward_rate: ArrayLike,
    discount_factor: ArrayLike,
    spot_rate: ArrayLike = np.nan,
    spot_rate_at_designation: ArrayLike = np.nan,
    discount_spot_element: ArrayLike = True,
    parity_forward_rate: ArrayLike = np.nan,
) -> FxForwardValue:
    """Value and elements; all arguments broadcast. Elements whose rates are not given (NaN) are NaN.

    The forward element is V − spot element, so the two sum to the value by construction.
    """
    size, forward, discount = floats(notional), floats(forward_rate), floats(discount_factor)
    with np.errstate(over="ignore", invalid="ignore"):
        value = fx_forward_present_value(size, strike_rate, forward, discount)
        spot_discount = np.where(np.asarray(discount_spot_element, dtype=bool), discount, 1.0)
        spot = size * (floats(spot_rate) - floats(spot_rate_at_designation)) * spot_discount
        basis = size * (forward - floats(parity_forward_rate)) * discount
        shape = np.broadcast_shapes(value.shape, spot.shape, basis.shape)
        value = np.broadcast_to(value, shape)
        return FxForwardValue(value, spot, np.asarray(value - spot), basis)
