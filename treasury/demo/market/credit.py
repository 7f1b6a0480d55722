"""Credit spreads of counterparties and of the group itself: one flat spread each, seeded, synthetic.

`trouble` lets a counterparty's spread widen over the last half year, as a bank's does that is in the news.
"""

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.reference_rates import reference_rates

SOURCE = "synthetic credit"
TROUBLE_DAYS = 130


def credit_spreads(code: str, level: float, *, trouble: float = 0.0) -> np.ndarray:
    """The spread on the business dates of the window, a fraction a year; `trouble` is what is added at its
    end.
    """
    count = len(reference_rates()[0])
    path = level * np.exp(
        noise.mean_reverting(f"credit/{code}", count, daily_deviation=0.012, reversion=0.01)
    )
    widening = np.clip((np.arange(count) - (count - TROUBLE_DAYS)) / TROUBLE_DAYS, 0.0, 1.0) * trouble
    return np.round(path + widening, 6)
