"""Cross-currency basis of the demo: what money costs through the forward market, over its own rate. Synthetic.

A currency's rate implied by its forward points against the euro is its own rate plus this spread. Dollars are
dearer that way than on their own market and yen cheaper, as they have been for years; the levels are stylised
(basis points below) and move slowly on seeded paths. A pegged currency has its anchor's, or the peg would not
hold; a currency that is not here has none.
"""

from functools import cache

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.curves import ANCHORS
from treasury.demo.market.reference_rates import reference_rates

# Basis points a year against the euro. Against the dollar that is euro −15, yen −35, zloty −25.
LEVELS = {"USD": 15.0, "GBP": 6.0, "CHF": -8.0, "JPY": -20.0, "PLN": -10.0}


@cache
def basis(currency: str) -> np.ndarray:
    """The spread on the business dates of the window, a fraction a year, the same for every horizon."""
    count = len(reference_rates()[0])
    leader = ANCHORS.get(currency, currency)
    if leader not in LEVELS:
        return np.zeros(count)
    path = noise.mean_reverting(f"basis/{leader}", count, daily_deviation=0.00002, reversion=0.02)
    return np.round(LEVELS[leader] / 1e4 + path, 7)
