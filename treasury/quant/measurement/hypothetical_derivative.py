"""The hypothetical derivative mirrors the hedged item and starts at zero.

Two-sided risk, a forward: K = F of covered parity, value e^(−r_q·t)·(F − K) per unit of base. A swap: K = par
rate = Σ f·a·D / Σ a·D. One-sided risk, an option: struck at the hedged level, only its intrinsic value counts.
Each value is worked out by the valuation function at the rate that is answered, not assumed. Units: quote
currency, or the swap's currency, asset +. No feature that only the instrument has: no currency basis, no
credit, for an option no time value.
Reference: IFRS 9 B6.5.5, 6.2.4(a); IAS 39 F.5.5; ASC 815-30-35-25; rules section 5.
Worked example: forward, S 1.56, r_b 8 %, r_q 6 %, half a year → struck at 1.5444777406487, value 0.

A hedged level that is in the money at designation already has intrinsic value, which no change of the hedged
cash flows since then can explain. Like an off-market forward against its hypothetical, the hypothetical option
is then struck where its intrinsic value is zero, at the forward (at the spot on a spot basis), with reason
``struck_at_the_money``; what the instrument loses of its opening intrinsic value is ineffectiveness.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import Reason
from treasury.quant.curves.parity import parity_forward_rate
from treasury.quant.measurement.columns import HypotheticalColumns
from treasury.quant.numbers import Bool, Float, finite_or_nan, floats, where_reason
from treasury.quant.valuation.fx_forward import fx_forward_value
from treasury.quant.valuation.fx_option import fx_option_value
from treasury.quant.valuation.interest_rate_swap import (
    annuity,
    floating_annuity,
    interest_rate_swap_value,
)

#: Steps of one unit in the last place that rounding may leave a strike in the money.
_LAST_PLACES = 8
#: A hedged level this close to the money, as a share of it, is at the money and is not said to be moved.
_ROUNDING = 1e-12


def hypothetical_forward(
    spot_rate: ArrayLike,
    base_rate: ArrayLike,
    quote_rate: ArrayLike,
    years: ArrayLike,
    compounding: str = "continuous",
    notional: ArrayLike = 1.0,
) -> HypotheticalColumns:
    """Strike and value of a bought forward (``notional`` per unit of base); all arguments broadcast."""
    forward = parity_forward_rate(spot_rate, base_rate, quote_rate, years, compounding)
    discount = parity_forward_rate(1.0, quote_rate, 0.0, years, compounding)
    strike, beyond = finite_or_nan(forward)
    value = fx_forward_value(notional, strike, forward, discount).present_value
    return _columns(strike, value, beyond)


def hypothetical_swap(
    notional: ArrayLike,
    pay_fixed: ArrayLike,
    offsets: ArrayLike,
    forward_rates: ArrayLike,
    accruals: ArrayLike,
    discount_factors: ArrayLike,
) -> HypotheticalColumns:
    """Fixed rate and value of n swaps at par; ragged flows as in ``valuation.interest_rate_swap``.

    NaN with reason ``out_of_range`` where nothing is left to pay.
    """
    fixed = annuity(offsets, accruals, discount_factors)
    floating = floating_annuity(offsets, forward_rates, accruals, discount_factors)
    with np.errstate(over="ignore", invalid="ignore"):
        par, beyond = finite_or_nan(
            interest_rate_swap_value(notional, pay_fixed, 0.0, fixed, floating).par_rate
        )
        value = interest_rate_swap_value(notional, pay_fixed, par, fixed, floating).present_value
    return _columns(par, value, beyond)


def hypothetical_option(
    kind: ArrayLike,
    notional: ArrayLike,
    spot_rate: ArrayLike,
    hedged_rate: ArrayLike,
    base_rate: ArrayLike,
    quote_rate: ArrayLike,
    implied_volatility: ArrayLike,
    years_to_expiry: ArrayLike,
    spot_intrinsic: ArrayLike = False,
) -> HypotheticalColumns:
    """Strike and intrinsic value of an option at the hedged level; arguments as in ``fx_option_value``.

    ``kind`` is +1 where the risk is a rise (a call on base), −1 where it is a fall.
    """
    sign = floats(kind)
    market = (spot_rate, base_rate, quote_rate, implied_volatility, years_to_expiry, spot_intrinsic)
    level = np.where(
        np.asarray(spot_intrinsic, dtype=bool),
        floats(spot_rate),
        parity_forward_rate(spot_rate, base_rate, quote_rate, years_to_expiry),
    )
    given = floats(hedged_rate)
    inside = _intrinsic(sign, given, *market) > 0
    strike = np.where(inside, level, given)
    for _ in range(_LAST_PLACES):
        with np.errstate(over="ignore", under="ignore"):
            further = np.nextafter(strike, np.where(sign > 0, np.inf, 0.0))
        strike = np.where(inside & (_intrinsic(sign, strike, *market) > 0), further, strike)
    strike, beyond = finite_or_nan(strike)
    value = floats(notional) * _intrinsic(sign, strike, *market)
    columns = _columns(strike, value, beyond)
    with np.errstate(invalid="ignore"):
        moved = inside & (np.abs(strike - given) > _ROUNDING * given)
    reasons = columns.reasons | where_reason(moved, Reason.STRUCK_AT_THE_MONEY)
    return HypotheticalColumns(columns.struck_rate, columns.present_value_at_designation, reasons)


def struck_level(kind: ArrayLike, hedged_rate: ArrayLike, level: ArrayLike) -> Float:
    """The strike of the hypothetical option: the hedged level, and the market's ``level`` at designation (the forward)
    where the hedged one is in the money there, so that the intrinsic value starts at zero."""
    given, money = np.broadcast_arrays(floats(hedged_rate), floats(level))
    with np.errstate(invalid="ignore"):
        inside = floats(kind) * (money - given) > 0
    return np.where(inside, money, given)


def _intrinsic(
    sign: Float,
    strike: Float,
    spot: ArrayLike,
    base: ArrayLike,
    quote: ArrayLike,
    volatility: ArrayLike,
    years: ArrayLike,
    spot_intrinsic: ArrayLike,
) -> Float:
    """Intrinsic value per unit of base by the option's valuation function."""
    return fx_option_value(
        sign, 1.0, spot, strike, base, quote, volatility, years, spot_intrinsic
    ).intrinsic_value


def _columns(rate: Float, value: Float, beyond: Bool) -> HypotheticalColumns:
    lost = beyond | ~np.isfinite(rate) | ~np.isfinite(value)
    return HypotheticalColumns(
        np.asarray(rate),
        np.where(np.isfinite(value), value, np.nan) + 0.0,
        where_reason(lost, Reason.OUT_OF_RANGE),
    )
