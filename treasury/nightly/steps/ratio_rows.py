"""Ratio rows of any subject: amounts in one unit, ratios, counts, flags."""

from dataclasses import dataclass, field

import numpy as np

from hedges.enums import RatioSubject
from treasury.nightly.steps import cells
from treasury.nightly.steps.cells import Rounded
from treasury.nightly.steps.context import Rows, Shard
from treasury.quant.codes import CoverFlag, Reason
from treasury.quant.numbers import Bool, Float, Int, Mask, where_reason
from treasury.quant.ratios.hedge_ratio import hedge_ratio
from treasury.quant.ratios.position_count import position_count_ratio
from treasury.queries import copy


@dataclass(frozen=True, slots=True)
class Ratios:
    """Subjects of one kind: signed amounts, positions, and why an amount is not there."""

    subject: RatioSubject
    entity_id: Int
    subject_key: Int
    risk_id: Int
    amount_unit: list[str]
    exposure: Rounded
    derivative: Rounded
    natural_offset: Rounded
    positions_total: Int
    positions_hedged: Int
    why: Mask
    designated: Float = field(default_factory=lambda: np.zeros(0))


def ratio_rows(shard: Shard, found: Ratios) -> Rows:
    """Cover is derivatives and natural offsets together; each also on its own line."""
    count = found.entity_id.size
    hedge = cells.summed(found.derivative, found.natural_offset)
    known = hedge.defined & found.exposure.defined
    whole = hedge_ratio(hedge.minor, found.exposure.minor)
    counted = position_count_ratio(found.positions_hedged, found.positions_total)
    ratio = np.where(known, whole.hedge_ratio, np.nan)
    flags = np.where(known, whole.flags, 0) | _apart(shard, found, ratio, counted.position_count_ratio)
    why = found.why | where_reason(known, 0) | np.where(known, whole.reasons, 0)
    why |= np.where(found.positions_total == 0, int(Reason.NO_POSITIONS), 0)
    is_relationship = found.subject == RatioSubject.RELATIONSHIP
    # An item of a relationship counts while any of it is there; other positions by the rule pack's definition.
    definition = (
        np.zeros(count) if is_relationship else shard.sealed.pack(found.entity_id, "counted_as_hedged_from")
    )
    designated = found.designated if is_relationship else np.full(count, np.nan)
    return {
        "run_id": copy.repeated(shard.sealed.run_id, count),
        "entity_id": copy.whole(found.entity_id),
        "status": cells.status(~np.isnan(ratio), found.exposure.defined),
        "reasons": cells.reasons(why),
        "subject": copy.repeated(found.subject.value, count),
        "subject_key": copy.whole(found.subject_key),
        "risk_id": copy.whole(found.risk_id, found.risk_id > 0),
        "relationship_id": copy.whole(found.subject_key, np.full(count, is_relationship)),
        "amount_unit": found.amount_unit,
        "exposure_amount": found.exposure.texts,
        "hedge_amount": hedge.texts,
        "derivative_amount": found.derivative.texts,
        "natural_offset_amount": found.natural_offset.texts,
        "open_amount": cells.exact(whole.open_amount, found.exposure.exponents, known).texts,
        "hedge_ratio": copy.floats(ratio),
        "derivative_hedge_ratio": copy.floats(_ratio(found.derivative, found.exposure, known)),
        "natural_offset_ratio": copy.floats(_ratio(found.natural_offset, found.exposure, known)),
        "designated_hedge_ratio": copy.floats(designated),
        "positions_total": copy.whole(found.positions_total),
        "positions_hedged": copy.whole(found.positions_hedged),
        "counted_as_hedged_from": copy.floats(definition),
        "position_count_ratio": copy.floats(counted.position_count_ratio),
        "flags": cells.flags(flags),
    }


def _ratio(part: Rounded, exposure: Rounded, known: Bool) -> Float:
    return np.where(known, hedge_ratio(part.minor, exposure.minor).hedge_ratio, np.nan)


def _apart(shard: Shard, found: Ratios, amount_ratio: Float, count_ratio: Float) -> Mask:
    """Warns where the count tells another story than the amount, by more than the rule pack's margin."""
    margin = shard.sealed.pack(found.entity_id, "count_amount_margin")
    with np.errstate(invalid="ignore"):
        return where_reason(np.abs(amount_ratio - count_ratio) > margin, int(CoverFlag.COUNT_DIFFERS))
