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

from treasury.quant.codes import Reason
from treasury.quant.columns import FxOptionValue
from treasury.quant.numbers import Bool, Float, floats, where_reason
from treasury.quant.special import ndtr

_SQRT_TWO_PI = np.sqrt(2.0 * np.pi)


@dataclass(frozen=True, slots=True)
class _Black:
    """What value and Greeks are made of; ``certain`` where σ√T is 0 (None: nowhere), ``kink`` exactly at the
    money there.
    """

    d1: Float
    width: Float
    first: Float
    second: Float
    unit: Float
    certain: Bool | None
    kink: Bool | None


def fx_option_unit_values(kind: ArrayLike, asset: ArrayLike, cash: ArrayLike, deviation: ArrayLike) -> Float:
    """Value alone, per unit of base for the bought side; all arguments broadcast.

    ``asset`` = S·D_base and ``cash`` = K·D_quote are what is received and paid, discounted; ``deviation`` = σ√T.

    The value is that of the option out of the money, which is the same for a call as for a put, min(A, C)·N(h − m) −
    max(A, C)·N(−h − m) with m = |ln(A/C)|/σ√T and h = σ√T/2, and ±(A − C) if that is positive.
    """
    received, paid, width = floats(asset), floats(cash), floats(deviation)
    with np.errstate(all="ignore"):
        half, apart = np.asarray(0.5 * width), np.asarray(np.abs(np.log(received / paid)) / width)
        near, far = np.asarray(half - apart), np.asarray(half + apart)
        near, far = ndtr(near), ndtr(np.negative(far))
        outside = np.minimum(received, paid) * near - np.maximum(received, paid) * far
        kink = np.isnan(outside)
        if kink.any():
            outside = np.where(kink & (width == 0) & (received == paid), 0.0, outside)
        inside = np.maximum(floats(kind) * (received - paid), 0.0)
        return np.asarray(np.maximum(outside, 0.0) + inside)


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
    sign, size, spot, strike = floats(kind), floats(notional), floats(spot_rate), floats(strike_rate)
    base, quote = floats(base_rate), floats(quote_rate)
    volatility, years = floats(implied_volatility), floats(years_to_expiry)
    spot_based = np.asarray(spot_intrinsic, dtype=bool)
    with np.errstate(all="ignore"):
        root = np.sqrt(years)
        base_discount, quote_discount = np.exp(-base * years), np.exp(-quote * years)
        asset, cash = spot * base_discount, strike * quote_discount
        # Not ln(asset/cash): with large rates both vanish, and the logarithm of their ratio does not.
        moneyness = np.log(spot / strike) + (quote - base) * years
        black = _black(sign, asset, cash, moneyness, np.asarray(volatility * root))
        shape = np.broadcast_shapes(black.unit.shape, size.shape, spot_based.shape)
        intrinsic = np.maximum(sign * (asset - cash), 0.0)
        if spot_based.any():
            intrinsic = np.where(spot_based, np.maximum(sign * (spot - strike), 0.0), intrinsic)
        density = np.exp(-0.5 * np.square(black.d1)) / _SQRT_TWO_PI
        dense, received, paid = asset * density, asset * black.first, cash * black.second
        gamma = base_discount * density / (spot * black.width)
        vega = dense * root
        decay = dense * volatility / (2.0 * np.where(root > 0, root, 1.0))
        if black.certain is not None:
            gamma, decay = np.where(black.certain, 0.0, gamma), np.where(black.certain, 0.0, decay)
            vega = np.where(black.certain & (years == 0), 0.0, vega)
        greeks = {
            "delta": sign * base_discount * black.first,
            "gamma": gamma,
            "vega": vega,
            "theta": -decay + sign * (base * received - quote * paid),
            "rho_base": -sign * years * received,
            "rho_quote": sign * years * paid,
        }
        greeks = {name: np.broadcast_to(greek, shape) for name, greek in greeks.items()}
        reasons = np.zeros(shape, dtype=np.int64)
        if black.kink is not None:
            greeks = {name: np.where(black.kink, np.nan, greek) for name, greek in greeks.items()}
            reasons = where_reason(np.broadcast_to(black.kink, shape), Reason.AT_THE_KINK)
        unit = np.broadcast_to(black.unit, shape)
        return FxOptionValue(
            present_value=np.broadcast_to(size * unit, shape),
            unit_value=unit,
            **greeks,
            intrinsic_value=np.broadcast_to(intrinsic, shape),
            time_value=np.broadcast_to(unit - intrinsic, shape),
            reasons=reasons,
        )


def _black(sign: Float, asset: Float, cash: Float, moneyness: Float, deviation: Float) -> _Black:
    """Black's formula on discounted amounts; ``moneyness`` = ln(F/K)."""
    certain, kink, width = deviation == 0, None, deviation
    if any_certain := bool(certain.any()):
        width = np.where(certain, 1.0, deviation)
    half = 0.5 * deviation
    middle = moneyness / width
    d1, d2 = np.asarray(middle + half), np.asarray(middle - half)
    if any_certain:
        kink = certain & (moneyness == 0)
        d1 = np.where(certain, np.sign(moneyness) * np.inf, d1)
        d2 = np.where(certain, d1, d2)
    first, second = ndtr(sign * d1), ndtr(sign * d2)
    unit = np.asarray(asset * first)
    unit = unit - cash * second
    unit = np.maximum(sign * unit, 0.0)
    if kink is not None:
        unit = np.where(kink, 0.0, unit)
    return _Black(d1, width, first, second, np.asarray(unit), certain if any_certain else None, kink)
