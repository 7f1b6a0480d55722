"""What hedge accounting has made and recorded, for those who may see its entity: what the API reads and writes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from hedges.models import (
    AccountingPeriod,
    AccountMapVersion,
    AssessmentDecision,
    AssessmentRecord,
    CostOfHedgingResult,
    HedgeRelationship,
    HedgeRelationshipVersion,
    InceptionFile,
    MeasurementResult,
)
from treasury.models import Entity
from treasury.queries import access
from treasury.queries.as_known import recorded_by, values_then
from treasury.queries.known import Point, applicable_in_order


def relationships(user: Any) -> QuerySet[HedgeRelationship]:
    return access.scoped(HedgeRelationship.objects.select_related("entity"), user)


def versions(user: Any) -> QuerySet[HedgeRelationshipVersion]:
    """Every version of every relationship, decided on or not."""
    return access.scoped(HedgeRelationshipVersion.objects.all(), user)


def files(file_ids: Iterable[int]) -> QuerySet[InceptionFile]:
    return InceptionFile.objects.filter(pk__in=list(file_ids))


def assessments(user: Any) -> QuerySet[AssessmentRecord]:
    """Tests at inception and on demand."""
    return access.scoped(AssessmentRecord.objects.all(), user, entity="version__entity")


def decisions(user: Any) -> QuerySet[AssessmentDecision]:
    """What named persons decided about tests and credit risk."""
    return access.scoped(AssessmentDecision.objects.all(), user, entity="relationship__entity")


def periods(user: Any) -> QuerySet[AccountingPeriod]:
    found = access.scoped(AccountingPeriod.objects.all(), user)
    return found.annotate(entry_count=Count("journal_entries"))


def period(entity: Entity, month: Any, known_at: datetime | None = None) -> AccountingPeriod | None:
    """The month where it was begun; `known_at`: by then, and as it was."""
    found = recorded_by(AccountingPeriod.objects.filter(entity=entity, period_start=month), known_at)
    posted = None if known_at is None else Q(journal_entries__recorded_at__lte=known_at)
    count = Count("journal_entries", filter=posted)
    row = found.select_related("closed_by").annotate(entry_count=count).first()
    if row is not None and known_at is not None:
        before = values_then(AccountingPeriod._meta.db_table, [row.pk], known_at).get(row.pk, {})
        for name in ("status", "run_id", "closed_at", "closed_by_id"):
            setattr(row, name, before.get(name, getattr(row, name)))
    return row


def maps_at_point(user: Any, point: Point) -> QuerySet[AccountMapVersion]:
    found = applicable_in_order(AccountMapVersion.objects.all(), parent="account_map", at=point)
    return access.scoped(found, user, entity="account_map__entity")


def map_versions(user: Any) -> QuerySet[AccountMapVersion]:
    return access.scoped(
        AccountMapVersion.objects.select_related("account_map"), user, entity="account_map__entity"
    )


def measurements(user: Any, run_id: int | None) -> QuerySet[MeasurementResult]:
    return _of_run(MeasurementResult, user, run_id)


def costs(user: Any, run_id: int | None) -> QuerySet[CostOfHedgingResult]:
    return _of_run(CostOfHedgingResult, user, run_id)


def visible_entity(user: Any, code: str) -> Entity | None:
    return access.visible_entities(user).filter(code=code).first()


def _of_run(family: Any, user: Any, run_id: int | None) -> Any:
    if run_id is None:
        return family._default_manager.none()
    return access.scoped(family._default_manager.filter(run_id=run_id), user)
