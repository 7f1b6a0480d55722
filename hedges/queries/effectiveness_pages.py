"""What the pages about effectiveness read: stored results of one run, and of the published runs before it."""

from __future__ import annotations

from django.db.models import Case, Count, F, QuerySet, Value, When

from hedges.enums import EffectivenessStatus
from hedges.models import EffectivenessResult
from treasury.models import RulePack
from treasury.queries.rows import Row, listed, one

FIGURES = (
    "slope", "offset_slope", "intercept", "r_squared", "slope_standard_error", "intercept_standard_error",
    "residual_standard_deviation", "t_statistic", "f_statistic", "p_value", "slope_confidence_lower",
    "slope_confidence_upper", "durbin_watson", "t_statistic_unit_slope", "largest_leverage", "observation_count",
    "variance_reduction_ratio", "actual_hedge_ratio", "credit_ratio", "cumulative_ratio", "period_ratio",
)  # fmt: skip

# What failed comes first, then what could not be decided.
GRAVITY = Case(
    When(effectiveness_status=EffectivenessStatus.NOT_EFFECTIVE, then=Value(0)),
    When(effectiveness_status=EffectivenessStatus.INCONCLUSIVE, then=Value(1)),
    When(effectiveness_status=EffectivenessStatus.EFFECTIVE, then=Value(2)),
    default=Value(3),
)


def results(run_id: int, entity_ids: list[int], status: str = "") -> QuerySet:
    found = EffectivenessResult.objects.filter(run_id=run_id, entity_id__in=entity_ids)
    if status:
        found = found.filter(effectiveness_status=status)
    return found.annotate(gravity=GRAVITY).values(
        "gravity", "relationship_id", "effectiveness_status", "dollar_offset_status", "regression_status",
        "assessment_method", "framework", "cumulative_ratio", "offset_slope", "r_squared", "observation_count",
        "reasons", "warnings",
        code=F("relationship__code"), entity_code=F("entity__code"), risk_code=F("relationship_version__risk__code"),
    )  # fmt: skip


def result(run_id: int, relationship_id: int, entity_ids: list[int]) -> Row | None:
    return one(
        EffectivenessResult.objects.filter(
            run_id=run_id, relationship_id=relationship_id, entity_id__in=entity_ids
        ).values(
            *FIGURES,
            "status",
            "reasons",
            "warnings",
            "framework",
            "assessment_method",
            "functional_currency",
            "effectiveness_status",
            "economic_relationship_status",
            "credit_risk_status",
            "hedge_ratio_status",
            "dollar_offset_status",
            "regression_status",
            "rule_pack_id",
            "designated_notional_amount",
            "cumulative_change_instrument",
            "cumulative_change_hypothetical",
            "observation_dates",
            "designated_observation_from",
            "instrument_changes",
            "item_changes",
            "relationship_id",
            code=F("relationship__code"),
            entity_code=F("entity__code"),
        )
    )


def rule_pack(rule_pack_id: int) -> Row | None:
    return one(RulePack.objects.filter(pk=rule_pack_id).values())


def history(relationship_id: int, *, nights: QuerySet) -> list[Row]:
    """The relationship over the published nights: one read, whatever their number."""
    return listed(
        EffectivenessResult.objects.filter(run_id__in=nights, relationship_id=relationship_id)
        .order_by("run__as_of_date")
        .values(
            "effectiveness_status",
            "cumulative_ratio",
            "offset_slope",
            "r_squared",
            "observation_count",
            "reasons",
            "run_id",
            day=F("run__as_of_date"),
        )
    )


def counts(run_id: int | None, entity_ids: list[int]) -> dict[str, int]:
    if run_id is None:
        return {}
    rows = (
        EffectivenessResult.objects.filter(run_id=run_id, entity_id__in=entity_ids)
        .order_by()
        .values("effectiveness_status")
        .annotate(number=Count("relationship_id"))
    )
    return {row["effectiveness_status"]: row["number"] for row in rows}
