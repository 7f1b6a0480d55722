"""The accounting periods of entities: which are closed, by which run, by whom, with how many entries."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Max, QuerySet

from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod
from treasury.models import Entity
from treasury.queries.rows import Row, one

FIELDS = ("id", "entity_id", "period_start", "status", "closed_at", "run_id", "entry_count")


def periods(entity_ids: list[int]) -> QuerySet:
    """The newest first."""
    found = AccountingPeriod.objects.filter(entity_id__in=entity_ids).annotate(
        entry_count=Count("journal_entries")
    )
    return found.order_by("-period_start", "entity__code").values(
        *FIELDS, entity_code=F("entity__code"), closed_by_name=F("closed_by__username")
    )


def last_closed_of(entity_ids: list[int]) -> dict[int, date]:
    """By entity the first day of its newest closed month."""
    closed = AccountingPeriod.objects.filter(entity_id__in=entity_ids, status=PeriodStatus.CLOSED)
    return dict(closed.order_by().values_list("entity_id").annotate(last=Max("period_start")))


def period(entity: Entity, month: date) -> AccountingPeriod | None:
    return AccountingPeriod.objects.select_related("run").filter(entity=entity, period_start=month).first()


def of_entity(entity: Entity) -> QuerySet[AccountingPeriod]:
    return AccountingPeriod.objects.filter(entity=entity).order_by("period_start")


def last_closed(entity_id: int) -> Row | None:
    """The newest closed month of an entity."""
    closed = AccountingPeriod.objects.filter(entity_id=entity_id, status=PeriodStatus.CLOSED)
    return one(closed.order_by("-period_start").values("id", "period_start", "closed_at", "run_id"))
