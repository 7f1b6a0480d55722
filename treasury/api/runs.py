"""Calculation runs: which night, which revision, what it saw, how far it is."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api import rows
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.enums import RunKind, RunStatus, RunStep, ShardStatus
from treasury.models import CalculationRun
from treasury.queries import as_known, runs


class RunSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(RunKind.choices)
    scope = serializers.CharField()
    as_of_date = serializers.DateField()
    revision = serializers.IntegerField()
    status = serializers.ChoiceField(RunStatus.choices)
    status_reason = serializers.CharField()
    known_at = serializers.DateTimeField(allow_null=True, help_text="When its inputs were sealed.")
    recorded_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    requested_by = serializers.CharField(source="requested_by.username", allow_null=True)
    is_demo_history = serializers.BooleanField(source="event.is_demo_history")


class RunShardSerializer(serializers.Serializer):
    step = serializers.ChoiceField(RunStep.choices)
    step_number = serializers.IntegerField()
    shard_number = serializers.IntegerField()
    shard_count = serializers.IntegerField()
    status = serializers.ChoiceField(ShardStatus.choices)
    failure_count = serializers.IntegerField()
    row_count = serializers.IntegerField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class RunDetailSerializer(RunSerializer):
    code_version = serializers.CharField()
    library_versions = serializers.DictField(child=serializers.CharField())
    market_data_digest = serializers.CharField(source="market_data_snapshot.content_digest", allow_null=True)
    quote_count = serializers.IntegerField(source="market_data_snapshot.quote_count", allow_null=True)
    book_digest = serializers.CharField(source="book_snapshot.content_digest", allow_null=True)
    shards = RunShardSerializer(many=True)


class Runs(RecordedResource):
    """The nights and the closes of your entities, with their revisions, the newest first."""

    permission_classes = (OfEntities,)
    operation = "runs"
    moves = True
    dated = "as_of_date"
    tagged = CalculationRun
    serializer = RunSerializer
    detail_serializer = RunDetailSerializer
    descending = True
    parameters = (
        one_of("status", RunStatus, "Those in this state."),
        one_of("kind", RunKind, "Those of this kind."),
        Parameter("as_of_date", "Those of this business date.", "date", lookup="as_of_date"),
        *dates("as_of_date", "Those of a night"),
        Parameter("scope", "GROUP, or the code of the entity that a close is of.", lookup="scope"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return runs.runs(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if self.detail:
            found[0]["shards"] = rows.read(RunShardSerializer, runs.shards([found[0]["id"]]))

    def filtered(self, found: "QuerySet[Any]", scope: Scope, values: dict[str, Any]) -> "QuerySet[Any]":
        if scope.known_at is None or "status" not in values:
            return super().filtered(found, scope, values)
        at = values.pop("status")
        return super().filtered(runs.in_status(found, at, scope.known_at), scope, values)

    def as_then(self, found: list[Row], scope: Scope) -> None:
        """What had happened by then, step by step; the reason of the status is that of today, and left out."""
        if scope.known_at is None or not found:
            return
        last = as_known.last_steps([row["id"] for row in found])
        for row in found:
            if last.get(row["id"], row["recorded_at"]) > scope.known_at:
                for time in ("known_at", "started_at", "published_at", "finished_at"):
                    row[time] = row[time] if row[time] and row[time] <= scope.known_at else None
                row |= {"status": _status_then(row), "status_reason": ""}


def _status_then(row: Row) -> str:
    """Of a run that has gone further since."""
    if row["published_at"]:
        return RunStatus.PUBLISHED
    return RunStatus.RUNNING if row["started_at"] else RunStatus.PENDING
