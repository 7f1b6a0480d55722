"""Where the quotes of each risk stand in the arrays of a market: spots, curves, volatilities, fixings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from treasury.enums import RiskKind
from treasury.kernel.money import exponents
from treasury.quant.market import NEVER, NO_RATE, Market
from treasury.quant.numbers import Bool, Float, Int


@dataclass(frozen=True, slots=True)
class Lookup:
    """Positions per risk, in the order of `risk_ids`; −1 where the market has no such series."""

    market: Market
    risk_ids: Int
    base_units: tuple[str, ...]
    quote_currencies: tuple[str, ...]
    base_exponents: Int
    quote_exponents: Int
    is_pair: Bool
    is_rate: Bool
    base: Int
    quote: Int
    base_curve: Int
    quote_curve: Int
    price: Int
    volatility: Int
    fixing: Int

    def position(self, risk_ids: ArrayLike) -> Int:
        """Position of each risk id; every id is known."""
        return np.searchsorted(self.risk_ids, np.asarray(risk_ids))

    def spot(self, risk: Int, days: Int) -> Float:
        """Quote currency per unit of base, on or before each day; 1 for a rate index. `risk` broadcasts to `days`."""
        pair = self.market.cross(days, self.base[risk], self.quote[risk])
        price = self.market.value(self.market.prices, days, self.price[risk])
        return np.where(self.is_rate[risk], 1.0, np.where(self.is_pair[risk], pair, price))

    def spot_age(self, risk: Int, days: Int) -> Int:
        """Age in days of the oldest quote in a spot."""
        base = self.market.age(self.market.spot, days, self.base[risk])
        quote = self.market.age(self.market.spot, days, self.quote[risk])
        price = self.market.age(self.market.prices, days, self.price[risk])
        pair = np.maximum(base, quote)
        return np.where(self.is_rate[risk], 0, np.where(self.is_pair[risk], pair, price))

    def curve_age(self, risk: Int, days: Int) -> Int:
        """Age in days of the older of the two curves of a risk; a quantity has no curve of its own."""
        base = self.market.age(self.market.curve, days, self.base_curve[risk])
        return np.maximum(base, self.market.age(self.market.curve, days, self.quote_curve[risk]))

    def conversion(self, risk: Int, functional: Int, same: Bool, days: Int) -> Float:
        """Functional currency per unit of the risk's quote currency; `functional` are positions among the spots."""
        return np.where(same, 1.0, self.market.cross(days, self.quote[risk], functional))

    def conversion_age(self, risk: Int, functional: Int, same: Bool, days: Int) -> Int:
        quote = self.market.age(self.market.spot, days, self.quote[risk])
        other = self.market.age(self.market.spot, days, functional)
        return np.where(same, 0, np.minimum(np.maximum(quote, other), NEVER))


def lookup(market: Market, risks: Mapping[int, Mapping[str, Any]]) -> Lookup:
    """`risks`: id -> code, kind, base_unit_id, quote_currency_id, market_symbol."""
    ids = sorted(risks)
    rows = [risks[risk] for risk in ids]
    kinds = np.array([row["kind"] for row in rows], dtype=object)
    base = [row["base_unit_id"] for row in rows]
    quote = [row["quote_currency_id"] for row in rows]
    is_pair = kinds == RiskKind.CURRENCY_PAIR
    is_rate = kinds == RiskKind.RATE_INDEX
    # A quantity is carried at the rate of its quote currency alone.
    carried = [unit if money else NO_RATE for unit, money in zip(base, is_pair | is_rate, strict=True)]
    curves = {name: place for place, name in enumerate(market.curves.currencies)}
    symbols = [row["market_symbol"] for row in rows]
    surfaces = market.volatility.names
    return Lookup(
        market=market,
        risk_ids=np.array(ids, dtype=np.int64),
        base_units=tuple(base),
        quote_currencies=tuple(quote),
        base_exponents=exponents(base),
        quote_exponents=exponents(quote),
        is_pair=is_pair,
        is_rate=is_rate,
        base=market.spot.index(base),
        quote=market.spot.index(quote),
        base_curve=np.array([curves.get(unit, -1) for unit in carried], dtype=np.int64),
        quote_curve=np.array([curves.get(unit, -1) for unit in quote], dtype=np.int64),
        price=market.prices.index(symbols),
        volatility=np.array(
            [
                surfaces.get(b + q, surfaces.get(q + b, -1)) if pair else surfaces.get(symbol, -1)
                for b, q, pair, symbol in zip(base, quote, is_pair, symbols, strict=True)
            ],
            dtype=np.int64,
        ),
        fixing=market.fixings.index(symbols),
    )
