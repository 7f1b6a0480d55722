"""What the page of a relationship reads of its measurement: the last close, and last night's preview."""

from __future__ import annotations

from django.db.models import F, QuerySet

from hedges.models import (
    AssessmentDecision,
    CostOfHedgingResult,
    HedgeRelationshipVersion,
    MeasurementResult,
)
from treasury.enums import RunKind, RunStatus
from treasury.queries.rows import Row, listed, one

AMOUNTS = (
    "opening_fair_value", "fair_value_change", "carrying_amount", "settled_amount", "no_longer_designated_amount",
    "cumulative_change_instrument", "cumulative_change_hypothetical", "cumulative_recognised",
    "cumulative_ineffectiveness", "cumulative_reclassified", "cumulative_basis_adjusted", "loss_not_recovered",
    "reserve_balance",
    "excluded_in_profit_or_loss", "cost_recognised", "cost_amortised", "cost_released", "cost_lost",
    "cost_reserve_balance", "item_adjustment", "item_adjustment_amortised",
)  # fmt: skip
PATH = (
    "knot_dates", "knot_instrument_changes", "knot_hypothetical_changes", "knot_recognised", "knot_qualifying",
)  # fmt: skip
OTHERS = (
    "run_id", "status", "reasons", "life_stage", "accounting_from", "ended_on", "effectiveness_status",
    "decided_by_person", "is_qualifying", "functional_currency",
)  # fmt: skip
COSTS = (
    "element", "functional_currency", "term_from", "term_to", "cost_recognised", "cost_amortised", "cost_released",
    "cost_lost", "excluded_in_profit_or_loss", "run_id",
)  # fmt: skip


def _of(relationship_id: int) -> QuerySet:
    return MeasurementResult.objects.filter(relationship_id=relationship_id)


def last_close(relationship_id: int) -> Row | None:
    found = _of(relationship_id).filter(run__kind=RunKind.CLOSE, run__status=RunStatus.PUBLISHED)
    return one(
        found.order_by("-run__as_of_date", "-run_id").values(
            *AMOUNTS, *PATH, *OTHERS, as_of_date=F("run__as_of_date")
        )[:1]
    )


def of_run(relationship_id: int, run_id: int | None) -> Row | None:
    if run_id is None:
        return None
    return one(
        _of(relationship_id)
        .filter(run_id=run_id)
        .values(*AMOUNTS, *PATH, *OTHERS, as_of_date=F("run__as_of_date"))
    )


def costs(relationship_id: int, run_id: int | None) -> list[Row]:
    if run_id is None:
        return []
    found = CostOfHedgingResult.objects.filter(run_id=run_id, relationship_id=relationship_id)
    return listed(found.order_by("element").values(*COSTS))


def decisions(relationship_id: int) -> list[Row]:
    """What named persons decided about its tests, the newest first."""
    found = AssessmentDecision.objects.filter(relationship_id=relationship_id)
    return listed(
        found.order_by("-as_of_date", "-id").values(
            "subject", "as_of_date", "decided_status", "reason", "recorded_at", who=F("decided_by__username")
        )
    )


def framework(relationship_id: int) -> str | None:
    found = HedgeRelationshipVersion.objects.filter(relationship_id=relationship_id)
    return found.order_by("version_number").values_list("framework", flat=True).first()
