"""Statuses of relationships with the room left on each criterion and what would flip them; decisions of persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from hedges.enums import DecisionSubject
from hedges.models import (
    AssessmentDecision,
    AssessmentRecord,
    EffectivenessCriterionResult,
    EffectivenessResult,
)
from treasury.quant.effectiveness.flips import flips
from treasury.queries.rows import Row, listed

_STATUS = (
    "relationship_id", "relationship_version_id", "framework", "assessment_method", "effectiveness_status", "reasons",
    "warnings", "economic_relationship_status", "credit_risk_status", "hedge_ratio_status", "dollar_offset_status",
    "regression_status", "cumulative_ratio", "offset_slope", "r_squared", "credit_ratio", "actual_hedge_ratio",
)  # fmt: skip
_CRITERION = (
    "relationship_id", "criterion", "effectiveness_status", "is_deciding", "value", "lower_limit", "upper_limit",
    "margin",
)  # fmt: skip
_DECISION = ("id", "relationship_id", "subject", "as_of_date", "decided_status", "reason", "recorded_at")


def statuses(
    run_id: int, *, entity_ids: Iterable[int] | None = None, relationship_ids: Iterable[int] | None = None
) -> list[Row]:
    """Of a run's relationships the statuses, each with `criteria` and `flips`; two statements, however many they are.

    `flips`: for each criterion the margin, the value at which its status changes, and the relationship's status then.
    """
    where: dict[str, Any] = {"run_id": run_id}
    if entity_ids is not None:
        where["entity_id__in"] = list(entity_ids)
    if relationship_ids is not None:
        where["relationship_id__in"] = list(relationship_ids)
    criteria: dict[int, list[Row]] = defaultdict(list)
    for row in listed(
        EffectivenessCriterionResult.objects.filter(**where)
        .order_by("relationship_id", "criterion")
        .values(*_CRITERION)
    ):
        criteria[row["relationship_id"]].append(row)
    results = EffectivenessResult.objects.filter(**where).order_by("relationship__code")
    found = listed(results.values(*_STATUS, code=F("relationship__code")))
    for row in found:
        row["criteria"] = criteria[row["relationship_id"]]
        row["flips"] = flips(row["effectiveness_status"], row["criteria"])
    return found


def decisions(
    *,
    as_of_date: date | None = None,
    relationship_ids: Iterable[int] | None = None,
    entity_id: int | None = None,
    subject: DecisionSubject | None = None,
    known_at: datetime | None = None,
) -> list[Row]:
    """The decision that counts for each relationship, subject and day: the newest that is known at the time."""
    found: QuerySet[AssessmentDecision] = AssessmentDecision.objects.all()
    ids = None if relationship_ids is None else list(relationship_ids)
    wanted = {
        "as_of_date": as_of_date, "relationship_id__in": ids, "relationship__entity_id": entity_id,
        "subject": subject, "recorded_at__lte": known_at,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    newest = found.order_by("relationship_id", "subject", "as_of_date", "-id").distinct(
        "relationship_id", "subject", "as_of_date"
    )
    return listed(
        newest.values(*_DECISION, code=F("relationship__code"), decided_by_name=F("decided_by__username"))
    )


def records(relationship_id: int) -> list[Row]:
    """The tests on record of one relationship, the newest first."""
    found = AssessmentRecord.objects.filter(version__relationship_id=relationship_id).order_by("-id")
    return listed(
        found.values(
            "id", "version_id", "occasion", "as_of_date", "effectiveness_status", "numbers", "critical_terms",
            "hypothetical", "recorded_at", "content_digest", "market_data_snapshot_id",
            by_name=F("event__actor__username"),
        )
    )  # fmt: skip
