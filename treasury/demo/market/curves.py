"""Zero curves of the demo: stylised, seeded, synthetic.

A curve has a short and a long level that move in a straight line from the start to the end of the window
(the table below, in percent, in the neighbourhood of what central banks set), plus a slow seeded movement
of the level and of the slope. Between short and long it bends with the first loading of Nelson and Siegel,
decay two years. Rates are continuously compounded, ACT/365F; between nodes linear in the rate, flat
outside.
"""

import csv
import io
from datetime import date
from functools import cache

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.reference_rates import position_on, reference_rates

SOURCE = "synthetic curve"
TENOR_YEARS = {"1M": 1 / 12, "3M": 0.25, "6M": 0.5, "1Y": 1.0, "2Y": 2.0, "3Y": 3.0, "5Y": 5.0, "10Y": 10.0}
YEARS = np.array(list(TENOR_YEARS.values()))
DECAY_YEARS = 2.0
ANCHORS = {"DKK": "EUR", "BGN": "EUR", "HKD": "USD"}

LEVELS = """currency,short_first,short_last,long_first,long_last
EUR,3.9,2.0,2.6,2.8
USD,5.3,3.6,4.0,4.2
GBP,5.2,3.6,3.7,4.4
CHF,1.6,0.1,0.9,0.4
JPY,0.1,1.0,0.7,1.9
CNY,2.3,1.5,2.5,1.8
INR,6.9,5.5,7.1,6.5
BRL,11.6,14.0,10.5,13.2
PLN,5.8,4.2,5.2,5.0
CZK,6.6,3.6,3.8,4.3
SEK,4.0,1.9,2.3,2.8
NOK,4.6,4.1,3.4,4.0
DKK,3.89,1.99,2.59,2.79
HUF,9.8,6.4,6.0,6.8
MXN,11.3,7.2,9.0,8.6
CAD,5.0,2.4,3.2,3.3
AUD,4.3,3.6,4.1,4.4
NZD,5.6,2.6,4.4,4.2
SGD,3.7,1.5,2.8,2.0
HKD,5.28,3.58,3.98,4.18
ZAR,8.3,6.9,10.0,8.6
TRY,42.0,37.0,27.0,29.0
KRW,3.7,2.5,3.2,2.9
THB,2.4,1.5,2.7,1.7
ILS,4.3,3.9,4.0,4.1
RON,6.2,6.2,6.3,7.0
BGN,3.95,2.05,2.65,2.85
"""


@cache
def _levels() -> dict[str, tuple[float, float, float, float]]:
    rows = list(csv.reader(io.StringIO(LEVELS)))[1:]
    return {row[0]: tuple(float(cell) / 100 for cell in row[1:]) for row in rows}  # type: ignore[misc]


def curve_currencies() -> list[str]:
    return list(_levels())


@cache
def zero_rates(currency: str) -> np.ndarray:
    """A row per business date, a column per tenor node, as a fraction rounded to a hundredth of a basis
    point.
    """
    short_first, short_last, long_first, long_last = _levels()[currency]
    count = len(reference_rates()[0])
    way = np.linspace(0.0, 1.0, count)
    # Half of a currency's movement is common to all, as rates the world over rise and fall together.
    common = noise.mean_reverting("curve/common", count, daily_deviation=0.00016, reversion=0.004)
    # A pegged currency has its anchor's rates, or the peg would not hold.
    leader = ANCHORS.get(currency, currency)
    level = noise.mean_reverting(f"curve/level/{leader}", count, daily_deviation=0.0002, reversion=0.006)
    slope = noise.mean_reverting(f"curve/slope/{leader}", count, daily_deviation=0.00015, reversion=0.01)
    short = short_first + (short_last - short_first) * way + common + level - slope
    long = long_first + (long_last - long_first) * way + common + level + slope
    loading = (1.0 - np.exp(-YEARS / DECAY_YEARS)) / (YEARS / DECAY_YEARS)
    rates = long[:, None] + (short - long)[:, None] * loading[None, :]
    return np.round(rates, 6)


def zero_rate(currency: str, day: date, years: float) -> float:
    """The rate to a horizon in years, on the last business date that is not after `day`."""
    return float(np.interp(years, YEARS, zero_rates(currency)[position_on(day)]))


def zero_rates_at(currency: str, positions: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The rates of some business dates (n) to horizons of their own, (n) or (n, m): in the shape of `years`."""
    rates = zero_rates(currency)[positions]
    node = np.clip(np.searchsorted(YEARS, years) - 1, 0, YEARS.size - 2)
    share = np.clip((years - YEARS[node]) / (YEARS[node + 1] - YEARS[node]), 0.0, 1.0)
    row = np.arange(len(rates)).reshape((-1,) + (1,) * (years.ndim - 1))
    return rates[row, node] * (1.0 - share) + rates[row, node + 1] * share


def discount_factor(currency: str, day: date, years: float) -> float:
    return float(np.exp(-zero_rate(currency, day, years) * years))


def par_swap_rate(currency: str, day: date, years: int) -> float:
    """The annual fixed rate that gives a swap of whole years no value."""
    factors = [discount_factor(currency, day, year) for year in range(1, years + 1)]
    return (1.0 - factors[-1]) / sum(factors)
