"""Hedge ratios: of every entity and risk, of every entity, of every hedge relationship."""

import numpy as np

from hedges.domain import near_legs
from hedges.domain.spot_rates import at_spot
from hedges.enums import RatioSubject
from hedges.queries import relationship_columns
from treasury.kernel.money import exponents
from treasury.nightly.steps import cells, relationship_ratios
from treasury.nightly.steps.cells import Rounded
from treasury.nightly.steps.context import Rows, Shard
from treasury.nightly.steps.positions import Positions, positions
from treasury.nightly.steps.ratio_rows import Ratios, ratio_rows
from treasury.quant.codes import HedgedDefinition
from treasury.quant.numbers import Bool, Int
from treasury.quant.ratios.position_count import is_hedged
from treasury.quant.ratios.position_cover import position_cover
from treasury.quant.sums import group_sums

TABLE = "hedges_hedgeratioresult"


def compute(shard: Shard) -> dict[str, Rows]:
    """The ratio rows of the entities of one shard."""
    found = positions(shard)
    look = shard.sealed.lookup
    hedged = hedged_positions(shard, found)
    total, positions_hedged = (
        group_sums(values, found.exposure_group, found.group_count)
        for values in (np.ones_like(found.exposure_group), hedged.astype(np.int64))
    )
    risk = look.position(found.risk_id)
    units = look.base_exponents[risk]
    exposure = group_sums(found.exposures["amount"], found.exposure_group, found.group_count)
    by_risk = Ratios(
        subject=RatioSubject.ENTITY_RISK,
        entity_id=found.entity_id,
        subject_key=found.risk_id,
        risk_id=found.risk_id,
        amount_unit=[look.base_units[place] for place in risk.tolist()],
        exposure=cells.exact(exposure, units),
        derivative=cells.exact(_hedges(found, ~found.is_offset), units),
        natural_offset=cells.exact(_hedges(found, found.is_offset), units),
        positions_total=total,
        positions_hedged=positions_hedged,
        why=np.zeros(found.group_count, dtype=np.int64),
    )
    parts = [by_risk, _by_entity(shard, by_risk), relationship_ratios.ratios(shard)]
    rows = [ratio_rows(shard, part) for part in parts]
    return {TABLE: {name: [cell for part in rows for cell in part[name]] for name in rows[0]}}


def hedged_positions(shard: Shard, found: Positions) -> Bool:
    """Whether each exposure counts as hedged: its cover against the rule pack's definition."""
    cover = relationship_columns.item_cover(shard.at)
    amount, ids = found.exposures["amount"], found.exposures["exposure_id"]
    place = np.searchsorted(cover["exposure_id"], ids)
    units = np.append(cover["units"], 0)[np.minimum(place, cover["units"].size)]
    known = np.append(cover["exposure_id"], -1)[np.minimum(place, cover["units"].size)] == ids
    covered = position_cover(
        amount,
        np.where(known, units, 0),
        found.exposures["expected_date"],
        found.exposure_group,
        near_legs.cover(found.hedges, shard.at),
        found.hedge_group,
        found.group_count,
    )
    against = -np.sign(amount) * covered
    result = np.zeros(amount.shape, dtype=bool)
    entities = found.exposures["entity_id"]
    packs = shard.sealed.reference
    thresholds = {e: packs.pack_of(e)["counted_as_hedged_from"] for e in np.unique(entities).tolist()}
    for threshold in sorted(set(thresholds.values())):
        rows = np.isin(entities, [entity for entity, own in thresholds.items() if own == threshold])
        definition = HedgedDefinition.COVER_AT_LEAST if threshold > 0 else HedgedDefinition.ANY_COVER
        result[rows] = is_hedged(amount[rows], against[rows], definition, threshold)
    return result


def _hedges(found: Positions, which: Bool) -> Int:
    return group_sums(found.hedges["notional"][which], found.hedge_group[which], found.group_count)


def _by_entity(shard: Shard, by_risk: Ratios) -> Ratios:
    """Sizes by risk at spot, added up: exposure as the sum of its risks' sizes, cover as what stands against each.

    Netting a dollar inflow with a pound outflow would show little exposure where there is much, so that each risk is
    turned to its exposure's side first. A hedge of a risk without an exposure covers nothing here.
    """
    entity_id, group = np.unique(by_risk.entity_id, return_inverse=True)
    functional = shard.sealed.functional(entity_id)
    units = exponents(functional)
    spot, no_spot = at_spot(shard, by_risk.risk_id, by_risk.entity_id)
    side = np.sign(by_risk.exposure.minor)
    why = np.zeros(entity_id.size, dtype=np.int64)
    np.bitwise_or.at(why, group, np.where(side == 0, 0, no_spot))

    def total(amount: Rounded) -> tuple[Int, Bool]:
        value = cells.rounded(np.where(side == 0, 0.0, amount.major * spot * side), units[group])
        undefined = group_sums((~value.defined).astype(np.int64), group, entity_id.size)
        return group_sums(value.minor, group, entity_id.size), undefined == 0

    exposure, known = total(by_risk.exposure)
    derivative, offset = total(by_risk.derivative)[0], total(by_risk.natural_offset)[0]
    return Ratios(
        subject=RatioSubject.ENTITY,
        entity_id=entity_id,
        subject_key=np.zeros(entity_id.size, dtype=np.int64),
        risk_id=np.zeros(entity_id.size, dtype=np.int64),
        amount_unit=functional,
        exposure=cells.exact(exposure, units, known),
        derivative=cells.exact(derivative, units, known),
        natural_offset=cells.exact(offset, units, known),
        positions_total=group_sums(by_risk.positions_total, group, entity_id.size),
        positions_hedged=group_sums(by_risk.positions_hedged, group, entity_id.size),
        why=why,
    )
