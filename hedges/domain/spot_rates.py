"""Today's spot rates of risks in the functional currency of their entities."""

import numpy as np

from hedges.domain.sealed import Shard
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, Int, Mask, where_reason


def at_spot(
    shard: Shard, risk_id: Int, entity_id: Int, stale_after: Float | None = None
) -> tuple[Float, Mask]:
    """Functional currency of the entity per unit of the risk's base, NaN with its reason: missing or too old.

    `stale_after`: days, one a row; those of the entity's rule pack where none are given.
    """
    look, functional = shard.sealed.lookup, shard.sealed.functional(entity_id)
    risk, days = look.position(risk_id), np.full(risk_id.shape, shard.today)
    quotes = zip(risk.tolist(), functional, strict=True)
    same = np.array([look.quote_currencies[place] == own for place, own in quotes], dtype=bool)
    target = look.market.spot.index(functional)
    rate = look.spot(risk, days) * look.conversion(risk, target, same, days)
    age = np.maximum(look.spot_age(risk, days), look.conversion_age(risk, target, same, days))
    limit = shard.sealed.pack(entity_id, "stale_after_days") if stale_after is None else stale_after
    stale = age > limit
    why = np.where(np.isnan(rate), int(Reason.MISSING_DATA), where_reason(stale, Reason.STALE_DATA))
    return np.where(stale, np.nan, rate), why
