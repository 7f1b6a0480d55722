"""Values of the layers of hedged items, each struck on its own day: what mirrors the hypothetical derivative.

Functional currency, minor units, the item's own sign. As in the tests of effectiveness, but for one thing: a recognised
monetary item in a cash flow hedge of the whole value is mirrored by a forward, since its forward points are part of
what the reserve takes. Reference: IFRS 9 B6.5.5; rules section 5.
"""

from dataclasses import dataclass, replace

import numpy as np

from exposures.enums import ExposureKind
from hedges.domain.item_values import Items, Seen, item_values, one_sided_values
from hedges.domain.levels import INTRINSIC, OPTION, SPOT
from hedges.domain.measurement.frame import START, STRUCK, Frame, Posted
from hedges.domain.measurement.pairs import Pairs, option_pairs
from hedges.domain.measurement.recognition import NEVER, RECOGNISED
from hedges.domain.terms import Terms
from hedges.enums import HedgeType, ReleasePattern
from hedges.queries.measurement_columns import KINDS, PATTERNS
from hedges.queries.relationship_columns import HEDGE_TYPES
from treasury.quant.numbers import Bool, Float, Int
from treasury.queries.copy import Columns

NET_INVESTMENT = KINDS.index(ExposureKind.NET_INVESTMENT)
AS_REMEASURED = PATTERNS.index(ReleasePattern.AS_REMEASURED)
FAIR_VALUE = HEDGE_TYPES.index(HedgeType.FAIR_VALUE)
CASH_FLOW = HEDGE_TYPES.index(HedgeType.CASH_FLOW)


@dataclass(frozen=True, slots=True)
class ItemLayers:
    """One row a layer: `value` of the hedged risk; `remeasured`: what offsets its remeasurement since its start."""

    relationship: Int
    items: Items
    value: Posted
    remeasured: Posted


def item_layers(frame: Frame, layers: Columns, instruments: Columns, known: Terms) -> ItemLayers:
    """`known`: terms of the instruments' layers, which give a one-sided hypothetical its hedged levels."""
    relationship, days, look = frame.relationship(layers), days_of(frame, layers), frame.look
    component = frame.found["component"][relationship]
    items = items_of(frame, layers)
    spot = item_values(replace(items, at_spot=np.ones(component.size, dtype=bool)), look, days)
    seen = item_values(items, look, days)
    discounted = frame.found["spot_is_discounted"][relationship] & (component == SPOT)
    expected = items.expected_date[:, None]
    factor = look.factor(items.risk[:, None], np.minimum(days, expected), expected)
    seen.value[discounted] = (spot.value * factor)[discounted]
    pairs = option_pairs(layers, instruments, known, (component == INTRINSIC), known.kind == OPTION)
    seen.value[pairs.items] = 0.0
    one = one_sided_values(
        items.amount[pairs.item] * pairs.weight,
        take(items, pairs.item),
        known.take(pairs.leg),
        look,
        days[pairs.item],
    )
    rate, old = conversion(frame, items, relationship, days)
    value = _with_pairs(seen, one, pairs)
    posted = frame.posted(value.value * rate, relationship, value.stale | old, value.not_built)
    offset = _offset(frame, items, layers, relationship, spot, days)
    remeasured = frame.posted(offset * rate, relationship, spot.stale | old, spot.not_built)
    return ItemLayers(relationship, items, posted, remeasured.masked(_is_remeasured(frame, relationship)))


def days_of(frame: Frame, layers: Columns) -> Int:
    """A commitment in a fair value hedge is one until it is recognised: its adjustment stands from then on (6.5.9)."""
    fair_value = frame.found["hedge_type"][frame.relationship(layers)] == FAIR_VALUE
    last = np.where(fair_value, layers["recognised_on"], NEVER)
    return np.minimum(frame.days(layers), last[:, None])


def items_of(frame: Frame, layers: Columns) -> Items:
    """The terms of the items as designated, as the formulas take them."""
    relationship, look = frame.relationship(layers), frame.look
    found, risk = frame.found, look.position(frame.found["risk_id"][relationship])
    component = found["component"][relationship]
    mirrored = np.isin(layers["kind"], RECOGNISED) & ~_is_remeasured(frame, relationship)
    return Items(
        amount=layers["units"] / 10.0 ** look.base_exponents[risk],
        risk=risk,
        expected_date=layers["expected_date"],
        start_date=layers["start_date"],
        payment_months=layers["payment_months"],
        spread_rate=layers["spread_rate"],
        at_spot=mirrored | (layers["kind"] == NET_INVESTMENT) | (component == SPOT),
        is_fixed=found["hedge_type"][relationship] == FAIR_VALUE,
        stale_after=frame.stale_after[relationship],
    )


def _is_remeasured(frame: Frame, relationship: Int) -> Bool:
    found = frame.found
    return (found["pattern"][relationship] == AS_REMEASURED) & (
        found["hedge_type"][relationship] == CASH_FLOW
    )


def conversion(frame: Frame, items: Items, relationship: Int, days: Int) -> tuple[Float, Bool]:
    """Functional currency per unit of the quote currency, and where that rate is too old."""
    look = frame.look
    functional = frame.sealed.functional(frame.found["entity_id"][relationship])
    target = look.market.spot.index(functional)[:, None]
    quote = np.array(look.quote_currencies, dtype=object)[items.risk]
    same = (quote == np.array(functional, dtype=object))[:, None]
    last, risk = np.minimum(days, items.expected_date[:, None]), items.risk[:, None]
    age = look.conversion_age(risk, target, same, last)
    return look.conversion(risk, target, same, last), age > items.stale_after[:, None]


def take(items: Items, rows: Int) -> Items:
    return Items(**{name: getattr(items, name)[rows] for name in Items.__slots__})


def _with_pairs(seen: Seen, one: Seen, pairs: Pairs) -> Seen:
    np.add.at(seen.value, pairs.item, one.value)
    stale, broken = seen.stale.copy(), seen.not_built.copy()
    np.logical_or.at(stale, pairs.item, one.stale)
    np.logical_or.at(broken, pairs.item, one.not_built)
    return Seen(seen.value, stale, broken)


def _offset(frame: Frame, items: Items, layers: Columns, relationship: Int, spot: Seen, days: Int) -> Float:
    """−N(S_t − S_0) + N(F_0 − S_0)·days passed / days of the term; points only where they are designated."""
    risk, target = items.risk[:, None], items.expected_date[:, None]
    struck = days[:, STRUCK : STRUCK + 1]
    points = frame.look.parity_forward(risk, struck, target) - frame.look.spot(risk, struck)
    points = np.where((frame.found["component"][relationship] == SPOT)[:, None], 0.0, points)
    term = np.maximum(target - layers["struck_on"][:, None], 1)
    passed = np.clip(days - layers["struck_on"][:, None], 0, term)
    return -(spot.value - spot.value[:, START : START + 1]) + items.amount[:, None] * points * passed / term
