"""Calculation runs and their shards. A night is over the whole group, so that every reader sees it; a close is its
entity's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When

from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun, Commit, RunShard
from treasury.queries import access


def runs(user: Any) -> "QuerySet[CalculationRun]":
    """The nights, and the closes of the entities that the user may see."""
    own = access.visible_entities(user).values("code")
    return CalculationRun.objects.filter(Q(kind=RunKind.NIGHTLY) | Q(scope__in=own))


def shards(run_ids: Iterable[int]) -> "QuerySet[RunShard]":
    return RunShard.objects.filter(run__in=list(run_ids)).order_by("run", "step_number", "shard_number")


def in_status(
    found: "QuerySet[CalculationRun]", status: str, known_at: datetime
) -> "QuerySet[CalculationRun]":
    """Those that were in this state at the time: as they are, or, gone further since, by the times of their steps."""
    steps = Commit.objects.filter(run=OuterRef("pk")).order_by().values("run").annotate(at=Max("recorded_at"))
    then = Case(
        When(Q(last_step=None) | Q(last_step__lte=known_at), then=F("status")),
        When(published_at__lte=known_at, then=Value(RunStatus.PUBLISHED)),
        When(started_at__lte=known_at, then=Value(RunStatus.RUNNING)),
        default=Value(RunStatus.PENDING),
    )
    return found.annotate(last_step=Subquery(steps.values("at"))).alias(then=then).filter(then=status)
