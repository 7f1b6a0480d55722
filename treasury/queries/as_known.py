"""State rows as they stood at a time: what a logged change has replaced since then is put back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Max, Model, OuterRef, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from treasury.models import AuditChange, Commit

M = TypeVar("M", bound=Model)


def recorded_by(found: QuerySet[M], known_at: datetime | None) -> QuerySet[M]:
    return found if known_at is None else found.filter(recorded_at__lte=known_at)


def values_then(table: str, keys: Collection[int], known_at: datetime) -> dict[int, dict[str, Any]]:
    """By row the columns that it had at the time, of those rows that have changed since; one query."""
    later = AuditChange.objects.filter(
        table_name=table, row_id__in=list(keys), event__recorded_at__gt=known_at
    ).order_by("row_id", "id")
    return dict(later.distinct("row_id").values_list("row_id", "old_values"))


def column_then(model: type[Model], column: str, known_at: datetime) -> Coalesce:
    """A text column of a state row as it was at the time, for a filter."""
    later = AuditChange.objects.filter(
        table_name=model._meta.db_table, row_id=OuterRef("pk"), event__recorded_at__gt=known_at
    )
    old = later.order_by("id").values_list(KeyTextTransform(column, "old_values"))[:1]
    return Coalesce(Subquery(old, output_field=TextField()), Cast(column, TextField()))


def last_steps(run_ids: Collection[int]) -> dict[int, datetime]:
    """When the status of each run changed last."""
    steps = Commit.objects.filter(run__in=list(run_ids)).values("run").annotate(at=Max("recorded_at"))
    return dict(steps.values_list("run", "at"))
