"""Calculation runs and their shards. A night is over the whole group, so that every reader sees it; a close is its
entity's."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from treasury.enums import RunKind
from treasury.models import CalculationRun, RunShard
from treasury.queries import access


def runs(user: Any) -> "QuerySet[CalculationRun]":
    """The nights, and the closes of the entities that the user may see."""
    own = access.visible_entities(user).values("code")
    return CalculationRun.objects.filter(Q(kind=RunKind.NIGHTLY) | Q(scope__in=own))


def shards(run_ids: Iterable[int]) -> "QuerySet[RunShard]":
    return RunShard.objects.filter(run__in=list(run_ids)).order_by("run", "step_number", "shard_number")
