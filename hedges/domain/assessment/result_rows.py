"""Result rows of effectiveness: one a relationship, and one a criterion of it."""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from hedges.domain import cells
from hedges.domain.assessment.outcome import Outcome
from hedges.domain.cells import Rows
from hedges.enums import HedgeType
from hedges.queries.relationship_columns import HEDGE_TYPES, METHODS
from treasury.kernel.money import exponents
from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.numbers import Bool, Float, Int, Mask, where_reason
from treasury.queries import copy

TABLE = "hedges_effectivenessresult"
ECONOMIC = HEDGE_TYPES.index(HedgeType.ECONOMIC)
STATISTICS = (
    "slope", "offset_slope", "intercept", "r_squared", "slope_standard_error", "intercept_standard_error",
    "residual_standard_deviation", "t_statistic", "f_statistic", "p_value", "slope_confidence_lower",
    "slope_confidence_upper", "durbin_watson", "t_statistic_unit_slope", "largest_leverage",
)  # fmt: skip
#: Reasons that warn and fail nothing by themselves.
WARNINGS = int(Reason.METHOD_WARNING | Reason.CREDIT_WATCH | Reason.VARIANCE_REDUCTION_LOW)


def result_rows(outcome: Outcome) -> Rows:
    """One row a relationship. Intercept and residual deviation come back from minor to major units."""
    found, result, seen = outcome.found, outcome.result, outcome.evidence.changes
    moved = outcome.scenarios
    count = found["relationship_id"].size
    functional = outcome.shard.sealed.functional(found["entity_id"])
    units = exponents(functional)
    weeks = int(outcome.pack["observation_count"])
    scale = np.power(10.0, units[:, None])
    since = (result.offset.observation_count > 0) & (outcome.evidence.blind == 0)
    notional = outcome.evidence.notional
    hedge = (np.where(seen.designated, seen.instrument, 0).sum(axis=1) + seen.opening_instrument) * since
    item = (np.where(seen.designated, seen.item, 0).sum(axis=1) + seen.opening_item) * since
    statistics = {name: getattr(result.statistics, name) for name in STATISTICS}
    for name in ("intercept", "intercept_standard_error", "residual_standard_deviation"):
        statistics[name] = statistics[name] / scale[:, 0]
    why, warnings = _reasons(outcome)
    left_out = seen.observed.shape[1] - weeks
    return {
        "run_id": copy.repeated(outcome.shard.sealed.run_id, count),
        "entity_id": copy.whole(found["entity_id"]),
        "status": cells.status(
            since & ~np.isnan(statistics["slope"]), since | ~np.isnan(statistics["slope"])
        ),
        "reasons": cells.reasons(why),
        "warnings": cells.reasons(warnings),
        "relationship_id": copy.whole(found["relationship_id"]),
        "relationship_version_id": copy.whole(found["version_id"]),
        "framework": copy.repeated(outcome.pack["framework"], count),
        "assessment_method": [METHODS[method] for method in found["method"].tolist()],
        "functional_currency": functional,
        "effectiveness_status": statuses(_overall(outcome)),
        "economic_relationship_status": statuses(result.economic.status),
        "credit_risk_status": statuses(result.credit.status),
        "hedge_ratio_status": statuses(result.hedge_ratio.status),
        "dollar_offset_status": statuses(result.offset.status),
        "regression_status": statuses(result.regression.status),
        "rule_pack_id": copy.repeated(outcome.pack["id"], count),
        "designated_notional_amount": cells.rounded(notional / scale[:, 0], units).texts,
        "cumulative_change_instrument": cells.exact(hedge, units, since).texts,
        "cumulative_change_hypothetical": cells.exact(-item, units, since).texts,
        "cumulative_ratio": copy.floats(np.where(since, result.offset.last_ratio, np.nan)),
        "period_ratio": copy.floats(np.where(since, result.offset.period_ratios[:, -1], np.nan)),
        **{name: copy.floats(values) for name, values in statistics.items()},
        "observation_count": copy.whole(result.statistics.observation_count),
        "variance_reduction_ratio": copy.floats(result.variance.variance_reduction_ratio),
        "actual_hedge_ratio": copy.floats(outcome.evidence.actual_ratio),
        "credit_ratio": copy.floats(result.dominance.credit_ratio),
        "observation_dates": copy.repeated(_dates(outcome.dates[1 + left_out :]), count),
        "designated_observation_from": copy.whole(np.maximum(seen.designated_from - left_out, 0)),
        "instrument_changes": copy.float_arrays(_major(seen.instrument, seen.observed, scale)[:, left_out:]),
        "item_changes": copy.float_arrays(_major(seen.item, seen.observed, scale)[:, left_out:]),
        "scenario_instrument_changes": copy.float_arrays(_major(moved.instrument, moved.known, scale)),
        "scenario_item_changes": copy.float_arrays(_major(moved.item, moved.known, scale)),
    }


def _overall(outcome: Outcome) -> Int:
    """An economic hedge has no status under hedge accounting: its numbers stand, its status is NOT_TESTED."""
    economic = outcome.found["hedge_type"] == ECONOMIC
    return np.where(economic, EffectivenessStatus.NOT_TESTED, outcome.result.overall.status)


def _reasons(outcome: Outcome) -> tuple[Mask, Mask]:
    """What led to the status, and what only warns.

    Under IFRS 9 the misses of both methods warn; elsewhere those of the method that is computed beside the documented
    one, and a criterion that is not met or not decided, since the documented method and the scenarios decide there.
    """
    result = outcome.result
    why = result.overall.reasons | outcome.evidence.blind
    method = np.where(outcome.evidence.is_regression, result.regression.reasons, result.offset.reasons)
    blind = outcome.evidence.blind
    warns = WARNINGS | np.where(outcome.is_ifrs, method & ~blind, 0)
    others = result.economic.reasons | result.credit.reasons | result.hedge_ratio.reasons
    every = why | others | result.variance.reasons & int(Reason.VARIANCE_REDUCTION_LOW)
    # Old quotes, and those that made no curve, are there: what cannot be worked out is not missing as well.
    there = np.isin(blind, (int(Reason.STALE_DATA), int(Reason.CURVE_NOT_BUILT)))
    every = np.where(there, every & ~int(Reason.MISSING_DATA), every)
    decided = every & ~warns if outcome.is_ifrs else why & ~WARNINGS
    return decided, every & warns | _shadows(outcome)


def _shadows(outcome: Outcome) -> Mask:
    """Warnings that no deciding test gives: a miss of the other method, an open criterion where none decides."""
    result = outcome.result
    other = np.where(outcome.evidence.is_regression, result.offset.status, result.regression.status)
    missed = where_reason(other == EffectivenessStatus.NOT_EFFECTIVE, Reason.OTHER_METHOD_MISSED)
    if outcome.is_ifrs:
        prospective = result.prospective.status == EffectivenessStatus.NOT_EFFECTIVE
        return missed | where_reason(prospective, Reason.PROSPECTIVE_MISSED)
    criteria = np.stack([result.economic.status, result.credit.status, result.hedge_ratio.status])
    failed = np.stack(
        [
            where_reason(criteria[i] == EffectivenessStatus.NOT_EFFECTIVE, reason)
            for i, reason in enumerate(
                (Reason.ECONOMIC_RELATIONSHIP_FAILED, Reason.CREDIT_RISK_FAILED, Reason.HEDGE_RATIO_FAILED)
            )
        ]
    )
    undecided = where_reason(
        (criteria == EffectivenessStatus.INCONCLUSIVE).any(axis=0), Reason.CRITERION_UNDECIDED
    )
    return missed | undecided | np.bitwise_or.reduce(failed, axis=0)


def statuses(codes: ArrayLike) -> list[str]:
    return [EffectivenessStatus(code).name for code in np.asarray(codes).tolist()]


def _dates(ordinals: Int) -> str:
    return "{" + ",".join(date.fromordinal(day).isoformat() for day in ordinals.tolist()) + "}"


def _major(minor: Int, observed: Bool, scale: Float) -> Float:
    return np.where(observed, minor / scale, np.nan)
