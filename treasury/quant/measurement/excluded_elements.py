"""What is excluded of a forward is worth its cost that is still to come: it begins with the cost and ends at 0.

Formula, t a date, 0 the day the derivative is struck, N the notional (long +), K the strike, S spot, F the forward by
parity, D the discount factor to settlement, c the rate of conversion into functional currency:
forward points_t = N(K − S_0)·c_0 + forward element_t·c_t, the element being present value − spot element;
currency basis_t = basis element_t + N(K − F_0)(1 − D_t).
Of the hypothetical, struck at K = F_0 on the item's terms: forward element_t = N((F_t − K)·D_t − (S_t − S_0)·d_t) with
d_t = D_t where the spot element is discounted, else 1; with b the market's forward less that by parity,
currency basis_t = N(b_t·D_t + b_0(1 − D_t)).
Units: notional in the foreign currency, rates functional per foreign, amounts in functional currency, asset +; NaN
where an input is. Reference: IFRS 9 6.5.15, 6.5.16, B6.5.29, B6.5.34; rules section 5.
Worked example: N = 100, K = 1.25, S_0 = 1: 25 at the start, where the forward element is 0; at settlement, S = 1.5, the
forward is worth 25 and its spot element 50: −25, and 0 remains. K = 1.25, F_0 = 1.2, D 0.5: −2 + 2.5 = 0.5.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.numbers import Bool, Float


def remaining_forward_points(
    notional: Float,
    strike: Float,
    spot_at_start: Float,
    forward_element: Float,
    conversion_at_start: Float,
    conversion: Float,
) -> Float:
    """The forward element with its cost to come, converted; every argument broadcasts."""
    at_start = notional * (strike - spot_at_start)
    result: Float = at_start * conversion_at_start + forward_element * conversion
    return result


def remaining_currency_basis(
    notional: Float, strike: Float, parity_at_start: Float, basis_element: Float, discount_factor: Float
) -> Float:
    """The basis element with its cost to come."""
    cost = notional * (strike - parity_at_start)
    result: Float = basis_element + cost * (1.0 - discount_factor)
    return result


def hypothetical_forward_element(
    notional: Float,
    strike: Float,
    spot_at_start: Float,
    spot: Float,
    forward: Float,
    discount_factor: Float,
    spot_is_discounted: Bool,
) -> Float:
    """Of a forward on the item's terms: its present value less its spot element."""
    spot_part = (spot - spot_at_start) * np.where(spot_is_discounted, discount_factor, 1.0)
    result: Float = notional * ((forward - strike) * discount_factor - spot_part)
    return result


def hypothetical_currency_basis(
    notional: Float, spread_at_start: Float, spread: Float, discount_factor: Float
) -> Float:
    """Of a forward on the item's terms, from the market's forwards less those by parity."""
    result: Float = notional * (spread * discount_factor + spread_at_start * (1.0 - discount_factor))
    return result
