"""The horizon profile: exposure and cover by bucket of months ahead, against the band that policy has for it."""

import numpy as np

from hedges.domain.terms import KIND
from hedges.enums import HORIZON_KINDS, HORIZON_MONTHS, InstrumentKind
from treasury.kernel.clock import add_months
from treasury.nightly.steps import cells
from treasury.nightly.steps.context import Rows, Shard
from treasury.nightly.steps.positions import Positions, positions
from treasury.quant.codes import Reason
from treasury.quant.numbers import Bool, Float, Int, where_reason
from treasury.quant.ratios.horizon_profile import horizon_profile
from treasury.quant.sums import group_sums
from treasury.queries import copy
from treasury.queries.columns import bands

TABLE = "hedges_horizonbucketresult"
BUCKETS = len(HORIZON_MONTHS)


def compute(shard: Shard) -> dict[str, Rows]:
    """Eight buckets of every entity and risk with a position, of the entities of one shard."""
    found = positions(shard)
    groups = found.group_count
    edges = np.array([add_months(shard.sealed.as_of_date, months).toordinal() for months in HORIZON_MONTHS])
    sums = _exposure_sums(found, edges)
    hedges = {name: _hedge_sum(found, edges, kinds) for name, kinds in HORIZON_KINDS.items()}
    cover = np.sum(list(hedges.values()), axis=0) if groups else np.zeros((0, BUCKETS), dtype=np.int64)
    lower, target, upper = _bands(shard, found)
    profile = horizon_profile(sums["inflow_amount"], sums["outflow_amount"], cover, lower, target, upper)
    look = shard.sealed.lookup
    risk = np.repeat(look.position(found.risk_id), BUCKETS)
    units = look.base_exponents[risk]
    has_band = ~np.isnan(lower)
    why = profile.reasons | where_reason(~has_band, Reason.NO_BAND)
    defined = ~np.isnan(profile.coverage_ratio)
    declines = np.repeat(profile.coverage_declines, BUCKETS)
    amounts = {**sums, **hedges, "hedge_amount": cover, "net_exposure_amount": profile.net_exposure_amount}
    amounts["net_open_amount"] = profile.net_open_amount
    to_hedge = {
        "min_to_hedge_amount": profile.min_to_hedge_amount,
        "target_to_hedge_amount": profile.target_to_hedge_amount,
        "max_to_hedge_amount": profile.max_to_hedge_amount,
    }
    months_to = np.tile(np.append(HORIZON_MONTHS[1:], 0), groups)
    count = sums.pop("position_count")
    amounts.pop("position_count")
    return {
        TABLE: {
            "run_id": copy.repeated(shard.sealed.run_id, groups * BUCKETS),
            "entity_id": copy.whole(np.repeat(found.entity_id, BUCKETS)),
            "risk_id": copy.whole(np.repeat(found.risk_id, BUCKETS)),
            "status": cells.status((defined & has_band).ravel(), np.ones(groups * BUCKETS, dtype=bool)),
            "reasons": cells.reasons(why.ravel()),
            "month_from": copy.whole(np.tile(HORIZON_MONTHS, groups)),
            "month_to": copy.whole(months_to, months_to > 0),
            "amount_unit": [look.base_units[place] for place in risk.tolist()],
            "position_count": copy.whole(count.ravel()),
            **{name: cells.exact(values.ravel(), units).texts for name, values in amounts.items()},
            **{name: cells.exact(v.ravel(), units, has_band.ravel()).texts for name, v in to_hedge.items()},
            "coverage_ratio": copy.floats(profile.coverage_ratio.ravel()),
            "cumulative_coverage_ratio": copy.floats(profile.cumulative_coverage_ratio.ravel()),
            "lower_ratio": copy.floats(lower.ravel()),
            "target_ratio": copy.floats(target.ravel()),
            "upper_ratio": copy.floats(upper.ravel()),
            "flags": cells.flags(profile.flags.ravel()),
            "coverage_declines": copy.booleans(declines == 1, declines >= 0),
        }
    }


def _cell(group: Int, date: Int, edges: Int) -> Int:
    """Group × bucket of each row; the first bucket begins on the as-of date."""
    return group * BUCKETS + np.searchsorted(edges, date, side="right") - 1


def _exposure_sums(found: Positions, edges: Int) -> dict[str, Int]:
    rows = found.exposures
    cell = _cell(found.exposure_group, rows["expected_date"], edges)
    return {
        "inflow_amount": _sums(rows["amount"], rows["amount"] > 0, cell, found.group_count),
        "outflow_amount": _sums(rows["amount"], rows["amount"] < 0, cell, found.group_count),
        "forecast_amount": _sums(rows["amount"], ~rows["is_firm"], cell, found.group_count),
        "firm_amount": _sums(rows["amount"], rows["is_firm"], cell, found.group_count),
        "position_count": _sums(np.ones_like(rows["amount"]), rows["amount"] != 0, cell, found.group_count),
    }


def _hedge_sum(found: Positions, edges: Int, kinds: tuple[InstrumentKind, ...]) -> Int:
    rows = found.hedges
    cell = _cell(found.hedge_group, rows["settlement_date"], edges)
    return _sums(
        rows["notional"], np.isin(rows["kind"], [KIND[kind] for kind in kinds]), cell, found.group_count
    )


def _sums(amounts: Int, which: Bool, cell: Int, groups: int) -> Int:
    return group_sums(amounts[which], cell[which], groups * BUCKETS).reshape(groups, BUCKETS)


def _bands(shard: Shard, found: Positions) -> tuple[Float, Float, Float]:
    """Lower, target and upper ratio by group and bucket, of the band that holds its first month; NaN without."""
    rows = bands(
        shard.sealed.as_of_date, shard.sealed.known_at, shard_number=shard.number, shard_count=shard.count
    )
    result = np.full((3, found.group_count, BUCKETS), np.nan)
    place = {
        pair: n for n, pair in enumerate(zip(found.entity_id.tolist(), found.risk_id.tolist(), strict=True))
    }
    pairs = zip(rows["entity_id"].tolist(), rows["risk_id"].tolist(), strict=True)
    group = np.array([place.get(pair, -1) for pair in pairs], dtype=np.int64)
    months = np.array(HORIZON_MONTHS)
    inside = (
        (rows["month_from"][:, None] <= months) & (months < rows["month_to"][:, None]) & (group >= 0)[:, None]
    )
    row, bucket = np.nonzero(inside)
    for number, name in enumerate(("lower_ratio", "target_ratio", "upper_ratio")):
        result[number, group[row], bucket] = rows[name][row]
    return result[0], result[1], result[2]
