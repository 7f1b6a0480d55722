"""Floating rate fixings: simple rates of the synthetic curves on every business date, under names of their own.

An index stands above its currency's discount curve by a tenor spread, the same at every horizon: banks want more
for money that is away for longer. The levels are stylised. The first fixing of a swap is that of its projection curve.
"""

from datetime import date
from functools import cache

import numpy as np

from treasury.demo.market.curves import TENOR_YEARS, zero_rates
from treasury.demo.market.reference_rates import position_on

SOURCE = "synthetic fixing"
# Index, currency, tenor, days of the year.
INDICES = {
    "EURIBOR3M": ("EUR", "3M", 360),
    "EURIBOR6M": ("EUR", "6M", 360),
    "SOFR3M": ("USD", "3M", 360),
    "SONIA3M": ("GBP", "3M", 365),
}
# What the index's curve has above the discount curve, continuous, a year.
TENOR_SPREADS = {"EURIBOR3M": 0.0004, "EURIBOR6M": 0.0008, "SOFR3M": 0.0001, "SONIA3M": 0.0002}


@cache
def fixings(index: str) -> np.ndarray:
    currency, tenor, basis = INDICES[index]
    years = TENOR_YEARS[tenor]
    rates = zero_rates(currency)[:, list(TENOR_YEARS).index(tenor)] + TENOR_SPREADS[index]
    accrual = years * 365.0 / basis
    return np.round((np.exp(rates * years) - 1.0) / accrual, 6)


def fixing(index: str, day: date) -> float:
    return float(fixings(index)[position_on(day)])
