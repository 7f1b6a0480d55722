"""What the book is worth if rates and volatilities moved today: instruments, exposures and both together.

Instruments by the night's own formulas on a shocked market, credit included, in functional currency at the shocked spot
rate, each rounded once: without a shock they are the run's `fair_value_functional` to the cent. Exposures: the amount
at the market's forward to its date, discounted; floating interest against today's par rate (0 before the shock). Units:
functional currency of the entity, asset +. Reference: rules section 3; IFRS 9 B6.4.12 to B6.4.14.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hedges.domain.cells import rounded
from hedges.domain.credit_values import credit_of
from hedges.domain.instrument_values import instrument_values
from hedges.domain.lookup import Lookup
from hedges.domain.sealed import Sealed, Shard
from hedges.domain.strategy.exposed import Exposed, exposed, exposure_values
from hedges.domain.terms import KIND, Flows, Terms, flows_of, terms
from hedges.enums import InstrumentKind
from hedges.queries import columns
from treasury.kernel.money import exponents
from treasury.quant.market import Market
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.scenario import shifted
from treasury.quant.sums import group_sums
from treasury.queries.copy import Columns

FUTURE = KIND[InstrumentKind.FUTURE]


@dataclass(frozen=True, slots=True)
class Shock:
    """`spot`: currency or price -> relative move (0.1 is 10 % dearer); rates and volatilities in absolute moves."""

    spot: Mapping[str, float]
    rate_shift: float = 0.0
    volatility_shift: float = 0.0

    @property
    def is_none(self) -> bool:
        return not (any(self.spot.values()) or self.rate_shift or self.volatility_shift)


@dataclass(frozen=True, slots=True)
class Side:
    """Of each group: minor units of the functional currency, and how many rows could not be valued."""

    minor: Int
    undefined: Int


@dataclass(frozen=True, slots=True)
class Shocked:
    """One row an entity and risk; sides before and after the shock."""

    entity_id: Int
    risk_id: Int
    currency: list[str]
    exponents: Int
    instruments: tuple[Side, Side]
    exposures: tuple[Side, Side]


def movable(look: Lookup) -> tuple[list[str], list[str], str]:
    """Currencies and prices that can be shocked, and the hub, against which currencies move."""
    market = look.market
    hub = next((name for name, place in market.spot.names.items() if market.spot.values[0, place] == 1), "")
    used = {code for b, q, pair in zip(look.base_units, look.quote_currencies, look.is_pair, strict=True) if pair
            for code in (b, q)}  # fmt: skip
    prices = [name for name in market.prices.names if name]
    return sorted(name for name in used if name in market.spot.names and name != hub), sorted(prices), hub


def shocked_book(sealed: Sealed, entity_ids: Sequence[int], shock: Shock) -> Shocked:
    """Five reads; both valuations are one pass each over the arrays."""
    shard = Shard(sealed, 0, 1)
    rows = columns.live_instruments(shard.at)
    flows = columns.flows(shard.at, designated=False)
    mine = np.isin(rows["entity_id"], list(entity_ids))
    rows = {name: values[mine] for name, values in rows.items()}
    items = exposed(shard, entity_ids)
    before = sealed.lookup
    after = before if shock.is_none else replace(before, market=_market(sealed, rows, shock))
    sides = [(rows["entity_id"], rows["risk_id"]), (items.entity_id, items.risk_id)]
    pairs = np.concatenate([np.column_stack(pair) for pair in sides])
    groups, group = np.unique(pairs, axis=0, return_inverse=True)
    group, count = group.reshape(-1), rows["entity_id"].size
    functional = sealed.functional(groups[:, 0])
    known = terms(rows, sealed.reference, sealed.contracts, before)
    own = flows_of(rows["instrument_id"], flows)
    units = exponents(sealed.functional(rows["entity_id"]))

    def total(minor: Int, defined: Bool, which: Int) -> Side:
        gone = group_sums((~defined).astype(np.int64), which, groups.shape[0])
        return Side(group_sums(np.where(defined, minor, 0), which, groups.shape[0]), gone)

    settled = _values(known, own, before, shard.today)["profit"]

    def hedged(look: Lookup) -> Side:
        return total(*_fair_values(known, own, look, shard.today, units, settled), group[:count])

    def open_items(look: Lookup) -> Side:
        return total(*_exposure_minor(sealed, items, before, look, shard.today), group[count:])

    first = hedged(before), open_items(before)
    second = first if after is before else (hedged(after), open_items(after))
    return Shocked(
        groups[:, 0],
        groups[:, 1],
        functional,
        exponents(functional),
        (first[0], second[0]),
        (first[1], second[1]),
    )


def _market(sealed: Sealed, rows: Columns, shock: Shock) -> Market:
    """A future moves with the spot rate or the price that it is on."""
    look = sealed.lookup
    factors = {name: 1.0 + move for name, move in shock.spot.items()}
    moved = dict(factors)
    for contract, risk in zip(
        rows["contract_id"].tolist(), look.position(rows["risk_id"]).tolist(), strict=True
    ):
        code = sealed.contracts.get(contract, ("", 1.0))[0]
        if code in look.market.futures.names:
            base, quote = (
                factors.get(name, 1.0) for name in (look.base_units[risk], look.quote_currencies[risk])
            )
            price = next(
                (name for name, place in look.market.prices.names.items() if place == look.price[risk]), ""
            )
            moved[code] = base / quote if look.is_pair[risk] else factors.get(price, 1.0)
    return shifted(
        look.market, sealed.as_of_date.toordinal(), spot_factor=moved, rate_shift=shock.rate_shift,
        volatility_shift=shock.volatility_shift,
    )  # fmt: skip


def _values(known: Terms, flows: Flows, look: Lookup, today: int) -> dict[str, Float]:
    """Numbers of the one day, NaN where a quote is too old."""
    days = np.full((known.kind.size, 1), today)
    values = instrument_values(known, flows, look, days, known.trade_date)
    return {
        name: np.where(values.stale[:, 0], np.nan, values[name][:, 0]) for name in ("present_value", "profit")
    }


def _fair_values(
    known: Terms, flows: Flows, look: Lookup, today: int, functional_units: Int, settled: Float
) -> tuple[Int, Bool]:
    """As the night rounds them: value and credit adjustments at spot, once, in minor units of the functional currency.

    `settled` is the gain of futures in the unmoved market: what a move adds to it is paid in cash, and counts.
    """
    days = np.full((known.kind.size, 1), today)
    numbers = _values(known, flows, look, today)
    credit = credit_of(known, look, days, numbers["present_value"][:, None])
    fair = credit.fair_value[:, 0] + np.where(known.kind == FUTURE, numbers["profit"] - settled, 0.0)
    rate = _conversion(look, known.risk, known.functional, known.same_currency, known.stale_after, today)
    found = rounded(rate * fair, functional_units)
    return found.minor, found.defined


def _exposure_minor(
    sealed: Sealed, items: Exposed, base: Lookup, look: Lookup, today: int
) -> tuple[Int, Bool]:
    functional = sealed.functional(items.entity_id)
    terms_of = items.items
    value = exposure_values(terms_of, base, look, today)
    target = look.market.spot.index(functional)
    quote = np.array(look.quote_currencies, dtype=object)[terms_of.risk]
    same = np.asarray(quote == np.array(functional, dtype=object))
    rate = _conversion(look, terms_of.risk, target, same, terms_of.stale_after, today)
    found = rounded(rate * value, exponents(functional))
    return found.minor, found.defined


def _conversion(look: Lookup, risk: Int, functional: Int, same: Bool, stale_after: Int, today: int) -> Float:
    days = np.full(risk.shape, today)
    rate = look.conversion(risk, functional, same, days)
    age = look.conversion_age(risk, functional, same, days)
    return np.where(age > stale_after, np.nan, rate)
