"""Open exposures of some entities and what they are worth: the side of a what-if that hedges stand against.

Currency and price risk: amount × forward × discount factor, at the market's forward to the expected date. Floating
interest: amount × (floating leg − par rate of the unmoved market × annuity), clean, so that it is 0 before a move. An
interest risk without payment months has no value. Units: quote currency of the risk, inflow +. Reference: rules
section 3; B6.5.5 for the par rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hedges.domain.item_values import Items, schedules
from hedges.domain.lookup import Lookup
from hedges.domain.sealed import Shard
from hedges.domain.swap_values import unit_legs
from hedges.queries import columns
from hedges.queries.strategy import open_items
from treasury.quant.numbers import Bool, Float, Int, ratio


@dataclass(frozen=True, slots=True)
class Exposed:
    """One row an exposure that is no natural offset; `items` are their terms for the formulas of items."""

    entity_id: Int
    risk_id: Int
    items: Items


def exposed(shard: Shard, entity_ids: Sequence[int]) -> Exposed:
    """Two reads."""
    rows = open_items(shard.at)
    offsets = columns.offset_items(shard.at)["exposure_id"]
    mine = np.isin(rows["entity_id"], list(entity_ids)) & ~np.isin(rows["exposure_id"], offsets)
    rows = {name: values[mine] for name, values in rows.items()}
    look, count = shard.sealed.lookup, rows["exposure_id"].size
    risk = look.position(rows["risk_id"])
    no = np.zeros(count, dtype=bool)
    items = Items(
        amount=rows["amount"] / 10.0 ** look.base_exponents[risk],
        risk=risk,
        expected_date=rows["expected_date"],
        start_date=rows["start_date"],
        payment_months=rows["payment_months"],
        spread_rate=rows["spread_rate"],
        at_spot=no,
        is_fixed=no,
        stale_after=shard.sealed.pack(rows["entity_id"], "stale_after_days").astype(np.int64),
    )
    return Exposed(rows["entity_id"], rows["risk_id"], items)


def exposure_values(items: Items, base: Lookup, look: Lookup, today: int) -> Float:
    """Values in the market of `look`; par rates are those of `base`. NaN where a quote is missing or too old."""
    days = np.full((items.risk.size, 1), today)
    risk, target = items.risk[:, None], items.expected_date[:, None]
    value = items.amount[:, None] * look.forward(risk, days, target) * look.factor(risk, days, target)
    used = (look.base_implied[risk], look.quote_implied[risk], look.quote_curve[risk])
    age = np.maximum(look.spot_age(risk, days), look.curve_age(days, *used))
    found = np.where(look.is_rate[risk] | (age > items.stale_after[:, None]), np.nan, value)[:, 0]
    rows = np.flatnonzero(look.is_rate[items.risk] & (items.payment_months > 0))
    if rows.size:
        found[rows] = _floating(items, rows, base, look, days[rows])
    return found


def _floating(items: Items, rows: Int, base: Lookup, look: Lookup, days: Int) -> Float:
    flows = schedules(items, rows, look.quote_currencies)
    risk, stale_after = items.risk[rows], items.stale_after[rows]
    given = (flows, risk, np.zeros(rows.size), stale_after)
    before, after = unit_legs(*given, base, days), unit_legs(*given, look, days)
    par = ratio(before.floating - before.earned, before.annuity - before.elapsed)
    value = after.floating - after.earned - par * (after.annuity - after.elapsed)
    return np.where(_too_old(look, risk, days, stale_after), np.nan, (items.amount[rows] * value)[0])


def _too_old(look: Lookup, risk: Int, days: Int, stale_after: Int) -> Bool:
    used = (look.projection[risk][:, None], look.quote_curve[risk][:, None])
    return np.asarray((look.curve_age(days, *used) > stale_after[:, None])[:, 0])
