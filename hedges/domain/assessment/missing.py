"""Which quotes a relationship lacks on a day: named, so that a person can record them."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from hedges.domain.assessment.outcome import Gathered
from hedges.domain.levels import OPTION, SPOT
from hedges.domain.terms import KIND
from hedges.enums import InstrumentKind
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.quant.market import NEVER, Table
from treasury.quant.numbers import Int

FUTURE = KIND[InstrumentKind.FUTURE]
#: Kinds that are worth what a spot rate or the exchange's price says.
AT_SPOT = (FUTURE, KIND[InstrumentKind.NATURAL_OFFSET])

RATES = "the interest rates of"
PRICES = "the forward prices of"


def lacks(of: Gathered, place: int) -> list[str]:
    """In words, for the relationship in this row: what is missing or too old on the day it begins and today."""
    days = sorted({int(of.found["accounting_from"][place]), of.shard.today})
    return list(dict.fromkeys(words for day in days for words in _on(of, place, day)))


def _on(of: Gathered, place: int, day: int) -> Iterator[str]:
    limit = int(of.shard.sealed.pack_of(FRAMEWORKS[int(of.found["framework"][place])])["stale_after_days"])
    market = of.shard.sealed.lookup.market
    for table, index, name in _series(of, place):
        at = np.array([index])
        age = int(market.age(table, day, at)[0]) if index >= 0 else int(NEVER)
        when = date.fromordinal(day)
        was, has = ("were", "have") if name.startswith((RATES, PRICES)) else ("was", "has")
        if age >= day:  # never, or as old as the calendar: before the first of all quotes the hub currency is
            yield f"{name} {has} no quote up to {when}"
        elif age > limit:
            yield f"{name} {was} last quoted on {date.fromordinal(day - age)}, more than {limit} days before {when}"
        elif table is market.curve and bool(market.not_built(day, at)[0]):
            yield f"no curve can be made of {name} on {when}"


def _series(of: Gathered, place: int) -> Iterator[tuple[Table, int, str]]:
    """The series that the values of the relationship may need, with what a person calls them."""
    look, terms = of.shard.sealed.lookup, of.used.terms
    market = look.market
    hedges = np.flatnonzero(of.used.relationship == place)
    risks = {int(look.position(of.found["risk_id"][place]))} | set(terms.risk[hedges].tolist())
    functional = of.shard.sealed.functional(of.found["entity_id"][place : place + 1])[0]
    reference = of.shard.sealed.reference.risks
    by_curves = _is_by_curves(of, place, hedges)
    for risk in sorted(risks):
        base, quote = look.base_units[risk], look.quote_currencies[risk]
        symbol = str(reference[int(look.risk_ids[risk])]["market_symbol"])
        if look.is_pair[risk]:
            yield market.spot, int(look.base[risk]), f"the spot rate of {base}"
            if by_curves:
                yield market.curve, int(look.base_parity[risk]), f"{RATES} {base}"
        elif look.is_rate[risk]:
            yield market.curve, int(look.projection[risk]), f"{RATES} {symbol}"
        else:
            yield market.prices, int(look.price[risk]), f"the price of {symbol}"
            if by_curves:
                yield market.curve, int(look.base_parity[risk]), f"{PRICES} {symbol}"
        yield market.spot, int(look.quote[risk]), f"the spot rate of {quote}"
        if by_curves:
            yield market.curve, int(look.quote_curve[risk]), f"{RATES} {quote}"
        if (terms.kind[hedges] == OPTION).any():
            yield market.volatility, int(look.volatility[risk]), f"the volatility of {symbol}"
    yield market.spot, market.spot.names.get(functional, -1), f"the spot rate of {functional}"
    for row in hedges.tolist():
        if terms.kind[row] == FUTURE:
            contracts = of.shard.sealed.contracts
            code = contracts.get(int(of.used.rows["contract_id"][row]), ("", 1.0))[0]
            yield market.futures, int(terms.future[row]), f"the futures price of {code}"
        if terms.is_bilateral[row]:
            party = of.shard.sealed.reference.counterparties.get(
                int(of.used.rows["counterparty_id"][row]), ""
            )
            own = str(of.shard.sealed.reference.entities[int(of.found["entity_id"][place])]["code"])
            yield market.spreads, int(terms.counterparty_spread[row]), f"the credit spread of {party}"
            yield market.spreads, int(terms.own_spread[row]), f"the credit spread of {own}"


def _is_by_curves(of: Gathered, place: int, hedges: Int) -> bool:
    """Whether interest rates or forward prices enter the value of an item or an instrument of this relationship."""
    own = of.items["relationship_id"] == of.found["relationship_id"][place]
    at_spot = of.items["at_spot"][own] | (of.found["component"][place] == SPOT)
    return not (at_spot.all() and np.isin(of.used.terms.kind[hedges], AT_SPOT).all())
