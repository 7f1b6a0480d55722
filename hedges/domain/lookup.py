"""Where the quotes of each risk stand in the arrays of a market: spots, curves, volatilities, fixings.

Two forwards: the market's, on the curves that forward points and forward prices imply, and the one by covered parity on
the discount curves, which knows no currency basis. A quantity has no parity of its own: both are the market's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from treasury.enums import RiskKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.kernel.money import exponents
from treasury.quant.curves.zero import discount_factors
from treasury.quant.market import NEVER, Market, forward_rates
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
    base_parity: Int
    base_implied: Int
    quote_curve: Int
    quote_implied: Int
    projection: Int
    spot_days: Int
    price: Int
    volatility: Int
    volatility_sign: Int
    fixing: Int

    @property
    def is_quantity(self) -> Bool:
        """A commodity or an index: neither a currency pair nor a rate."""
        return np.asarray(~self.is_pair & ~self.is_rate)

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

    def forward(self, risk: Int, days: Int, target: Int) -> Float:
        """The market's forward on the days for the target dates."""
        return self.spot(risk, days) * self.carry(risk, days, target)

    def carry(self, risk: Int, days: Int, target: Int) -> Float:
        """The market's forward over its spot rate."""
        return self._carry(risk, days, target, self.base_implied[risk], self.quote_implied[risk])

    def parity_forward(self, risk: Int, days: Int, target: Int) -> Float:
        """The forward by covered parity, without basis."""
        parity = self._carry(risk, days, target, self.base_parity[risk], self.quote_curve[risk])
        return self.spot(risk, days) * parity

    def factor(self, risk: Int, days: Int, target: Int) -> Float:
        """Discount factor of the quote currency from the days to the target dates; 1 for a date before the day."""
        years = np.maximum(target - days, 0) / DAYS_PER_YEAR
        return discount_factors(self.market.curves, self.market.position(days), self.quote_curve[risk], years)

    def curve_age(self, days: Int, *curves: Int) -> Int:
        """Age in days of the oldest of some curves, by their positions."""
        ages = [self.market.age(self.market.curve, days, curve) for curve in curves]
        return np.maximum.reduce(np.broadcast_arrays(*ages))

    def not_built(self, days: Int, *curves: Int) -> Bool:
        """Where one of some curves has quotes from which it could not be made."""
        found = [self.market.not_built(days, curve) for curve in curves]
        return np.logical_or.reduce(np.broadcast_arrays(*found))

    def conversion(self, risk: Int, functional: Int, same: Bool, days: Int) -> Float:
        """Functional currency per unit of the risk's quote currency; `functional` are positions among the spots."""
        return np.where(same, 1.0, self.market.cross(days, self.quote[risk], functional))

    def conversion_age(self, risk: Int, functional: Int, same: Bool, days: Int) -> Int:
        quote = self.market.age(self.market.spot, days, self.quote[risk])
        other = self.market.age(self.market.spot, days, functional)
        return np.where(same, 0, np.minimum(np.maximum(quote, other), NEVER))

    def _carry(self, risk: Int, days: Int, target: Int, base: Int, quote: Int) -> Float:
        lag = self.market.spot_lag(self.spot_days, days, risk)
        return forward_rates(self.market, days, 1.0, target, base, quote, lag)


def lookup(market: Market, risks: Mapping[int, Mapping[str, Any]]) -> Lookup:
    """`risks`: id -> code, kind, base_unit_id, quote_currency_id, market_symbol."""
    ids = sorted(risks)
    rows = [risks[risk] for risk in ids]
    kinds = np.array([row["kind"] for row in rows], dtype=object)
    base = [row["base_unit_id"] for row in rows]
    quote = [row["quote_currency_id"] for row in rows]
    is_pair = kinds == RiskKind.CURRENCY_PAIR
    is_rate = kinds == RiskKind.RATE_INDEX
    symbols = [row["market_symbol"] for row in rows]
    money = is_pair | is_rate
    yields, quote_curve = market.yields(symbols), market.discount(quote)
    surface, sign = market.surface(
        b + q if pair else symbol for b, q, pair, symbol in zip(base, quote, is_pair, symbols, strict=True)
    )
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
        base_parity=np.where(money, market.discount(base), yields),
        base_implied=np.where(money, market.implied(base), yields),
        quote_curve=quote_curve,
        # The curve that forward prices imply is made on the quote currency's discount curve.
        quote_implied=np.where(money, market.implied(quote), quote_curve),
        projection=np.where(is_rate, market.projection(symbols, quote), quote_curve),
        spot_days=market.spot_days(
            [(b, q) if pair else None for b, q, pair in zip(base, quote, is_pair, strict=True)]
        ),
        price=market.prices.index(symbols),
        volatility=surface,
        volatility_sign=sign,
        fixing=market.fixings.index(symbols),
    )
