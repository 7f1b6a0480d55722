"""Levels of designated instruments and items on the designation date and the weekly grid, in minor units.

Functional currency; rounded once an allocation and then added as integers, so that no order of rows changes a digit.
"""

from dataclasses import dataclass, replace

import numpy as np

from hedges.domain import rounding
from hedges.domain.credit_values import credit_of
from hedges.domain.instrument_values import Values, instrument_values
from hedges.domain.item_values import Items, Seen, item_values, one_sided_values
from hedges.domain.lookup import Lookup
from hedges.domain.sealed import Shard
from hedges.domain.terms import FORWARDS, KIND, Flows, Terms, flows_of, terms
from hedges.enums import DesignatedComponent, HedgeType, InstrumentKind
from hedges.queries import columns
from hedges.queries.relationship_columns import COMPONENTS, HEDGE_TYPES
from treasury.kernel.money import exponents
from treasury.quant.numbers import Bool, Float, Int
from treasury.queries.copy import Columns

SPOT, FORWARD, INTRINSIC, TIME_VALUE = (
    COMPONENTS.index(part)
    for part in (
        DesignatedComponent.SPOT,
        DesignatedComponent.FORWARD,
        DesignatedComponent.INTRINSIC,
        DesignatedComponent.TIME_VALUE,
    )
)
FAIR_VALUE = HEDGE_TYPES.index(HedgeType.FAIR_VALUE)
OPTION = KIND[InstrumentKind.OPTION]
CROSS_CURRENCY = KIND[InstrumentKind.CROSS_CURRENCY_SWAP]
SWAPS = (KIND[InstrumentKind.INTEREST_RATE_SWAP], CROSS_CURRENCY)


@dataclass(frozen=True, slots=True)
class Used:
    """The designated instruments: one row an allocation, scaled to what is designated, and its relationship's row."""

    relationship: Int
    terms: Terms
    flows: Flows
    rows: Columns

    def of(self, chosen: Int) -> "Used":
        """Those of some relationships (rising positions), which are counted anew."""
        rows = np.flatnonzero(np.isin(self.relationship, chosen))
        return Used(
            np.searchsorted(chosen, self.relationship[rows]),
            self.terms.take(rows),
            self.flows.take(rows),
            {name: values[rows] for name, values in self.rows.items()},
        )


@dataclass(frozen=True, slots=True)
class Levels:
    """Minor units (relationships, days), where they are known, and why they are not: an old quote, a curve not made."""

    minor: Int
    known: Bool
    stale: Bool
    not_built: Bool


def used_instruments(shard: Shard, found: Columns, allocations: Columns) -> Used:
    """Terms of the instruments of the relationships, in the order of the allocations."""
    rows = columns.designated_instruments(shard.at)
    sealed = shard.sealed
    all_terms = terms(rows, sealed.reference, sealed.contracts, sealed.lookup)
    place = np.searchsorted(rows["instrument_id"], allocations["instrument_id"])
    share = np.abs(allocations["units"]) / np.maximum(np.abs(rows["notional"][place]), 1)
    relationship = np.searchsorted(found["relationship_id"], allocations["relationship_id"])
    known = all_terms.take(place).scaled(share).without_near_legs()
    stale_after = sealed.limits(found["framework"], "stale_after_days").astype(np.int64)
    known = replace(known, stale_after=stale_after[relationship])
    flows = flows_of(known.instrument_id, columns.flows(shard.at, designated=True))
    return Used(relationship, known, flows, {n: v[place] for n, v in rows.items()})


def instrument_levels(shard: Shard, found: Columns, used: Used, days: Int) -> tuple[Levels, Levels]:
    """Fair value of the designated component, credit included, and the credit part alone."""
    look, known = shard.sealed.lookup, used.terms
    own = days[used.relationship]
    values = instrument_values(known, used.flows, look, own, found["accounting_from"][used.relationship])
    value = component_value(known, values, found["component"][used.relationship])
    last = np.minimum(own, known.settlement_date[:, None])
    credit = credit_of(known, look, last, value)
    risk, functional, same = known.risk[:, None], known.functional[:, None], known.same_currency[:, None]
    rate = look.conversion(risk, functional, same, last)
    stale = values.stale | (look.conversion_age(risk, functional, same, last) > known.stale_after[:, None])
    adjustment = credit.credit_value_adjustment + credit.debit_value_adjustment
    units = exponents(shard.sealed.functional(found["entity_id"]))
    fair = credit.fair_value + settled_by_resets(known, values, found["component"][used.relationship])
    places = (stale, values.not_built, used.relationship, units)
    return _levels(fair * rate, *places), _levels(adjustment * rate, *places)


def component_value(known: Terms, values: Values, component: Int) -> Float:
    """The designated part of the value before credit. What a kind does not have leaves the whole."""
    whole = values["present_value"].copy()
    future = known.kind == KIND[InstrumentKind.FUTURE]
    whole[future] = values["profit"][future]
    swaps = np.isin(known.kind, SWAPS)
    whole[swaps] = values["clean_value"][swaps]
    forwards, options = np.isin(known.kind, FORWARDS), known.kind == OPTION
    element = values["undiscounted_spot_element"]
    exchange = known.notional[:, None] * (values["spot_rate"] - values["spot_rate"][:, :1])
    for which, part in (
        (forwards & (component == SPOT), element),
        (forwards & (component == FORWARD), values["present_value"] - element),
        ((known.kind == CROSS_CURRENCY) & (component == SPOT), exchange),
        (options & np.isin(component, (SPOT, INTRINSIC)), values["intrinsic_value"]),
        (options & np.isin(component, (FORWARD, TIME_VALUE)), values["time_value"]),
    ):
        whole[which] = part[which]
    return whole


def settled_so_far(known: Terms, values: Values) -> Float:
    """Cash that instruments have paid before their end, since the trade: futures every day, resets of the principal."""
    future = (known.kind == KIND[InstrumentKind.FUTURE])[:, None]
    resets = ((known.kind == CROSS_CURRENCY) & known.resets_notional)[:, None]
    return np.where(future | resets, values["profit"], 0.0)


def settled_by_resets(known: Terms, values: Values, component: Int) -> Float:
    """Principal differences that a resetting swap has paid: gain that its value no longer holds and no bank owes."""
    resets = (known.kind == CROSS_CURRENCY) & known.resets_notional & (component != SPOT)
    return np.where(resets[:, None], values["profit"], 0.0)


def item_levels(shard: Shard, found: Columns, allocations: Columns, used: Used, days: Int) -> Levels:
    """The hedged risk of the items, with the item's own sign: a good hedge moves against it."""
    look = shard.sealed.lookup
    items, relationship = designated_items(shard, found, allocations)
    entity = found["entity_id"][relationship]
    one_sided = is_one_sided(found, relationship, used)
    seen = item_values(items, look, days[relationship])
    seen.value[one_sided] = 0.0
    units = exponents(shard.sealed.functional(found["entity_id"]))
    plain = _converted(shard, look, items, relationship, entity, days, seen, units)
    if not one_sided.any():
        return plain
    item, leg, amount = option_pairs(items, relationship, one_sided, used)
    pair = _take(items, item)
    seen = one_sided_values(amount, pair, used.terms.take(leg), look, days[relationship[item]])
    pairs = _converted(shard, look, pair, relationship[item], entity[item], days, seen, units)
    return Levels(
        plain.minor + pairs.minor,
        plain.known & pairs.known,
        plain.stale | pairs.stale,
        plain.not_built | pairs.not_built,
    )


def designated_items(shard: Shard, found: Columns, allocations: Columns) -> tuple[Items, Int]:
    """The items as the formulas take them, and the relationship's row of each."""
    look = shard.sealed.lookup
    relationship = np.searchsorted(found["relationship_id"], allocations["relationship_id"])
    risk = look.position(found["risk_id"][relationship])
    stale_after = shard.sealed.limits(found["framework"][relationship], "stale_after_days")
    items = Items(
        amount=allocations["units"] / 10.0 ** look.base_exponents[risk],
        risk=risk,
        expected_date=allocations["expected_date"],
        start_date=allocations["start_date"],
        payment_months=allocations["payment_months"],
        spread_rate=allocations["spread_rate"],
        at_spot=allocations["at_spot"] | (found["component"][relationship] == SPOT),
        is_fixed=found["hedge_type"][relationship] == FAIR_VALUE,
        stale_after=stale_after.astype(np.int64),
    )
    return items, relationship


def is_one_sided(found: Columns, relationship: Int, used: Used) -> Bool:
    """Items of which one side of the risk is hedged: the intrinsic value of options is designated (6.2.4(a))."""
    has_options = np.isin(relationship, used.relationship[used.terms.kind == OPTION])
    return np.asarray((found["component"][relationship] == INTRINSIC) & has_options)


def option_pairs(items: Items, relationship: Int, one_sided: Bool, used: Used) -> tuple[Int, Int, Float]:
    """Every one-sided item with every option leg of its relationship, and the amount of the item that it is for."""
    options = np.flatnonzero(used.terms.kind == OPTION)
    count = int(max(relationship.max(initial=-1), used.relationship.max(initial=-1))) + 1
    leg_count = np.bincount(used.relationship[options], minlength=count)
    # Legs stand together, by relationship.
    item = np.repeat(np.flatnonzero(one_sided), leg_count[relationship[one_sided]])
    first = np.searchsorted(used.relationship[options], relationship[item])
    within = np.arange(item.size) - np.searchsorted(item, item)
    leg = options[first + within]
    bought = np.bincount(
        used.relationship[options],
        np.abs(used.terms.notional[options]) * (used.terms.option_side[options] > 0),
        minlength=count,
    )
    weight = np.abs(used.terms.notional[leg]) / np.maximum(bought[relationship[item]], 1e-9)
    return item, leg, items.amount[item] * weight


def _converted(
    shard: Shard,
    look: Lookup,
    items: Items,
    relationship: Int,
    entity: Int,
    days: Int,
    seen: Seen,
    units: Int,
) -> Levels:
    functional = shard.sealed.functional(entity)
    target = look.market.spot.index(functional)[:, None]
    same = np.array(
        [look.quote_currencies[r] == f for r, f in zip(items.risk.tolist(), functional, strict=True)],
        dtype=bool,
    )
    last = np.minimum(days[relationship], items.expected_date[:, None])
    risk = items.risk[:, None]
    rate = look.conversion(risk, target, same[:, None], last)
    age = look.conversion_age(risk, target, same[:, None], last)
    stale = seen.stale | (age > items.stale_after[:, None])
    return _levels(seen.value * rate, stale, seen.not_built, relationship, units)


def _levels(values: Float, stale: Bool, not_built: Bool, relationship: Int, units: Int) -> Levels:
    """Rows rounded to minor units and added by relationship; unknown where any of its rows is."""
    rounded = rounding.rounded(np.where(stale, np.nan, values), units[relationship][:, None])
    minor = np.zeros((units.size, values.shape[1]), dtype=np.int64)
    np.add.at(minor, relationship, rounded.minor)
    unknown, old, broken = (np.zeros(minor.shape, dtype=bool) for _ in range(3))
    np.logical_or.at(unknown, relationship, ~rounded.defined)
    np.logical_or.at(old, relationship, stale & ~np.isnan(values))
    np.logical_or.at(broken, relationship, not_built & np.isnan(values))
    return Levels(minor, ~unknown, old, broken)


def _take(items: Items, rows: Int) -> Items:
    return Items(**{name: getattr(items, name)[rows] for name in Items.__slots__})
