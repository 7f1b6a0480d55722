"""The change log of one thing: every event that is about it, made it or changed its state, with old and new values."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model, Q

from treasury.models import AuditChange, AuditEvent
from treasury.queries.rows import Row, listed


def of(model: type[Model], pk: int, *more: Q, known_at: datetime | None = None) -> list[Row]:
    """The newest first: two reads. `more` are conditions on further events, of things that belong to it."""
    own = AuditChange.objects.filter(table_name=model._meta.db_table, row_id=pk)
    made = model._default_manager.filter(pk=pk).values("event")
    meant = subject(model, pk) | Q(pk__in=made) | Q(pk__in=own.values("event"))
    for condition in more:
        meant |= condition
    if known_at:
        meant &= Q(recorded_at__lte=known_at)
    events = listed(
        AuditEvent.objects.filter(meant)
        .order_by("-id")
        .values("id", "action", "reason", "recorded_at", "is_demo_history", "actor__username")
    )
    changes: dict[int, list[Row]] = {}
    for change in listed(own.order_by("id").values("event_id", "old_values", "new_values")):
        changes.setdefault(change["event_id"], []).append(change)
    return [event | {"changes": changes.get(event["id"], [])} for event in events]


def subject(model: type[Model], *pks: int) -> Q:
    """Events that name one of these as what they are about."""
    return Q(subject_kind=model._meta.model_name, subject_id__in=pks)


def made_by(model: type[Model], **of_it: object) -> Q:
    """Events that recorded such rows."""
    return Q(pk__in=model._default_manager.filter(**of_it).values("event"))
