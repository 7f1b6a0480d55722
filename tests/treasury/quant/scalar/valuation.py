"""The values of one instrument in plain Python, written from the rules: what the array functions are held to.

Sums, products and differences of the float64 that come in are exact (Fraction); only what is transcendental is not.
None is undefined.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

EXACT = Fraction


def fx_forward(notional, strike, forward, discount, spot=None, start=None, discounted=True, parity=None):
    """V = N(F − K)D; spot N(S − S0)D or undiscounted; forward the rest; basis N(F − F_parity)D."""
    size, outright, factor = EXACT(notional), EXACT(forward), EXACT(discount)
    value = size * (outright - EXACT(strike)) * factor
    known = spot is not None and start is not None
    of_spot = size * (EXACT(spot) - EXACT(start)) * (factor if discounted else 1) if known else None
    return {
        "present_value": value,
        "spot_element": of_spot,
        "forward_element": value - of_spot if known else None,
        "basis_element": None if parity is None else size * (outright - EXACT(parity)) * factor,
    }


def fx_swap(near, far, near_settled):
    """Both legs, each (N, K, F, D)."""
    first = EXACT(0) if near_settled else fx_forward(*near)["present_value"]
    second = fx_forward(*far)["present_value"]
    return {"first_leg_value": first, "second_leg_value": second, "present_value": first + second}


def normal(x):
    """Φ(x), with all digits in both tails."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def fx_option(call, spot, strike, base, quote, volatility, years, spot_intrinsic=False):
    """Garman and Kohlhagen per unit, bought; without uncertainty the forward intrinsic value."""
    side = 1 if call else -1
    carried, agreed = spot * math.exp(-base * years), strike * math.exp(-quote * years)
    deviation = volatility * math.sqrt(years)
    moneyness = math.log(spot / strike) + (quote - base) * years
    inner = max(side * (spot - strike), 0.0) if spot_intrinsic else max(side * (carried - agreed), 0.0)
    found = {"intrinsic_value": inner}
    if deviation == 0 and moneyness == 0:
        names = ("delta", "gamma", "vega", "theta", "rho_base", "rho_quote")
        return found | dict.fromkeys(names) | {"unit_value": 0.0, "time_value": -inner}
    if deviation == 0:
        first = second = 1.0 if side * moneyness > 0 else 0.0
        density = 0.0
    else:
        d1 = moneyness / deviation + deviation / 2
        first, second = normal(side * d1), normal(side * (d1 - deviation))
        density = math.exp(-d1 * d1 / 2) / math.sqrt(2 * math.pi)
    value = max(side * (carried * first - agreed * second), 0.0)
    decay = carried * density * volatility / (2 * math.sqrt(years)) if deviation else 0.0
    return found | {
        "unit_value": value,
        "delta": side * math.exp(-base * years) * first,
        "gamma": math.exp(-base * years) * density / (spot * deviation) if deviation else 0.0,
        "vega": carried * density * math.sqrt(years),
        "theta": -decay + side * (base * carried * first - quote * agreed * second),
        "rho_base": -side * years * carried * first,
        "rho_quote": side * years * agreed * second,
        "time_value": value - inner,
    }


def option_payoff(call, bought, strike, premium, spot):
    """Payoff, profit, whether exercised, and the rate that the exposure ends up with."""
    strike, premium, spot = EXACT(strike), EXACT(premium), EXACT(spot)
    inner = max(spot - strike, EXACT(0)) if call else max(strike - spot, EXACT(0))
    return {
        "payoff_rate": inner if bought else -inner,
        "profit_rate": inner - premium if bought else premium - inner,
        "exercised": inner > 0,
        "effective_rate": min(spot, strike) + premium if call else max(spot, strike) - premium,
    }


def futures_profit(entry, exit_, multiplier, contracts):
    """(exit − entry) × multiplier × contracts."""
    return (EXACT(exit_) - EXACT(entry)) * EXACT(multiplier) * EXACT(contracts)


def notional_value(price, multiplier, contracts):
    """price × multiplier × contracts."""
    return EXACT(price) * EXACT(multiplier) * EXACT(contracts)


def flows_value(flows):
    """Σ amount × factor of (amount, factor); a flow of the past has no factor."""
    return sum((EXACT(amount) * EXACT(factor) for amount, factor in flows if factor is not None), EXACT(0))


def interest_rate_swap(notional, pays, rate, fixed, floating, fixed_elapsed, floating_elapsed):
    """Fixed periods are (accrual, factor), floating ones (rate, accrual, factor); elapsed year fractions."""
    annuity = flows_value(fixed)
    floats = sum((EXACT(r) * EXACT(a) * EXACT(d) for r, a, d in floating if d is not None), EXACT(0))
    size, side = EXACT(notional), 1 if pays else -1
    value = side * size * (floats - EXACT(rate) * annuity)
    accrued = side * size * (EXACT(floating_elapsed) - EXACT(rate) * EXACT(fixed_elapsed))
    return {
        "present_value": value,
        "fixed_leg_value": size * EXACT(rate) * annuity,
        "floating_leg_value": size * floats,
        "par_rate": floats / annuity if annuity else None,
        "accrued_amount": accrued,
        "clean_value": value - accrued,
    }


def principal_leg(periods):
    """Loans of one period (notional, coupon, accrual, factor at start or None, at end or None), lent and paid back."""
    total = EXACT(0)
    for notional, coupon, accrual, start, end in periods:
        if start is not None:
            total -= EXACT(notional) * EXACT(start)
        if end is not None:
            total += EXACT(notional) * (1 + EXACT(coupon) * EXACT(accrual)) * EXACT(end)
    return total


def cross_currency_swap(receive, pay, spot):
    """receive × spot − pay."""
    return EXACT(receive) * EXACT(spot) - EXACT(pay)


def credit(value, counterparty, own, years):
    """CVA and DVA by current exposure, and what is left."""
    lost, gained = -math.expm1(-counterparty * years), -math.expm1(-own * years)
    cva, dva = -max(value, 0.0) * lost, max(-value, 0.0) * gained
    return {"credit_value_adjustment": cva, "debit_value_adjustment": dva, "fair_value": value + cva + dva}


def minor_units(value, exponent):
    """Half even, exactly."""
    return int((Decimal(value) * 10**exponent).to_integral_value(ROUND_HALF_EVEN))


def components(total, leading, exponent):
    """The rounded total, the rounded leading parts, and the last part that makes them sum."""
    whole = minor_units(total, exponent)
    parts = [minor_units(part, exponent) for part in leading]
    return whole, [*parts, whole - sum(parts)]
