"""Work on one thing that a person may stop while it runs; what was stopped has recorded nothing.

Whoever works holds a shared lock of Postgres by the thing's name, and asks now and then, the last time before the
commit, whether a stop is wanted: another lock, held by the person who wants it until all work has ended. What they are
told then is so: nothing is between the question and the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from treasury.domain.refusals import Refusal

STOPPED = "It was stopped. Nothing was recorded; what stood before stands."
#: How long somebody waits for work to reach its next question.
PATIENCE = "60s"
_WORK, _STOP = "work on {}", "stop of work on {}"


class Stopped(Refusal):
    """Somebody has stopped the work, which has recorded nothing."""


def never() -> None:
    """The question of work that nobody stops."""


@contextmanager
def stoppable(name: str) -> Iterator[Callable[[], None]]:
    """Yields the question: called, it raises Stopped once a stop is wanted. Ask it last inside the transaction."""
    _value("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", _WORK.format(name))
    try:
        yield lambda: _ask(name)
    finally:
        _value("SELECT pg_advisory_unlock_shared(hashtextextended(%s, 0))", _WORK.format(name))


def stop(name: str) -> None:
    """Returns when nobody works on it any more. Raises Refusal where that takes too long."""
    try:
        with transaction.atomic():
            _value("SELECT set_config('lock_timeout', %s, true)", PATIENCE)
            for lock in (_STOP, _WORK):
                _value("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", lock.format(name))
    except OperationalError as error:
        raise Refusal("It has not stopped yet. Look again in a minute.") from error


def is_under_way(name: str) -> bool:
    """Whether somebody works on it now."""
    return not _is_free(_WORK.format(name))


def _ask(name: str) -> None:
    if not _is_free(_STOP.format(name), "_shared"):
        raise Stopped(STOPPED)


def _is_free(lock: str, how: str = "") -> bool:
    key = "hashtextextended(%s, 0)"
    return bool(
        _value(
            f"SELECT CASE WHEN pg_try_advisory_lock{how}({key}) THEN pg_advisory_unlock{how}({key}) ELSE false END",
            lock,
            lock,
        )
    )


def _value(statement: str, *told: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.fetchone()[0]
