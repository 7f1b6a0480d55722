"""QuantLib's deposits and par swaps for one bootstrap, and its one evaluation date, put back afterwards.

Whoever uses them holds the lock of `bootstrap`: the evaluation date belongs to the whole process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from treasury.kernel.errors import InputError
from treasury.quant.curves.needs import RateQuote
from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.dates.conventions import Conventions
from treasury.quant.dates.tenors import OVERNIGHT, tenor_parts

_FAR_DAYS = 40_000


def deposit(quote: RateQuote, terms: Conventions, calendar: Any) -> Any:
    import QuantLib as ql

    if quote.tenor in OVERNIGHT:
        period, lag = ql.Period(1, ql.Days), OVERNIGHT[quote.tenor] - 1
    else:
        period, lag = _period(quote), terms.spot_lag
    rate = ql.QuoteHandle(ql.SimpleQuote(quote.rate))
    count = day_count(terms.deposit_day_count)
    return ql.DepositRateHelper(rate, period, lag, calendar, ql.ModifiedFollowing, True, count)


def par_bond(quote: RateQuote, terms: Conventions, calendar: Any, spot: Any) -> Any:
    """A par swap against the curve's own floating rate, as the bond at par that it is worth: one leg, four times as
    fast."""
    import QuantLib as ql

    schedule = ql.Schedule(
        spot,
        spot + _swap_period(quote),
        ql.Period(terms.fixed_months, ql.Months),
        calendar,
        ql.ModifiedFollowing,
        ql.ModifiedFollowing,
        ql.DateGeneration.Backward,
        False,
    )
    par = ql.QuoteHandle(ql.SimpleQuote(100.0))
    count = day_count(terms.fixed_day_count)
    return ql.FixedRateBondHelper(
        par, terms.spot_lag, 100.0, schedule, [quote.rate], count, ql.ModifiedFollowing
    )


class IndexSwaps:
    """Par swaps of one rate index on one date: what all of them share."""

    def __init__(
        self, terms: Conventions, calendar: Any, months: int, discount: RateCurve | None, today: Any
    ) -> None:
        import QuantLib as ql

        self.calendar = calendar
        self.frequency = ql.Period(terms.fixed_months, ql.Months).frequency()
        self.count = day_count(terms.fixed_day_count)
        self.index = ql.IborIndex(
            "Index",
            ql.Period(months, ql.Months),
            terms.spot_lag,
            ql.EURCurrency(),  # no matter which: only rates are asked for
            calendar,
            ql.ModifiedFollowing,
            False,
            day_count(terms.deposit_day_count),
        )
        self.discount = ql.YieldTermStructureHandle()
        if discount is not None:
            self.discount = ql.YieldTermStructureHandle(quantlib_curve(discount, today))

    def helper(self, quote: RateQuote) -> Any:
        import QuantLib as ql

        return ql.SwapRateHelper(
            ql.QuoteHandle(ql.SimpleQuote(quote.rate)),
            _swap_period(quote),
            self.calendar,
            self.frequency,
            ql.ModifiedFollowing,
            self.count,
            self.index,
            ql.QuoteHandle(),
            ql.Period(0, ql.Days),
            self.discount,
        )


def _period(quote: RateQuote) -> Any:
    import QuantLib as ql

    number, unit = tenor_parts(quote.tenor)
    if number == 0:
        raise InputError("tenor", "a tenor that ends after the spot date", got=quote.tenor)
    return ql.Period(number, {"D": ql.Days, "W": ql.Weeks, "M": ql.Months}[unit])


def _swap_period(quote: RateQuote) -> Any:
    if tenor_parts(quote.tenor)[1] != "M":
        raise InputError("tenor", "months or years for a swap", got=quote.tenor)
    return _period(quote)


def day_count(name: str) -> Any:
    import QuantLib as ql

    if name == "30/360":
        return ql.Thirty360(ql.Thirty360.BondBasis)
    return ql.Actual360() if name == "ACT/360" else ql.Actual365Fixed()


def quantlib_curve(curve: RateCurve, today: Any) -> Any:
    """The curve in QuantLib with flat ends, as it is in a market, carried to ``today`` by its years."""
    import QuantLib as ql

    nodes = [
        (int(day), float(rate))
        for day, rate in zip(curve.node_days, curve.zero_rates, strict=True)
        if day > 0
    ]
    nodes = [(0, float(curve.zero_rates[0])), *nodes]
    if nodes[-1][0] < _FAR_DAYS:
        nodes.append((_FAR_DAYS, float(curve.zero_rates[-1])))
    days, rates = [today + day for day, _ in nodes], [rate for _, rate in nodes]
    return ql.ZeroCurve(days, rates, ql.Actual365Fixed())


def quantlib_date(day: date) -> Any:
    import QuantLib as ql

    return ql.Date(day.day, day.month, day.year)


@contextmanager
def evaluation_date(day: Any) -> Iterator[Any]:
    import QuantLib as ql

    settings = ql.Settings.instance()
    before = settings.evaluationDate
    settings.evaluationDate = day
    try:
        yield day
    finally:
        settings.evaluationDate = before
