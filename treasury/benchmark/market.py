"""A market that is the same on both sides: curves, spot rates, volatilities and fixings of one date.

Everything is made up from a fixed seed. Units: rates are fractions a year, days whole from the as-of date.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.grid import DailyGrid, daily_grid
from treasury.quant.curves.zero import ZeroCurves, discount_factors
from treasury.quant.numbers import Float, Int

AS_OF = 739_415  # Friday 13 June 2025 as an ordinal
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK")
NODE_DAYS = (7, 30, 91, 182, 273, 365, 730, 1095, 1461, 1826, 2557, 3652, 5479, 7305, 10957)
LAST_DAY = NODE_DAYS[-1]
SPOT_DAY = 4  # Tuesday 17 June: two business days
FIXING_DAYS = 800  # how far back fixings are known
PAIRS = 12


@dataclass(frozen=True, slots=True)
class Market:
    """Discount curves first, then the projection curve of each currency's rate index; pairs by their curves."""

    curves: ZeroCurves
    grid: DailyGrid
    base_curve: Int
    quote_curve: Int
    spot: Float
    spot_today: Float
    volatility: Float
    fixings: Float

    def projection(self, currency: Int) -> Int:
        """The curve that the rate index of a currency is projected from."""
        return currency + len(CURRENCIES)


def market(seed: int = 20250613) -> Market:
    """Curves of 12 currencies and 12 rate indices, 12 pairs, and a fixing for every past day."""
    rng = np.random.default_rng(seed)
    count = len(CURRENCIES)
    level = rng.uniform(-0.005, 0.06, (count, 1))
    shape = np.linspace(0, 1, len(NODE_DAYS)) ** 0.5 * rng.uniform(-0.01, 0.02, (count, 1))
    discount = level + shape + rng.normal(0, 0.0005, (count, len(NODE_DAYS)))
    projection = discount + rng.uniform(0.0005, 0.004, (count, 1))
    names = (*CURRENCIES, *(f"{code}6M" for code in CURRENCIES))
    rates = np.concatenate([discount, projection])[None]
    curves = ZeroCurves(names, np.array(NODE_DAYS) / DAYS_PER_YEAR, rates)
    base = np.arange(PAIRS, dtype=np.int64) % count
    quote = (base + 1 + np.arange(PAIRS) // 2) % count
    spot = rng.uniform(0.5, 12.0, PAIRS)
    base_factor, quote_factor = (
        discount_factors(curves, 0, curve, SPOT_DAY / DAYS_PER_YEAR) for curve in (base, quote)
    )
    return Market(
        curves=curves,
        grid=daily_grid(curves, 0, AS_OF, AS_OF + LAST_DAY, AS_OF - FIXING_DAYS),
        base_curve=base,
        quote_curve=quote,
        spot=spot,
        spot_today=spot * quote_factor / base_factor,
        volatility=rng.uniform(0.05, 0.2, PAIRS),
        fixings=rng.uniform(0.0, 0.06, (count, FIXING_DAYS)),
    )
