"""Futures prices of the demo: cost of carry on the synthetic spot, and a small seeded basis. Synthetic.

Crude carries a convenience yield a little above the dollar rate (backwardation), the index its dividend
yield.
"""

from datetime import date
from functools import cache

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.curves import YEARS, zero_rates
from treasury.demo.market.equity import DIVIDEND_YIELD, index_levels
from treasury.demo.market.oil import BRENT, WTI, synthetic_prices
from treasury.demo.market.reference_rates import position_on, reference_rates

SOURCE = "synthetic futures"
MONTH_LETTERS = "FGHJKMNQUVXZ"
# Spot path, yield that the holder of the thing itself has, size of the basis, tick.
CONTRACTS = {
    "CL": (WTI, 0.055, 0.002, 0.01),
    "BZ": (BRENT, 0.052, 0.002, 0.01),
    "ES": ("", DIVIDEND_YIELD, 0.0006, 0.25),
}


def contract_symbol(root: str, expiry: date) -> str:
    """The usual code of a futures contract: CLZ26 is crude for December 2026."""
    return f"{root}{MONTH_LETTERS[expiry.month - 1]}{expiry:%y}"


@cache
def futures_prices(root: str, expiry: date) -> np.ndarray:
    """The price on the business dates of the window, NaN after the expiry."""
    spot_name, holding_yield, basis_size, tick = CONTRACTS[root]
    spot = synthetic_prices()[spot_name] if spot_name else index_levels()
    days = np.array([(expiry - day).days for day in reference_rates()[0]], dtype=float)
    years = np.maximum(days, 0.0) / 365.0
    dollar = zero_rates("USD")
    rate = np.array([np.interp(term, YEARS, row) for term, row in zip(years, dollar, strict=True)])
    label = f"futures/{contract_symbol(root, expiry)}"
    basis = noise.mean_reverting(label, len(spot), daily_deviation=basis_size, reversion=0.2)
    price = spot * np.exp((rate - holding_yield) * years + basis)
    return np.where(days >= 0, np.round(price / tick) * tick, np.nan)


def futures_price(root: str, expiry: date, day: date) -> float:
    return float(futures_prices(root, expiry)[position_on(day)])
