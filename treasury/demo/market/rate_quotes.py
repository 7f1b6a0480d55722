"""Deposit and swap rates of the demo: what the stylised zero curves are worth on the money and swap markets. Synthetic.

Each quote is the fair one by the conventions of its currency, so that the curve that is bootstrapped from the quotes
comes back near the stylised one. Deposit: (D(spot) / D(end) − 1) / year fraction. Swap: value of the floating leg over
the annuity of the fixed leg. An index's curve is the discount curve plus its tenor spread.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from treasury.demo.market.curves import zero_rates_at
from treasury.demo.market.fixings import INDICES, TENOR_SPREADS
from treasury.demo.market.reference_rates import reference_rates
from treasury.kernel.day_count import year_days
from treasury.quant.dates.conventions import conventions
from treasury.quant.dates.holidays import currency_business_days, to_days
from treasury.quant.dates.pillars import currency_spot_dates, pillar_dates

QUOTED_CURRENCIES = ("EUR", "USD", "GBP", "CHF")
DEPOSITS = ("1W", "1M", "3M", "6M", "1Y")
SWAPS = {"2Y": 2, "3Y": 3, "5Y": 5, "10Y": 10}
INDEX_SWAPS = {"1Y": 1} | SWAPS
DIGITS = 7


class RateQuotes(NamedTuple):
    """One column of quotes, a value for each of the business dates asked for."""

    kind: str
    tenor: str
    values: np.ndarray


class _Curve:
    """Discount factors of one stylised curve on some business dates, by ordinals of days."""

    def __init__(self, currency: str, positions: np.ndarray, spread: float = 0.0) -> None:
        self.currency, self.positions, self.spread = currency, positions, spread
        self.days = ordinals(positions)

    def factor(self, dates: np.ndarray) -> np.ndarray:
        days = self.days.reshape((-1,) + (1,) * (dates.ndim - 1))
        years = (dates - days) / 365.0
        rates = zero_rates_at(self.currency, self.positions, years) + self.spread
        return np.exp(-rates * years)


def ordinals(positions: np.ndarray) -> np.ndarray:
    """The business dates at some positions as ordinals."""
    return np.array([reference_rates()[0][position].toordinal() for position in positions], dtype=np.int64)


def discount_quotes(currency: str, positions: np.ndarray) -> Iterator[RateQuotes]:
    """Quotes of a currency's discount curve."""
    curve = _Curve(currency, positions)
    for tenor in DEPOSITS:
        yield _deposit(curve, tenor)
    for tenor, years in SWAPS.items():
        spot = currency_spot_dates(curve.days, currency)
        end = _dates(curve, [f"{12 * years}M"])[:, 0]
        yield _swap(curve, tenor, years, curve.factor(spot) - curve.factor(end))


def projection_quotes(index: str, positions: np.ndarray) -> Iterator[RateQuotes]:
    """Quotes of an index's projection curve: its own deposit, and swaps against it."""
    currency, tenor, _ = INDICES[index]
    months = int(tenor[:-1])
    discount = _Curve(currency, positions)
    projection = _Curve(currency, positions, TENOR_SPREADS[index])
    yield _deposit(projection, tenor)
    spot = currency_spot_dates(discount.days, currency)[:, None]
    for swap, years in INDEX_SWAPS.items():
        ends = _dates(discount, [f"{months * period}M" for period in range(1, 12 * years // months + 1)])
        growth = projection.factor(np.hstack([spot, ends[:, :-1]])) / projection.factor(ends) - 1.0
        yield _swap(discount, swap, years, (growth * discount.factor(ends)).sum(axis=1))


def _deposit(curve: _Curve, tenor: str) -> RateQuotes:
    spot = currency_spot_dates(curve.days, curve.currency)
    end = _dates(curve, [tenor])[:, 0]
    fraction = (end - spot) / year_days(curve.currency)
    rate = (curve.factor(spot) / curve.factor(end) - 1.0) / fraction
    return RateQuotes("DEPOSIT_RATE", tenor, np.round(rate, DIGITS))


def _swap(discount: _Curve, tenor: str, years: int, floating: np.ndarray) -> RateQuotes:
    """`floating`: the value of the floating leg for a notional of one."""
    months = conventions(discount.currency).fixed_months
    ends = _dates(discount, [f"{months * period}M" for period in range(1, 12 * years // months + 1)])
    starts = np.hstack([currency_spot_dates(discount.days, discount.currency)[:, None], ends[:, :-1]])
    annuity = (_fraction(starts, ends, discount.currency) * discount.factor(ends)).sum(axis=1)
    return RateQuotes("SWAP_RATE", tenor, np.round(floating / annuity, DIGITS))


def _dates(curve: _Curve, tenors: list[str]) -> np.ndarray:
    calendar, lag = currency_business_days(curve.currency), conventions(curve.currency).spot_lag
    return pillar_dates(curve.days, tenors, calendar, lag)


def _fraction(starts: np.ndarray, ends: np.ndarray, currency: str) -> np.ndarray:
    """Year fractions of the fixed leg."""
    day_count = conventions(currency).fixed_day_count
    if day_count == "30/360":
        return (_days_of_thirty(ends) - _days_of_thirty(starts)) / 360.0
    return (ends - starts) / float(day_count.removeprefix("ACT/"))


def _days_of_thirty(dates: np.ndarray) -> np.ndarray:
    """Days in a count in which every month has thirty."""
    months = to_days(dates).astype("datetime64[M]")
    day = (to_days(dates) - months.astype("datetime64[D]")).astype(np.int64) + 1
    return 30 * months.astype(np.int64) + np.minimum(day, 30)
