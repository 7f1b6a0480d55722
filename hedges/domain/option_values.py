"""Options on given days: Garman-Kohlhagen at the market's forward, on the volatility surface at the strike.

The forward and the discount factor are those of the settlement date, the variance that of the time to the expiry, so
that a bought call and a sold put are a forward to the digit.
Units: quote currency of the risk, asset +; shape (options, days). Reference: rules section 3.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.terms import Found, Terms
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.volatility import implied_volatilities
from treasury.quant.numbers import Float, Int
from treasury.quant.valuation.fx_option import fx_option_value


def options(terms: Terms, lookup: Lookup, days: Int, since: Int) -> Found:
    """Value with intrinsic and time value; on and after the expiry what exercise brings at the settlement."""
    risk, settlement = terms.risk[:, None], terms.settlement_date[:, None]
    # What was exercised is paid at the settlement: until then it is discounted from the day itself.
    factor = lookup.factor(risk, days, settlement)
    days = np.minimum(days, terms.expiry_date[:, None])
    years = (terms.expiry_date[:, None] - days) / DAYS_PER_YEAR
    expired = years == 0
    spot, forward = lookup.spot(risk, days), lookup.forward(risk, days, settlement)
    volatility = _volatilities(terms, lookup, days, forward, years)
    sign, size = terms.option_sign[:, None], terms.option_side[:, None] * np.abs(terms.notional)[:, None]
    # The rates to the expiry under which the option has the forward and the discount factor of its settlement.
    term = np.where(expired, 1.0, years)
    with np.errstate(divide="ignore", invalid="ignore"):
        quote_rate = -np.log(factor) / term
        base_rate = quote_rate - np.log(forward / spot) / term
    value = fx_option_value(
        sign, size, spot, terms.strike_rate[:, None], base_rate, quote_rate, volatility, years
    )
    exercised = np.maximum(sign * (forward - terms.strike_rate[:, None]), 0.0) * factor
    present = np.where(expired, size * exercised, value.present_value)
    intrinsic = size * np.where(expired, exercised, value.intrinsic_value)
    numbers = {
        "present_value": present,
        "intrinsic_value": intrinsic,
        "time_value": present - intrinsic,
        "spot_rate": spot,
        "forward_rate": forward,
        "discount_factor": factor,
        "implied_volatility": np.where(expired, np.nan, volatility),
        "delta": value.delta,
    }
    used = (lookup.base_implied[risk], lookup.quote_implied[risk], lookup.quote_curve[risk])
    rates = np.maximum(lookup.spot_age(risk, days), lookup.curve_age(days, *used))
    surface = lookup.volatility[risk]
    surface_age = np.where(expired, 0, lookup.market.age(lookup.market.volatility, days, surface))
    return Found(numbers, np.maximum(rates, surface_age), lookup.not_built(days, *used))


def _volatilities(terms: Terms, lookup: Lookup, days: Int, forward: Float, years: Float) -> Float:
    """The surface at each option's strike and expiry; 0 on the day of the expiry."""
    risk = terms.risk[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        moneyness = lookup.volatility_sign[risk] * np.log(terms.strike_rate[:, None] / forward)
    found = implied_volatilities(
        lookup.market.volatilities, lookup.market.position(days), lookup.volatility[risk], moneyness, years
    )
    return np.where(years == 0, 0.0, found)
