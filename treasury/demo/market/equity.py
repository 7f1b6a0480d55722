"""The equity index of the demo: a seeded synthetic path in the shape of a broad index of large American
companies.

Real closes are not clearly free to redistribute, so that the demo ships none of them.
"""

from functools import cache

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.reference_rates import reference_rates

SOURCE = "synthetic index path"
SYMBOL = "US500"
FIRST_LEVEL = 4750.0
YEARLY_DRIFT = 0.11
DAILY_DEVIATION = 0.0095
DIVIDEND_YIELD = 0.013


@cache
def index_levels() -> np.ndarray:
    """The index on the business dates of the window."""
    count = len(reference_rates()[0])
    steps = noise.normals("equity/index", count) * DAILY_DEVIATION + YEARLY_DRIFT / 255
    steps[0] = 0.0
    return np.round(FIRST_LEVEL * np.exp(np.cumsum(steps)), 2)
