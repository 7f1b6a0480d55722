"""Criterion rows of effectiveness: value, limits and the room left, one row a criterion of a relationship."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedges.domain import cells
from hedges.domain.assessment.outcome import Outcome
from hedges.domain.assessment.result_rows import statuses
from hedges.domain.assessment.verdict import asked
from hedges.domain.cells import Rows
from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.columns import Criterion
from treasury.quant.numbers import Bool, Float, Mask
from treasury.queries import copy

TABLE = "hedges_effectivenesscriterionresult"


def criterion_rows(outcome: Outcome) -> Rows:
    """The three criteria, the two methods part by part, the scenarios; variance reduction decides nothing."""
    result, pack = outcome.result, outcome.pack
    count = outcome.found["relationship_id"].size
    three, none = np.full(count, outcome.is_ifrs), np.zeros(count, dtype=bool)
    # Matched terms support the relationship all the same; the measure is null either way.
    unsupported = np.full(count, int(Reason.NO_QUANTITATIVE_SUPPORT))
    backward, forward = asked(outcome.evidence, outcome.is_ifrs)
    by_offset = ~outcome.evidence.is_regression & backward & (not outcome.is_ifrs)

    def limit(name: str) -> float:
        return float(pack[name])

    economic, credit, ratio = (
        part.criteria[0].value for part in (result.economic, result.credit, result.hedge_ratio)
    )
    reduction = result.variance.variance_reduction_ratio
    parts = [
        _row(outcome, "economic_relationship", result.economic.status, unsupported, three, economic, 0.0),
        _row(
            outcome, "credit_risk", result.credit.status, result.credit.reasons, three, credit,
            upper=limit("credit_fail_ratio"),
        ),
        _row(
            outcome, "hedge_ratio", result.hedge_ratio.status, result.hedge_ratio.reasons, three, ratio,
            upper=limit("hedge_ratio_tolerance"),
        ),
        _row(
            outcome, "dollar_offset", result.offset.status, result.offset.reasons, by_offset, result.offset.last_ratio,
            limit("dollar_offset_lower"), limit("dollar_offset_upper"),
        ),
        _row(
            outcome, "variance_reduction", result.variance.status, result.variance.reasons, none, reduction,
            limit("variance_reduction_minimum"),
        ),
    ]  # fmt: skip
    prospective = _row(
        outcome,
        "prospective_dollar_offset",
        result.prospective.status,
        result.prospective.reasons,
        forward,
        result.prospective.worst_ratio,
        limit("dollar_offset_lower"),
        limit("dollar_offset_upper"),
    )
    return joined([*parts, prospective, *_regression_rows(outcome)])


def _regression_rows(outcome: Outcome) -> list[Rows]:
    pack, named = (
        outcome.pack,
        {criterion.name: criterion for criterion in outcome.result.regression.criteria},
    )
    decides = outcome.evidence.is_regression & (not outcome.is_ifrs)
    slope = np.minimum(
        _passed(named, "offset_slope_lower", "offset_slope_upper"), named["offset_slope_sign"].passed
    )
    few = np.where(
        named["observation_count"].passed == 1, 1, -1
    )  # too few points fail nothing, they leave it open
    significance = round(1.0 - float(pack["confidence_level"]), 12)
    return [
        _row(
            outcome,
            name,
            _status(passed),
            outcome.result.regression.reasons,
            decides,
            named[source].value,
            lower,
            upper,
        )
        for name, source, passed, lower, upper in (
            ("observation_count", "observation_count", few, float(pack["observation_minimum"]), None),
            (
                "offset_slope",
                "offset_slope_lower",
                slope,
                float(pack["slope_lower"]),
                float(pack["slope_upper"]),
            ),
            ("r_squared", "r_squared", named["r_squared"].passed, float(pack["r_squared_minimum"]), None),
            ("significance", "significance", named["significance"].passed, None, significance),
        )
    ]


def _passed(named: dict[str, Criterion], *names: str) -> NDArray[Any]:
    return np.min(np.stack([named[name].passed for name in names]), axis=0)


def _status(passed: ArrayLike) -> ArrayLike:
    """1 passed, 0 failed, −1 open."""
    verdict = np.asarray(passed)
    failed = np.where(verdict == 0, EffectivenessStatus.NOT_EFFECTIVE, EffectivenessStatus.EFFECTIVE)
    return np.where(verdict < 0, EffectivenessStatus.INCONCLUSIVE, failed)


def joined(parts: list[Rows]) -> Rows:
    """The rows of several parts, one after the other; no part: no rows."""
    return (
        {name: [cell for part in parts for cell in part[name]] for name in parts[0]}
        if parts
        else {"run_id": []}
    )


def _row(
    outcome: Outcome,
    name: str,
    status: ArrayLike,
    why: Mask,
    decides: Bool,
    value: Float,
    lower: float | None = None,
    upper: float | None = None,
) -> Rows:
    """`why`: the reasons of a value that is null."""
    count = value.size
    below = value - lower if lower is not None else np.full(count, np.inf)
    above = upper - value if upper is not None else np.full(count, np.inf)
    margin = np.where(np.isnan(value), np.nan, np.minimum(below, above))
    edges = [np.full(count, np.nan if edge is None else edge) for edge in (lower, upper)]
    return {
        "run_id": copy.repeated(outcome.shard.sealed.run_id, count),
        "entity_id": copy.whole(outcome.found["entity_id"]),
        "status": cells.status(~np.isnan(value), np.zeros(count, dtype=bool)),
        "reasons": cells.reasons(np.where(np.isnan(value), why, 0)),
        "relationship_id": copy.whole(outcome.found["relationship_id"]),
        "criterion": copy.repeated(name, count),
        "effectiveness_status": statuses(status),
        "is_deciding": copy.booleans(decides),
        "value": copy.floats(value),
        "lower_limit": copy.floats(edges[0]),
        "upper_limit": copy.floats(edges[1]),
        "margin": copy.floats(margin),
    }
