"""All curves of a market on the union of their nodes: discount, projection and implied ones.

A currency's discount curve is the bootstrapped one, or the one of its ZERO_RATE quotes where those are newer. A
curve whose bootstrap failed is NaN until the next that was built. Implied curves follow the chain of the pairs with
forward points, from the hub on; the carry of the day of the points goes with the discount curves of each later day. As
long as there are no points or forward prices, an implied curve is the discount curve, or 0 for a quantity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.curves.spreading import spread_out
from treasury.quant.curves.zero import ZeroCurves
from treasury.quant.dates.rate_indices import is_currency
from treasury.quant.dates.tenors import tenor_years
from treasury.quant.market.arrays import IMPLIED, NO_RATE, Table
from treasury.quant.market.carry import Carry, forward_price_carries, point_carries
from treasury.quant.market.nodes import changed_rows, common_nodes, on_common_nodes
from treasury.quant.market.tables import hub_of, table
from treasury.quant.numbers import Bool, Float, Int, floats
from treasury.quant.quotes import NEVER, Filled


@dataclass(frozen=True, slots=True)
class CurveStack:
    """The curves, the ages of their quotes, and where a bootstrap failed."""

    curves: ZeroCurves
    table: Table
    unbuilt: Bool


@dataclass(slots=True)
class _Curve:
    """One curve on the rows of the stack, its age and failure on every date of the market."""

    rates: Float
    age: Int
    unbuilt: Bool


def curve_stack(
    quotes: Filled, rate_curves: Sequence[RateCurve], spot: Table, quote_currencies: Mapping[str, str]
) -> CurveStack:
    """``rate_curves`` sorted by symbol and date; every date of theirs is a date of the quotes."""
    built = {symbol: list(found) for symbol, found in groupby(rate_curves, key=lambda curve: curve.symbol)}
    zero = {
        currency: [(tenor_years(key.tenor), column) for key, column in series]
        for currency, series in quotes.of_kind("ZERO_RATE").items()
    }
    points, forwards = point_carries(quotes, spot), forward_price_carries(quotes, quote_currencies)
    carries = [*points.values(), *forwards.values()]
    nodes = common_nodes(built, zero, carries)
    stack = _Stack(quotes, nodes, changed_rows(quotes, built, zero, carries))
    for symbol in sorted({*built, *zero}, key=lambda symbol: (not is_currency(symbol), symbol)):
        stack.add_rates(symbol, built.get(symbol, []), zero.get(symbol, []))
    stack.add_pairs(points, hub_of(quotes.of_kind("FX_SPOT")))
    for symbol, carry in forwards.items():
        stack.add_quantity(symbol, quote_currencies[symbol], carry)
    return stack.finished()


class _Stack:
    def __init__(self, quotes: Filled, nodes: Float, changes: Bool) -> None:
        self.dates, self.quotes, self.nodes = quotes.dates, quotes, nodes
        self.rows, self.at = np.cumsum(changes) - 1, np.flatnonzero(changes)
        self.found: dict[str, _Curve] = {}

    def add_rates(self, symbol: str, built: list[RateCurve], zero: list[tuple[float, int]]) -> None:
        curve = self._from_zero_rates(zero)
        if built:
            market_rows = np.searchsorted(self.dates, [found.quote_date for found in built])
            source = np.searchsorted(market_rows, np.arange(self.dates.size), side="right") - 1
            age = np.where(source < 0, NEVER, self.dates - self.dates[market_rows[source]])
            newest = self._newest(zero)
            taken = (source >= 0) & (age <= newest)
            rates = on_common_nodes(built, self.nodes)
            failed = np.array([bool(found.problem) for found in built])
            curve.rates = np.where(taken[self.at, None], rates[source[self.at]], curve.rates)
            curve.age = np.where(taken, age, curve.age)
            curve.unbuilt = np.where(taken, failed[source], False)
        self.found[symbol] = curve

    def add_pairs(self, points: Mapping[tuple[str, str], Carry], hub: str) -> None:
        """Chains of pairs, each from the currency that most of its pairs have, the hub's first."""
        waiting = dict(sorted(points.items()))
        starts: dict[str, _Curve] = {}
        while waiting:
            reached = [pair for pair in waiting if (pair[0] in starts) != (pair[1] in starts)]
            for pair in [pair for pair in waiting if pair[0] in starts and pair[1] in starts]:
                del waiting[pair]  # a third pair of a triangle says nothing new
            if reached:
                base, quote = reached[0]
                known, other, sign = (base, quote, 1) if base in starts else (quote, base, -1)
                starts[other] = self._with_carry(
                    starts[known], waiting.pop(reached[0]), sign, self._discount(other)
                )
                self.found[other + IMPLIED] = starts[other]
            elif waiting:
                codes = {code for pair in waiting for code in pair}
                first = hub if hub in codes else hub_of(base + quote for base, quote in waiting)
                starts[first] = self._discount(first)

    def add_quantity(self, symbol: str, currency: str, carry: Carry) -> None:
        base = self._discount(currency)
        self.found[symbol + IMPLIED] = self._with_carry(base, carry, -1, self._flat())

    def finished(self) -> CurveStack:
        self.found[NO_RATE] = self._flat()
        names = list(self.found)
        nothing = np.full((self.at.size, self.nodes.size), np.nan)
        rates = np.stack([*(curve.rates for curve in self.found.values()), nothing], axis=1)
        ages = np.stack([curve.age for curve in self.found.values()], axis=1)
        unbuilt = np.stack(
            [*(curve.unbuilt for curve in self.found.values()), np.zeros(self.dates.size, dtype=bool)], axis=1
        )
        ages_of = table(names, rates[:, :-1, 0][self.rows], ages)
        return CurveStack(ZeroCurves((*names, ""), self.nodes, rates, self.rows), ages_of, unbuilt)

    def _with_carry(self, known: _Curve, carry: Carry, sign: int, before: _Curve) -> _Curve:
        """The known curve and a carry; before the first carry ``before``."""
        found, failed = carry.on(self.nodes)
        source = np.searchsorted(carry.market_rows, np.arange(self.dates.size), side="right") - 1
        taken = source >= 0
        age = np.where(taken, self.dates - self.dates[carry.market_rows[source]], NEVER)
        return _Curve(
            np.where(taken[self.at, None], known.rates + sign * found[source[self.at]], before.rates),
            np.where(taken, np.maximum(age, known.age), before.age),
            np.where(taken, failed[source] | known.unbuilt, before.unbuilt),
        )

    def _discount(self, currency: str) -> _Curve:
        return self.found.get(currency) or self._from_zero_rates([])

    def _flat(self) -> _Curve:
        count = self.dates.size
        rates = np.zeros((self.at.size, self.nodes.size))
        return _Curve(rates, np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool))

    def _from_zero_rates(self, zero: list[tuple[float, int]]) -> _Curve:
        columns = [column for _, column in zero]
        rates = spread_out(
            floats([years for years, _ in zero]),
            self.quotes.values[np.ix_(self.at, np.array(columns, dtype=np.int64))],
            self.nodes,
        )
        ages = self.quotes.ages[:, columns]
        oldest = np.where(ages == NEVER, -1, ages).max(axis=1, initial=-1)
        return _Curve(rates, np.where(oldest < 0, NEVER, oldest), np.zeros(self.dates.size, dtype=bool))

    def _newest(self, zero: list[tuple[float, int]]) -> Int:
        return self.quotes.ages[:, [column for _, column in zero]].min(axis=1, initial=NEVER)
