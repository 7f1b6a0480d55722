"""Bulk jobs as their sender sees them, at the entities that it sees now."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from exposures.models import BulkJob
from exposures.models.bulk import CORRECTIONS, IMPORT_STEPS
from treasury.queries import access, as_known
from treasury.queries.rows import Row, one


def jobs(user: Any) -> "QuerySet[BulkJob]":
    """Those that the user has asked for; one that may write where the caller sees nothing is not there."""
    seen = list(access.visible_entities(user).values_list("pk", flat=True))
    mine = BulkJob.objects.filter(event__actor=user, entity_ids__contained_by=seen)
    return mine.exclude(
        resource=CORRECTIONS
    )  # these are no rows: `entities/{key}/corrections/` has what they find


def status_then(job: BulkJob, known_at: datetime | None) -> str:
    """How far it was at the time; without one, how far it is."""
    if known_at is None:
        return str(job.status)
    then = as_known.values_then(BulkJob._meta.db_table, [job.pk], known_at).get(job.pk, {})
    return str(then.get("status", job.status))


def step_of(import_id: int) -> Row | None:
    """The newest step of the import that the worker was asked for, whoever asked."""
    found = BulkJob.objects.filter(exposure_import=import_id, resource=IMPORT_STEPS).order_by("-id")
    return one(
        found.values("id", "settings", "status", "status_reason", "row_count", "rows_checked", "recorded_at",
                     actor_name=F("event__actor__username"))
    )  # fmt: skip
