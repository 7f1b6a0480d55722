"""Effectiveness of every designated relationship, re-valued from this run's snapshot alone."""

from typing import Any

import numpy as np

from hedges.domain.levels import Used, instrument_levels, item_levels, used_instruments
from hedges.domain.observations import Changes, changes, grid
from hedges.domain.scenarios import scenario_changes
from hedges.enums import AssessmentMethod
from hedges.queries import relationship_columns
from hedges.queries.relationship_columns import FRAMEWORKS, METHODS
from treasury.kernel.money import exponents
from treasury.nightly.steps import cells, criterion_rows, effectiveness_rows
from treasury.nightly.steps.assessment import Evidence, assess, take
from treasury.nightly.steps.context import Rows, Shard
from treasury.nightly.steps.hedge_ratio import at_spot
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, Int, ratio
from treasury.quant.sums import group_sums
from treasury.queries.copy import Columns

REGRESSION = METHODS.index(AssessmentMethod.REGRESSION)


def compute(shard: Shard) -> dict[str, Rows]:
    """Result and criteria rows of the relationships of one shard, a rule pack at a time."""
    found = relationship_columns.relationships(shard.at, by="relationship_id")
    items = relationship_columns.items(shard.at, by="relationship_id")
    instruments = relationship_columns.instruments(shard.at, by="relationship_id")
    packs = _packs(shard, found["framework"])
    weeks = max((pack["observation_count"] for pack in shard.sealed.reference.rule_packs.values()), default=0)
    dates = grid(shard.today, weeks)
    used = used_instruments(shard, found, instruments)
    evidence = _evidence(shard, found, items, instruments, used, dates)
    spot, rate = (
        _limits(packs, found["framework"], name)
        for name in ("prospective_spot_shift", "prospective_rate_shift")
    )
    moved = scenario_changes(shard, found, items, used, spot, rate)
    results, criteria = [], []
    for place, pack in packs.items():
        chosen = np.flatnonzero(found["framework"] == place)
        part = {column: values[chosen] for column, values in found.items()}
        picked = take(evidence, chosen)
        own = moved.take(chosen)
        result = assess(picked, own, pack)
        outcome = effectiveness_rows.Outcome(shard, part, pack, dates, picked, own, result)
        results.append(effectiveness_rows.result_rows(outcome))
        criteria.append(criterion_rows.criterion_rows(outcome))
    return {
        effectiveness_rows.TABLE: criterion_rows.joined(results),
        criterion_rows.TABLE: criterion_rows.joined(criteria),
    }


def _packs(shard: Shard, frameworks: Int) -> dict[int, dict[str, Any]]:
    """The rule packs of the frameworks that occur, by their place among them."""
    packs = shard.sealed.reference.rule_packs
    places = sorted(set(frameworks.tolist()))
    missing = [FRAMEWORKS[place] for place in places if FRAMEWORKS[place] not in packs]
    if missing:
        raise LookupError(
            f"No rule pack for {missing[0]} is in force on {shard.sealed.as_of_date}; record one."
        )
    return {place: packs[FRAMEWORKS[place]] for place in places}


def _limits(packs: dict[int, dict[str, Any]], frameworks: Int, name: str) -> Float:
    """A limit of each relationship's rule pack."""
    found = np.full(len(FRAMEWORKS), np.nan)
    for place, pack in packs.items():
        found[place] = float(pack[name])
    return found[frameworks]


def _evidence(
    shard: Shard, found: Columns, items: Columns, instruments: Columns, used: Used, dates: Int
) -> Evidence:
    days = np.column_stack([found["accounting_from"], np.tile(dates, (found["relationship_id"].size, 1))])
    fair, credit = instrument_levels(shard, found, used, days)
    item = item_levels(shard, found, items, used, days)
    known = fair.known & item.known
    seen: Changes = changes(fair.minor, item.minor, known, found["accounting_from"], dates)
    struck = known[:, 0] & known[:, -1]
    stale = fair.stale | item.stale
    old = stale[:, 0] | stale[:, -1]
    broken = fair.not_built | item.not_built
    failed = broken[:, 0] | broken[:, -1]
    credit_change = credit.minor[:, -1] - credit.minor[:, 0]
    whole = fair.minor[:, -1] - fair.minor[:, 0] - credit_change
    return Evidence(
        changes=seen,
        credit_change=np.where(struck, credit_change, np.nan),
        economic_change=np.where(struck, whole, np.nan),
        notional=_notional(shard, found, instruments, used),
        has_rationale=found["has_rationale"],
        designated_ratio=found["designated_hedge_ratio"],
        actual_ratio=_actual_ratio(shard, found, items, instruments),
        is_regression=found["method"] == REGRESSION,
        blind=np.select(
            [struck, failed, old],
            [0, int(Reason.CURVE_NOT_BUILT), int(Reason.STALE_DATA)],
            int(Reason.MISSING_DATA),
        ),
    )


def _notional(shard: Shard, found: Columns, instruments: Columns, used: Used) -> Float:
    """Designated notional in minor units of the functional currency, at today's spot; NaN where a rate is missing.

    The far spot stands for all: a future's notional is its units at the spot price of what it is on.
    """
    count = found["relationship_id"].size
    functional = exponents(shard.sealed.functional(found["entity_id"]))
    spot, _ = at_spot(shard, instruments["risk_id"], instruments["entity_id"])
    size = np.where(instruments["is_cover"], np.abs(used.terms.notional) * spot, 0.0)
    value = cells.posted(size, functional[used.relationship])
    unknown = group_sums((~value.defined).astype(np.int64), used.relationship, count) > 0
    return np.where(unknown, np.nan, group_sums(value.minor, used.relationship, count))


def _actual_ratio(shard: Shard, found: Columns, items: Columns, instruments: Columns) -> Float:
    """Instrument units per item unit, as far as both are still there; NaN without an item."""
    look, ids = shard.sealed.lookup, found["relationship_id"]
    item_of, hedge_of = (np.searchsorted(ids, part["relationship_id"]) for part in (items, instruments))
    covered = np.where(instruments["is_cover"], np.abs(instruments["units_left"]), 0)
    item_units = look.base_exponents[look.position(found["risk_id"])]
    # Several instruments of one relationship may be on risks of different decimals: scale each to thousandths.
    fine = 10 ** (4 - look.base_exponents[look.position(instruments["risk_id"])])
    hedge = group_sums(covered * fine, hedge_of, ids.size)
    left = group_sums(np.abs(items["units_left"]), item_of, ids.size) * 10 ** (4 - item_units)
    return ratio(hedge, left)
