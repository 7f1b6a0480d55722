"""Reads that every page about versioned things shares: which versions to list, and the story of one thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model, Q, QuerySet

from treasury.enums import Decision
from treasury.models import AuditEvent
from treasury.queries import known
from treasury.queries.rows import Row, listed

IN_FORCE, AWAITING, NEWEST = "force", "awaiting", "newest"


def versions(
    model: type[Model], thing: str, *, entity_ids: list[int], on: date, known_at: datetime | None, show: str
) -> QuerySet:
    """One version of each thing: the one that counts, the one that waits for approval, or the newest known."""
    found = model._default_manager.filter(entity_id__in=entity_ids)
    if show == IN_FORCE:
        return known.applicable(found, parent=thing, at=known.Point(on, known_at))
    if known_at:
        found = found.filter(recorded_at__lte=known_at)
    if show == AWAITING:
        undecided = Q(approval=None)
        if known_at:
            undecided |= Q(approval__recorded_at__gt=known_at)
        found = found.filter(undecided)
    chosen = found.order_by(f"{thing}_id", "-version_number").distinct(f"{thing}_id").values("pk")
    return model._default_manager.filter(pk__in=chosen)


def awaiting(model: type[Model], entity_ids: list[int]) -> int:
    return model._default_manager.filter(entity_id__in=entity_ids, approval=None).count()


STORY = (
    "id", "version_number", "valid_from", "valid_to", "recorded_at", "change_reason", "content_digest", "event_id",
    "author__username", "approval__decision", "approval__decided_by__username", "approval__recorded_at",
    "approval__comment", "approval__event_id",
)  # fmt: skip


def story(
    model: type[Model], thing: str, thing_id: int, *, known_at: datetime | None, terms: tuple[str, ...]
) -> list[Row]:
    """All versions of one thing, the newest first, each with its terms, its author and its approval."""
    found = model._default_manager.filter(**{f"{thing}_id": thing_id})
    if known_at:
        found = found.filter(recorded_at__lte=known_at)
    rows = listed(found.order_by("-version_number").values(*STORY, *terms))
    for row in rows:
        decided = row["approval__recorded_at"]
        if decided is None or (known_at and decided > known_at):
            row["state"] = "AWAITING_APPROVAL"
        else:
            row["state"] = row["approval__decision"]
    return compared(rows, terms)


def compared(rows: list[Row], terms: Iterable[str]) -> list[Row]:
    """The same versions, the newest first, each with the terms in which it differs from the one before it."""
    for row, earlier in zip(rows, [*rows, None][1:], strict=True):
        row["changed"] = [name for name in terms if earlier and row[name] != earlier[name]]
    return rows


def in_force(rows: list[Row], on: date) -> Row | None:
    """The version of a story that counts on the date."""
    for row in rows:
        if (
            row["state"] == Decision.APPROVED
            and row["valid_from"] <= on
            and not (row["valid_to"] and row["valid_to"] <= on)
        ):
            return row
    return None


def events_of(rows: list[Row]) -> list[Row]:
    """The audit events that made these versions and approvals."""
    ids = {row["event_id"] for row in rows} | {row["approval__event_id"] for row in rows}
    return listed(
        AuditEvent.objects.filter(pk__in=[event for event in ids if event])
        .order_by("-id")
        .values("id", "action", "reason", "recorded_at", "is_demo_history", "actor__username")
    )
