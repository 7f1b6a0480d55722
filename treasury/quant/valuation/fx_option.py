"""A currency option by Garman and Kohlhagen, with every Greek.

Formula: call c = S·e^(−r_b·T)·N(d1) − K·e^(−r_q·T)·N(d2), d1 = ln(F/K)/(σ√T) + σ√T/2, d2 = d1 − σ√T, F =
S·e^((r_q − r_b)·T); the put by parity. Spot delta (not premium-adjusted); gamma; vega and rhos per 1.00;
theta is ∂V/∂t per calendar year. Intrinsic value max(±(F − K), 0)·D forward based, max(±(S − K), 0) spot
based; time value the rest. Units: quote currency per unit of base, for the bought side. Reference: rules
section 3; FAQ §12.
Worked example: call, S 1.56, K 1.60, T 0.5, r_q 6 %, r_b 8 %, σ 12 % → 0.0290992531494397.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from treasury.quant.codes import Reason
from treasury.quant.columns import FxOptionValue
from treasury.quant.numbers import floats, where_reason

_SQRT_TWO_PI = np.sqrt(2.0 * np.pi)


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
    shape = np.broadcast_shapes(
        *(np.shape(a) for a in (kind, notional, spot_rate, strike_rate, base_rate, quote_rate)),
        *(np.shape(a) for a in (implied_volatility, years_to_expiry, spot_intrinsic)),
    )
    sign, size = floats(kind), floats(notional)
    spot, strike = floats(spot_rate), floats(strike_rate)
    base, quote = floats(base_rate), floats(quote_rate)
    volatility, years = floats(implied_volatility), floats(years_to_expiry)
    with np.errstate(all="ignore"):
        root = np.sqrt(years)
        deviation = np.broadcast_to(volatility * root, shape)
        base_discount, quote_discount = np.exp(-base * years), np.exp(-quote * years)
        moneyness = np.broadcast_to(np.log(spot / strike) + (quote - base) * years, shape)
        certain = deviation == 0
        kink = certain & (moneyness == 0)
        width = np.where(certain, 1.0, deviation)
        d1 = np.where(certain, np.sign(moneyness) * np.inf, moneyness / width + 0.5 * deviation)
        d2 = np.where(certain, d1, moneyness / width - 0.5 * deviation)
        density = np.exp(-0.5 * np.square(d1)) / _SQRT_TWO_PI
        first, second = ndtr(sign * d1), ndtr(sign * d2)
        asset, cash = spot * base_discount, strike * quote_discount
        unit = np.where(kink, 0.0, np.maximum(sign * (asset * first - cash * second), 0.0))
        spot_based = np.asarray(spot_intrinsic, dtype=bool)
        intrinsic = np.where(
            spot_based, np.maximum(sign * (spot - strike), 0.0), np.maximum(sign * (asset - cash), 0.0)
        )
        decay = np.where(certain, 0.0, asset * density * volatility / (2.0 * np.where(root > 0, root, 1.0)))
        greeks = {
            "delta": sign * base_discount * first,
            "gamma": np.where(certain, 0.0, base_discount * density / (spot * width)),
            "vega": np.where(certain & (years == 0), 0.0, asset * density * root),
            "theta": -decay + sign * (base * asset * first - quote * cash * second),
            "rho_base": -sign * years * asset * first,
            "rho_quote": sign * years * cash * second,
        }
        greeks = {
            name: np.where(kink, np.nan, np.broadcast_to(greek, shape)) for name, greek in greeks.items()
        }
        return FxOptionValue(
            present_value=np.broadcast_to(size * unit, shape),
            unit_value=unit,
            **greeks,
            intrinsic_value=np.broadcast_to(intrinsic, shape),
            time_value=np.broadcast_to(unit - intrinsic, shape),
            reasons=where_reason(kink, Reason.AT_THE_KINK),
        )
