"""A currency option by Garman and Kohlhagen, with every Greek.

Formula: call c = S·e^(−r_b·T)·N(d1) − K·e^(−r_q·T)·N(d2), d1 = ln(F/K)/(σ√T) + σ√T/2, d2 = d1 − σ√T, F =
S·e^((r_q − r_b)·T); the put by parity. Spot delta (not premium-adjusted); gamma; vega and rhos per 1.00;
theta is ∂V/∂t per calendar year. Intrinsic value max(±(F − K), 0)·D forward based, max(±(S − K), 0) spot
based; time value the rest. Units: quote currency per unit of base, for the bought side. Reference: rules
section 3; FAQ §12.
Worked example: call, S 1.56, K 1.60, T 0.5, r_q 6 %, r_b 8 %, σ 12 % → 0.0290992531494397.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from treasury.quant.codes import Reason
from treasury.quant.columns import FxOptionValue
from treasury.quant.numbers import Bool, Float, floats, where_reason

_SQRT_TWO_PI = np.sqrt(2.0 * np.pi)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What value and Greeks are made of; ``certain`` where σ√T is 0, ``kink`` exactly at the money there."""

    sign: Float
    root: Float
    base_discount: Float
    asset: Float
    cash: Float
    certain: Bool
    kink: Bool
    any_certain: bool
    width: Float
    d1: Float
    first: Float
    second: Float
    unit: Float


def fx_option_unit_values(
    kind: ArrayLike,
    spot_rate: ArrayLike,
    strike_rate: ArrayLike,
    base_rate: ArrayLike,
    quote_rate: ArrayLike,
    implied_volatility: ArrayLike,
    years_to_expiry: ArrayLike,
) -> Float:
    """Value alone, per unit of base for the bought side: ``unit_value`` of ``fx_option_value``, digit for
    digit."""
    with np.errstate(all="ignore"):
        rates = (spot_rate, strike_rate, base_rate, quote_rate)
        return _terms(kind, *rates, implied_volatility, years_to_expiry).unit


def fx_option_value(
    kind: ArrayLike,
    notional: ArrayLike,
    spot_rate: ArrayLike,
    strike_rate: ArrayLike,
    base_rate: ArrayLike,
    quote_rate: ArrayLike,
    implied_volatility: ArrayLike,
    years_to_expiry: ArrayLike,
    spot_intrinsic: ArrayLike = False,
) -> FxOptionValue:
    """Value and Greeks; all arguments broadcast.

    ``kind`` is +1 call, −1 put on the base currency; ``notional`` is + bought, − sold; rates are
    continuous, volatility and years ≥ 0. Where σ√T is 0 the option is worth its forward intrinsic value and
    gamma and vega are 0; exactly at the money it has a kink there: delta, gamma, vega, theta and rhos are
    NaN with reason ``at_the_kink``.
    """
    size, spot, strike = floats(notional), floats(spot_rate), floats(strike_rate)
    base, quote = floats(base_rate), floats(quote_rate)
    volatility, years = floats(implied_volatility), floats(years_to_expiry)
    spot_based = np.asarray(spot_intrinsic, dtype=bool)
    with np.errstate(all="ignore"):
        t = _terms(kind, spot, strike, base, quote, volatility, years)
        shape = np.broadcast_shapes(t.unit.shape, size.shape, spot_based.shape)
        density = np.exp(-0.5 * np.square(t.d1)) / _SQRT_TWO_PI
        intrinsic = np.maximum(t.sign * (t.asset - t.cash), 0.0)
        if spot_based.any():
            intrinsic = np.where(spot_based, np.maximum(t.sign * (spot - strike), 0.0), intrinsic)
        dense, paid, received = t.asset * density, t.cash * t.second, t.asset * t.first
        gamma = t.base_discount * density / (spot * t.width)
        vega = dense * t.root
        decay = dense * volatility / (2.0 * np.where(t.root > 0, t.root, 1.0))
        if t.any_certain:
            gamma, decay = np.where(t.certain, 0.0, gamma), np.where(t.certain, 0.0, decay)
            vega = np.where(t.certain & (years == 0), 0.0, vega)
        greeks = {
            "delta": t.sign * t.base_discount * t.first,
            "gamma": gamma,
            "vega": vega,
            "theta": -decay + t.sign * (base * received - quote * paid),
            "rho_base": -t.sign * years * received,
            "rho_quote": t.sign * years * paid,
        }
        greeks = {name: np.broadcast_to(greek, shape) for name, greek in greeks.items()}
        if t.any_certain:
            greeks = {name: np.where(t.kink, np.nan, greek) for name, greek in greeks.items()}
        unit = np.broadcast_to(t.unit, shape)
        return FxOptionValue(
            present_value=np.broadcast_to(size * unit, shape),
            unit_value=unit,
            **greeks,
            intrinsic_value=np.broadcast_to(intrinsic, shape),
            time_value=np.broadcast_to(unit - intrinsic, shape),
            reasons=where_reason(np.broadcast_to(t.kink, shape), Reason.AT_THE_KINK),
        )


def _terms(
    kind: ArrayLike,
    spot_rate: ArrayLike,
    strike_rate: ArrayLike,
    base_rate: ArrayLike,
    quote_rate: ArrayLike,
    implied_volatility: ArrayLike,
    years_to_expiry: ArrayLike,
) -> _Terms:
    sign, spot, strike = floats(kind), floats(spot_rate), floats(strike_rate)
    base, quote, years = floats(base_rate), floats(quote_rate), floats(years_to_expiry)
    root = np.sqrt(years)
    deviation = floats(implied_volatility) * root
    moneyness = np.log(spot / strike) + (quote - base) * years
    deviation, moneyness, sign = np.broadcast_arrays(deviation, moneyness, sign)
    certain = deviation == 0
    any_certain = bool(certain.any())
    width = np.where(certain, 1.0, deviation) if any_certain else deviation
    middle, half = moneyness / width, 0.5 * deviation
    d1, d2 = middle + half, middle - half
    kink = certain
    if any_certain:
        kink = certain & (moneyness == 0)
        d1 = np.where(certain, np.sign(moneyness) * np.inf, d1)
        d2 = np.where(certain, d1, d2)
    base_discount, quote_discount = np.exp(-base * years), np.exp(-quote * years)
    asset, cash = spot * base_discount, strike * quote_discount
    first, second = ndtr(sign * d1), ndtr(sign * d2)
    unit = np.maximum(sign * (asset * first - cash * second), 0.0)
    if any_certain:
        unit = np.where(kink, 0.0, unit)
    return _Terms(
        sign,
        root,
        base_discount,
        asset,
        cash,
        certain,
        kink,
        any_certain,
        width,
        d1,
        first,
        second,
        np.asarray(unit),
    )
