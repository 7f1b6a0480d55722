"""Implied volatilities of currency pairs: stylised, seeded, synthetic, with a mild smile.

Each currency has a volatility against the euro; a pair of two others gets the one that follows from them
with a correlation of one half. A slow common movement lets quiet and nervous times come and go. With
x = ln(strike / forward) the volatility at the money is multiplied by 1 − 0.5·x + 3·x²: a fall of the base
currency is feared a little more than a rise; where it is a haven it is the other way round (+ 0.5·x). What is
quoted stands at the strikes of `MONEYNESS`; between them it is linear in x, outside flat.
"""

from datetime import date
from functools import cache

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.reference_rates import position_on, reference_rates

SOURCE = "synthetic volatility"
TENOR_FACTORS = {"1M": 0.95, "3M": 1.0, "6M": 1.03, "1Y": 1.06, "2Y": 1.09}
TENOR_YEARS = np.array([1 / 12, 0.25, 0.5, 1.0, 2.0])
MONEYNESS = (0.90, 0.95, None, 1.05, 1.10)  # None is at the money
SKEW, CURVATURE = 0.5, 3.0
#: Currencies whose rise is feared more than their fall: the smile leans the other way.
HAVENS = ("CHF", "JPY")
CORRELATION = 0.5
AGAINST_EURO = {
    "USD": 0.070, "GBP": 0.055, "CHF": 0.055, "JPY": 0.095, "CNY": 0.065, "INR": 0.070, "BRL": 0.140, "PLN": 0.055,
    "CZK": 0.045, "SEK": 0.065, "NOK": 0.080, "DKK": 0.004, "HUF": 0.075, "MXN": 0.115, "CAD": 0.068, "AUD": 0.080,
    "NZD": 0.082, "SGD": 0.055, "HKD": 0.070, "ZAR": 0.135, "TRY": 0.180, "KRW": 0.080, "THB": 0.075, "ILS": 0.090,
    "RON": 0.025, "BGN": 0.003,
}  # fmt: skip
PEGGED = {frozenset(("USD", "HKD")): 0.008}


def _level(base: str, quote: str) -> float:
    if frozenset((base, quote)) in PEGGED:
        return PEGGED[frozenset((base, quote))]
    if "EUR" in (base, quote):
        return AGAINST_EURO[quote if base == "EUR" else base]
    one, other = AGAINST_EURO[base], AGAINST_EURO[quote]
    return float(np.sqrt(one * one + other * other - 2 * CORRELATION * one * other))


@cache
def implied_volatilities(base: str, quote: str) -> np.ndarray:
    """A row per business date, a column per tenor, as a fraction."""
    count = len(reference_rates()[0])
    mood = noise.mean_reverting("volatility/common", count, daily_deviation=0.012, reversion=0.02)
    name = "".join(sorted((base, quote)))
    own = noise.mean_reverting(f"volatility/{name}", count, daily_deviation=0.010, reversion=0.02)
    path = _level(base, quote) * np.exp(mood + own)
    return np.round(path[:, None] * np.array(list(TENOR_FACTORS.values()))[None, :], 5)


def smile(base: str, moneyness: float | None) -> float:
    """What the volatility at the money is multiplied by at a quoted strike."""
    log = float(np.log(moneyness)) if moneyness else 0.0
    skew = -SKEW if base in HAVENS else SKEW
    return 1.0 - skew * log + CURVATURE * log * log


def implied_volatility(base: str, quote: str, day: date, years: float, moneyness: float = 1.0) -> float:
    """At a strike / forward, as the quotes have it: the smile is the same at every expiry."""
    at_the_money = np.interp(years, TENOR_YEARS, implied_volatilities(base, quote)[position_on(day)])
    logs = [float(np.log(strike or 1.0)) for strike in MONEYNESS]
    return float(
        at_the_money * np.interp(np.log(moneyness), logs, [smile(base, strike) for strike in MONEYNESS])
    )
