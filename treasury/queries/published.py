"""Which run a page reads: the newest published night, or the one that was published then, or the run asked for."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun
from treasury.queries.rows import Row, one

FIELDS = (
    "id",
    "as_of_date",
    "revision",
    "status",
    "status_reason",
    "known_at",
    "published_at",
    "scope",
    "kind",
)


def published_run(
    *, as_of: date | None = None, known_at: datetime | None = None, run_id: int | None = None
) -> Row | None:
    if run_id is not None:
        return one(CalculationRun.objects.filter(pk=run_id).values(*FIELDS))
    runs = _nights().order_by("-as_of_date", "-revision")
    if as_of is not None:
        runs = runs.filter(as_of_date__lte=as_of)
    if known_at is not None:
        runs = runs.filter(status__in=[RunStatus.PUBLISHED, RunStatus.SUPERSEDED], published_at__lte=known_at)
    else:
        runs = runs.filter(status=RunStatus.PUBLISHED)
    return one(runs.values(*FIELDS))


def nights(*, until: date, known_at: datetime | None = None) -> QuerySet:
    """The published run of each date up to one, as a subquery of their ids; with `known_at` as they stood then."""
    runs = _nights().filter(as_of_date__lte=until)
    if known_at is None:
        return runs.filter(status=RunStatus.PUBLISHED).values("pk")
    stood = runs.filter(status__in=[RunStatus.PUBLISHED, RunStatus.SUPERSEDED], published_at__lte=known_at)
    return stood.order_by("scope", "as_of_date", "-revision").distinct("scope", "as_of_date").values("pk")


def last_run() -> Row | None:
    """The newest night of any status."""
    return one(_nights().order_by("-id").values(*FIELDS, "started_at", "finished_at"))


def _nights() -> QuerySet[CalculationRun]:
    """A close is over one entity and its own steps: no page reads it unasked."""
    return CalculationRun.objects.filter(kind=RunKind.NIGHTLY)
