"""All quotes of the demo as columns, sorted by date, ready to be copied into the table of market quotes.

Spot rates, prices, fixings and futures stand on every business date; rates, forward points and prices,
volatilities and credit spreads on the last one of each week, on the days on which somebody dealt or planned,
and on the last month's, which keeps the table small. Real: reference rates, and oil up to 2020. All else
has `is_synthetic`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from treasury.demo.market import (
    credit,
    curves,
    equity,
    fixings,
    forwards,
    futures,
    oil,
    rate_quotes,
    reference_rates,
    volatility,
)

SPOT = "SPOT"
EVERY_DAY_COUNT = 22


@dataclass(frozen=True)
class Needs:
    """What the book needs: a curve for each currency in it; `spreads` are code, level and trouble; futures have a
    first date.
    """

    currencies: tuple[str, ...]
    curve_currencies: tuple[str, ...]
    volatility_pairs: tuple[str, ...]
    spreads: tuple[tuple[str, float, float], ...]
    contracts: tuple[tuple[str, date, date], ...]
    busy_days: tuple[date, ...]


@dataclass(frozen=True)
class QuoteColumns:
    """One row a quote; `value` is float64, the others are arrays of text, days and truth values."""

    kind: np.ndarray
    symbol: np.ndarray
    tenor: np.ndarray
    quote_date: np.ndarray
    value: np.ndarray
    source: np.ndarray
    is_synthetic: np.ndarray
    moneyness: np.ndarray

    def __len__(self) -> int:
        return len(self.value)

    def rows(
        self, first: date, last: date
    ) -> Iterator[tuple[str, str, str, str, str, str, bool, float | None]]:
        """The quotes of the days from `first` to `last`, both included, as text for a COPY."""
        start, end = np.searchsorted(
            self.quote_date, [np.datetime64(first), np.datetime64(last + timedelta(days=1))]
        )
        part = slice(int(start), int(end))
        return zip(
            self.kind[part].tolist(),
            self.symbol[part].tolist(),
            self.tenor[part].tolist(),
            self.quote_date[part].astype(str).tolist(),
            [f"{value:.10f}" for value in self.value[part].tolist()],
            self.source[part].tolist(),
            self.is_synthetic[part].tolist(),
            self.moneyness[part].tolist(),
            strict=True,
        )


_Head = tuple[str, str, str, str, bool, float | None]


class _Table:
    def __init__(self) -> None:
        self.parts: list[tuple[_Head, np.ndarray, np.ndarray]] = []

    def add(
        self,
        kind: str,
        symbol: str,
        tenor: str,
        source: str,
        days: np.ndarray,
        values: np.ndarray,
        *,
        synthetic: bool = True,
        moneyness: float | None = None,
    ) -> None:
        there = ~np.isnan(values)
        self.parts.append(((kind, symbol, tenor, source, synthetic, moneyness), days[there], values[there]))

    def columns(self) -> QuoteColumns:
        sizes = [len(values) for _, _, values in self.parts]
        heads = list(zip(*(head for head, _, _ in self.parts), strict=True))
        kind, symbol, tenor, source = (np.repeat(np.array(head, dtype=object), sizes) for head in heads[:4])
        synthetic = np.repeat(np.array(heads[4], dtype=bool), sizes)
        moneyness = np.repeat(np.array(heads[5], dtype=object), sizes)
        days = np.concatenate([days for _, days, _ in self.parts])
        values = np.concatenate([values for _, _, values in self.parts])
        order = np.argsort(days, kind="stable")
        return QuoteColumns(
            kind[order],
            symbol[order],
            tenor[order],
            days[order],
            values[order],
            source[order],
            synthetic[order],
            moneyness[order],
        )


def quote_columns(needs: Needs) -> QuoteColumns:
    dates, rates = reference_rates.reference_rates()
    days = np.array(dates, dtype="datetime64[D]")
    weekly = _curve_positions(needs.busy_days)
    table = _Table()
    for currency in needs.currencies:
        if currency != "EUR":
            table.add(
                "FX_SPOT",
                f"EUR{currency}",
                SPOT,
                reference_rates.SOURCE,
                days,
                rates[currency],
                synthetic=False,
            )
    for currency in needs.curve_currencies:
        _add_curve(table, currency, days, weekly)
    _add_projections(table, days, weekly)
    for currency in forwards.POINTS_CURRENCIES:
        for tenor, points in forwards.forward_points(currency, weekly):
            table.add("FORWARD_POINTS", f"EUR{currency}", tenor, forwards.SOURCE, days[weekly], points)
    for pair in needs.volatility_pairs:
        _add_volatilities(table, pair, days, weekly)
    for code, level, trouble in needs.spreads:
        spread = credit.credit_spreads(code, level, trouble=trouble)[weekly]
        table.add("CREDIT_SPREAD", code, SPOT, credit.SOURCE, days[weekly], spread)
    _add_prices(table, days, weekly)
    for root, expiry, first in needs.contracts:
        prices = np.where(days >= np.datetime64(first), futures.futures_prices(root, expiry), np.nan)
        symbol = futures.contract_symbol(root, expiry)
        table.add("FUTURES_PRICE", symbol, SPOT, futures.SOURCE, days, prices)
    return table.columns()


def _add_curve(table: _Table, currency: str, days: np.ndarray, weekly: np.ndarray) -> None:
    """What a currency's discount curve is made of: deposits and swaps, or zero rates of the lesser currencies."""
    if currency in rate_quotes.QUOTED_CURRENCIES:
        for quote in rate_quotes.discount_quotes(currency, weekly):
            table.add(quote.kind, currency, quote.tenor, curves.SOURCE, days[weekly], quote.values)
        return
    # A curve ends with its currency.
    ended = np.isnan(reference_rates.reference_rates()[1][currency][weekly])
    for column, tenor in enumerate(curves.TENOR_YEARS):
        zero = np.where(ended, np.nan, curves.zero_rates(currency)[weekly, column])
        table.add("ZERO_RATE", currency, tenor, curves.SOURCE, days[weekly], zero)


def _add_projections(table: _Table, days: np.ndarray, weekly: np.ndarray) -> None:
    for index in fixings.INDICES:
        for quote in rate_quotes.projection_quotes(index, weekly):
            table.add(quote.kind, index, quote.tenor, curves.SOURCE, days[weekly], quote.values)


def _add_volatilities(table: _Table, pair: str, days: np.ndarray, weekly: np.ndarray) -> None:
    surface = volatility.implied_volatilities(pair[:3], pair[3:])[weekly]
    for column, tenor in enumerate(volatility.TENOR_FACTORS):
        for strike in volatility.MONEYNESS:
            smile = np.round(surface[:, column] * volatility.smile(pair[:3], strike), 5)
            table.add(
                "IMPLIED_VOLATILITY", pair, tenor, volatility.SOURCE, days[weekly], smile, moneyness=strike
            )


def _add_prices(table: _Table, days: np.ndarray, weekly: np.ndarray) -> None:
    for crude in (oil.BRENT, oil.WTI):
        real = [(day, price) for day, name, price in oil.real_prices() if name == crude]
        real_days = np.array([day for day, _ in real], dtype="datetime64[D]")
        real_prices = np.array([price for _, price in real])
        table.add("PRICE", crude, SPOT, oil.REAL_SOURCE, real_days, real_prices, synthetic=False)
        path = oil.synthetic_prices()[crude]
        table.add("PRICE", crude, SPOT, oil.SYNTHETIC_SOURCE, days, path)
    table.add("PRICE", equity.SYMBOL, SPOT, equity.SOURCE, days, equity.index_levels())
    for symbol in forwards.YIELDS:
        for tenor, prices in forwards.forward_prices(symbol, weekly):
            table.add("PRICE", symbol, tenor, forwards.SOURCE, days[weekly], prices)
    for index in fixings.INDICES:
        table.add("RATE_FIXING", index, SPOT, fixings.SOURCE, days, fixings.fixings(index))


def _curve_positions(busy_days: Iterable[date]) -> np.ndarray:
    last = len(reference_rates.reference_rates()[0])
    wanted = {reference_rates.position_on(day) for day in (*reference_rates.weekly_dates(), *busy_days)}
    return np.array(sorted(wanted | set(range(last - EVERY_DAY_COUNT, last))))
