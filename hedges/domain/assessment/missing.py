"""Which quotes a relationship lacks on a day: named, so that a person can record them."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from hedges.domain.assessment.outcome import Gathered
from hedges.domain.levels import OPTION
from hedges.domain.terms import KIND
from hedges.enums import InstrumentKind
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.quant.market import NEVER, Table

FUTURE = KIND[InstrumentKind.FUTURE]

RATES = "the interest rates of"


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
        was, has = ("were", "have") if name.startswith(RATES) else ("was", "has")
        if age >= NEVER:
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
    for risk in sorted(risks):
        base, quote = look.base_units[risk], look.quote_currencies[risk]
        symbol = str(reference[int(look.risk_ids[risk])]["market_symbol"])
        if look.is_pair[risk]:
            yield market.spot, int(look.base[risk]), f"the spot rate of {base}"
            yield market.curve, int(look.base_parity[risk]), f"{RATES} {base}"
        elif look.is_rate[risk]:
            yield market.curve, int(look.projection[risk]), f"{RATES} {symbol}"
        else:
            yield market.prices, int(look.price[risk]), f"the price of {symbol}"
        yield market.spot, int(look.quote[risk]), f"the spot rate of {quote}"
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
