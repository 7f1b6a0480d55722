"""The hedge ratio of every relationship: designated cover over designated items, as far as they are still there.

Amounts are in the item's unit. Where the instrument is in another one (a proxy hedge), its cover is turned into the
item's unit at spot; the designated ratio stays what was documented, instrument units per item unit.
"""

import numpy as np

from hedges.enums import RatioSubject
from hedges.queries import relationship_columns
from treasury.nightly.steps import cells
from treasury.nightly.steps.context import Shard
from treasury.nightly.steps.ratio_rows import Ratios
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, Int, where_reason
from treasury.quant.sums import group_sums


def ratios(shard: Shard) -> Ratios:
    """Of the relationships of one shard's entities."""
    look = shard.sealed.lookup
    found = relationship_columns.relationships(shard.at, by="entity_id")
    items = relationship_columns.items(shard.at, by="entity_id")
    instruments = relationship_columns.instruments(shard.at, by="entity_id")
    ids, count = found["relationship_id"], found["relationship_id"].size
    item_of = np.searchsorted(ids, items["relationship_id"])
    hedge_of = np.searchsorted(ids, instruments["relationship_id"])
    risk = look.position(found["risk_id"])
    units = look.base_exponents[risk]
    exposure = group_sums(items["units_left"], item_of, count)
    cover = np.where(instruments["is_cover"], instruments["units_left"], 0)
    per_unit = _item_units(shard, risk[hedge_of], look.position(instruments["risk_id"]))
    scale = 10.0 ** look.base_exponents[look.position(instruments["risk_id"])]
    value = cells.rounded(cover / scale * per_unit, units[hedge_of])
    same = per_unit == 1.0
    minor = np.where(same, cover, value.minor)
    unknown = group_sums((~same & ~value.defined).astype(np.int64), hedge_of, count) > 0
    hedge = group_sums(minor, hedge_of, count)
    share = np.abs(items["units_left"]) > 0
    return Ratios(
        subject=RatioSubject.RELATIONSHIP,
        entity_id=found["entity_id"],
        subject_key=ids,
        risk_id=found["risk_id"],
        amount_unit=[look.base_units[place] for place in risk.tolist()],
        exposure=cells.exact(exposure, units),
        derivative=cells.exact(hedge, units, ~unknown),
        natural_offset=cells.exact(np.zeros(count, dtype=np.int64), units, ~unknown),
        positions_total=group_sums(np.ones_like(item_of), item_of, count),
        positions_hedged=group_sums(share.astype(np.int64), item_of, count),
        why=where_reason(unknown, Reason.MISSING_DATA),
        designated=found["designated_hedge_ratio"],
    )


def _item_units(shard: Shard, item_risk: Int, hedge_risk: Int) -> Float:
    """Units of the item's risk per unit of the instrument's, at spot; 1 where they are the same unit."""
    look = shard.sealed.lookup
    days = np.full(item_risk.shape, shard.today)
    base = np.array(look.base_units, dtype=object)
    market = look.market
    # One quote currency leads to the other where the two risks have different ones.
    between = market.cross(days, look.quote[hedge_risk], look.quote[item_risk])
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = look.spot(hedge_risk, days) * between / look.spot(item_risk, days)
    return np.where(base[item_risk] == base[hedge_risk], 1.0, rate)
