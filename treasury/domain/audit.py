"""The only way to write the book: a transaction that names what it does and who does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models, transaction

_named: ContextVar[str] = ContextVar("named_action", default="")
_watched: ContextVar[list[int] | None] = ContextVar("watched_events", default=None)


@contextmanager
def watched() -> Iterator[list[int]]:
    """The ids of the events that are named inside, as they are named: what a longer transaction has done."""
    events: list[int] = []
    token = _watched.set(events)
    try:
        yield events
    finally:
        _watched.reset(token)


@contextmanager
def action(name: str, *, actor: Any, subject: models.Model | None = None, reason: str = "") -> Iterator[int]:
    """Opens the transaction of one business event and yields the id of its audit event.

    `name` is the event in the past tense, dotted: `hedges.relationship.designated`. `actor` is a user, or None for
    the system. Every row of the book that is written inside points at this event; a write outside is refused by
    the database. Actions do not nest: a transaction has one name.
    """
    if _named.get():
        raise RuntimeError(f"the action {name} was started inside {_named.get()}: a transaction has one name")
    token = _named.set(name)
    watched_now = _watched.get()
    events = [] if watched_now is None else watched_now
    before = len(events)
    try:
        with transaction.atomic():
            event = _begin(name, actor, subject, reason)
            events.append(event)
            yield event
            _end()
    except BaseException:
        del events[before:]  # what was rolled back has not happened
        raise
    finally:
        _named.reset(token)


def _begin(name: str, actor: Any, subject: models.Model | None, reason: str) -> int:
    kind = subject._meta.model_name if subject is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_begin(%s, %s, %s, %s, %s)",
            [name, actor.pk if actor else None, kind, subject.pk if subject is not None else None, reason],
        )
        return int(cursor.fetchone()[0])


def _end() -> None:
    """The name ends with its block, also inside a longer transaction; a rollback takes it away by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hedgebook.audit_event', '', true)")
