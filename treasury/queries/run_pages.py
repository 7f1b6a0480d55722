"""What the pages about runs read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from treasury.enums import RunStatus, RunStep, ShardStatus
from treasury.models import CalculationRun, RunShard
from treasury.queries import runs as visible
from treasury.queries.rows import Row, listed, one

OPEN = (RunStatus.PENDING, RunStatus.WAITING, RunStatus.RUNNING)
LIST = (
    "id", "kind", "as_of_date", "revision", "status", "status_reason", "scope", "recorded_at", "started_at",
    "published_at", "finished_at", "requested_by__username", "event__reason", "shards_all", "shards_done", "failures",
)  # fmt: skip


def runs(user: Any) -> QuerySet:
    """Those that the user may see, as in the API."""
    return (
        visible.runs(user)
        .annotate(
            shards_all=Count("shards"),
            shards_done=Count("shards", filter=Q(shards__status=ShardStatus.DONE)),
            failures=Sum("shards__failure_count"),
            took=Coalesce("finished_at", "published_at") - F("started_at"),
        )
        .values(*LIST)
    )


def run(run_id: int, user: Any) -> Row | None:
    return one(
        visible.runs(user)
        .filter(pk=run_id)
        .values(
            *(name for name in LIST if name not in ("shards_all", "shards_done", "failures")),
            "known_at",
            "code_version",
            "library_versions",
            "event__is_demo_history",
            "market_data_snapshot__content_digest",
            "market_data_snapshot__quote_count",
            "book_snapshot__content_digest",
            "book_snapshot__exposure_count",
            "book_snapshot__instrument_count",
            "book_snapshot__relationship_count",
        )
    )


def published_before(found: Row) -> Row | None:
    """The run of its kind that was published last before this one was asked for: what it is compared with."""
    return one(
        CalculationRun.objects.filter(
            kind=found["kind"],
            scope=found["scope"],
            status__in=(RunStatus.PUBLISHED, RunStatus.SUPERSEDED),
            published_at__lte=found["recorded_at"],
        )
        .order_by("-published_at", "-id")
        .values(
            "id",
            "as_of_date",
            "revision",
            "kind",
            "scope",
            "started_at",
            "published_at",
            "market_data_snapshot__quote_count",
            "book_snapshot__exposure_count",
            "book_snapshot__instrument_count",
            "book_snapshot__relationship_count",
            failures=Subquery(
                RunShard.objects.filter(run=OuterRef("pk"))
                .order_by()
                .values("run")
                .annotate(n=Sum("failure_count"))
                .values("n")
            ),
        )
    )


def shards(run_id: int) -> list[Row]:
    return listed(
        RunShard.objects.filter(run_id=run_id)
        .order_by("step_number", "shard_number")
        .values(
            "step",
            "step_number",
            "shard_number",
            "shard_count",
            "status",
            "epoch",
            "failure_count",
            "failure_cause",
            "row_count",
            "started_at",
            "finished_at",
        )
    )


def steps(rows: list[Row]) -> list[Row]:
    """The shards of a run, summed by step."""
    found: dict[str, Row] = {}
    for shard in rows:
        step = found.setdefault(
            shard["step"],
            {
                "step": RunStep(shard["step"]).label, "shards_all": 0, "shards_done": 0, "rows": 0, "failures": 0,
                "started_at": None, "finished_at": None,
            },
        )  # fmt: skip
        step["shards_all"] += 1
        step["shards_done"] += shard["status"] == ShardStatus.DONE
        step["rows"] += shard["row_count"] or 0
        step["failures"] += shard["failure_count"]
        step["started_at"] = _first(min, step["started_at"], shard["started_at"])
        step["finished_at"] = _first(max, step["finished_at"], shard["finished_at"])
    return [step | {"seconds": _seconds(step)} for step in found.values()]


def _first(pick: Callable[[list[Any]], Any], *values: Any) -> Any:
    known = [value for value in values if value is not None]
    return pick(known) if known else None


def _seconds(step: Row) -> float | None:
    done = step["shards_done"] == step["shards_all"] and step["started_at"] and step["finished_at"]
    return (step["finished_at"] - step["started_at"]).total_seconds() if done else None
