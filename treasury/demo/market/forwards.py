"""Forward points of currency pairs and forward prices of crude and of the index in the demo. Synthetic.

Points: outright less spot against the euro, from covered parity of the stylised curves and the cross-currency
basis, in units of the rate, from the pair's spot date. Forward prices: spot · exp((dollar rate − yield) · years),
the yield being that of the futures: a convenience yield above the dollar's rate, so that crude is dearer now than
later, and the index's dividends.
"""

from collections.abc import Iterator

import numpy as np

from treasury.demo.market import basis
from treasury.demo.market.curves import zero_rates_at
from treasury.demo.market.equity import DIVIDEND_YIELD, SYMBOL, index_levels
from treasury.demo.market.futures import CONTRACTS
from treasury.demo.market.oil import BRENT, WTI, synthetic_prices
from treasury.demo.market.rate_quotes import ordinals
from treasury.demo.market.reference_rates import reference_rates
from treasury.quant.dates.pillars import pair_pillar_dates, pair_spot_dates, plain_dates

SOURCE = "synthetic forward"
HUB = "EUR"
POINTS_CURRENCIES = (*basis.LEVELS, "HKD")  # those with a basis
POINTS_TENORS = ("1M", "3M", "6M", "1Y", "2Y", "3Y")
PRICE_TENORS = ("3M", "6M", "1Y", "2Y")
YIELDS = {BRENT: CONTRACTS["BZ"][1], WTI: CONTRACTS["CL"][1], SYMBOL: DIVIDEND_YIELD}


def forward_points(currency: str, positions: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Tenor and points of the euro against the currency, a value for each business date."""
    days = ordinals(positions)
    spot = pair_spot_dates(days, HUB, currency)[:, None]
    ends = pair_pillar_dates(days, POINTS_TENORS, HUB, currency)
    growth = carry(currency, positions, spot, ends) - carry(HUB, positions, spot, ends)
    points = reference_rates()[1][currency][positions][:, None] * np.expm1(growth)
    for column, tenor in enumerate(POINTS_TENORS):
        yield tenor, np.round(points[:, column], 7)


def carry(currency: str, positions: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """What money in the currency earns through the forward market from one day to another, as a logarithm."""
    days = ordinals(positions)[:, None]
    to_start, to_end = (starts - days) / 365.0, (ends - days) / 365.0
    own = zero_rates_at(currency, positions, to_end) * to_end
    own -= zero_rates_at(currency, positions, to_start) * to_start
    return own + basis.basis(currency)[positions][:, None] * (to_end - to_start)


def forward_prices(symbol: str, positions: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Tenor and forward price, a value for each business date."""
    spot = (index_levels() if symbol == SYMBOL else synthetic_prices()[symbol])[positions]
    days = ordinals(positions)
    years = (plain_dates(days, PRICE_TENORS) - days[:, None]) / 365.0
    prices = spot[:, None] * np.exp((zero_rates_at("USD", positions, years) - YIELDS[symbol]) * years)
    for column, tenor in enumerate(PRICE_TENORS):
        yield tenor, np.round(prices[:, column], 3)
