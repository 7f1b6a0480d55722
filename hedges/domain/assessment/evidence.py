"""What the tests of relationships look at: weekly changes of both sides, credit, notional, the ratio that is left."""

import numpy as np

from hedges.domain import rounding
from hedges.domain.assessment.credit_triggers import mask, triggers
from hedges.domain.assessment.verdict import Evidence
from hedges.domain.levels import Used, instrument_levels, item_levels
from hedges.domain.observations import Changes, changes
from hedges.domain.sealed import Shard
from hedges.domain.spot_rates import at_spot
from hedges.enums import AssessmentMethod
from hedges.queries.relationship_columns import METHODS
from treasury.kernel.money import exponents
from treasury.quant.codes import Reason
from treasury.quant.numbers import Float, Int, ratio
from treasury.quant.sums import group_sums
from treasury.queries.copy import Columns

REGRESSION = METHODS.index(AssessmentMethod.REGRESSION)


def evidence_of(
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
        begins_today=found["accounting_from"] >= shard.today,
        ends_today=found["hedge_end_date"] <= shard.today,
        triggers=mask(triggers(shard, found, used)),
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
    stale_after = shard.sealed.limits(found["framework"], "stale_after_days")[used.relationship]
    spot, _ = at_spot(shard, instruments["risk_id"], instruments["entity_id"], stale_after)
    size = np.where(instruments["is_cover"], np.abs(used.terms.notional) * spot, 0.0)
    value = rounding.rounded(size, functional[used.relationship])
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
