"""Calculation runs and their shards. A run is over the whole group, so that every reader sees it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from treasury.models import CalculationRun, RunShard


def runs() -> "QuerySet[CalculationRun]":
    return CalculationRun.objects.all()


def shards(run_ids: Iterable[int]) -> "QuerySet[RunShard]":
    return RunShard.objects.filter(run__in=list(run_ids)).order_by("run", "step_number", "shard_number")
