"""Floating rate fixings: simple rates of the synthetic curves on every business date, under names of their
own.
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


@cache
def fixings(index: str) -> np.ndarray:
    currency, tenor, basis = INDICES[index]
    years = TENOR_YEARS[tenor]
    rates = zero_rates(currency)[:, list(TENOR_YEARS).index(tenor)]
    accrual = years * 365.0 / basis
    return np.round((np.exp(rates * years) - 1.0) / accrual, 6)


def fixing(index: str, day: date) -> float:
    return float(fixings(index)[position_on(day)])
