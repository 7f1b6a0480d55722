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
_KEY = "hashtextextended(%s, 0)"
#: Those who look on hold nothing, so that nobody takes one of them for somebody who works.
_IS_HELD = f"""
SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND (l.classid::bigint << 32 | l.objid::bigint) = {_KEY})
"""
_IS_FREE = f"""
SELECT CASE WHEN pg_try_advisory_lock_shared({_KEY}) THEN pg_advisory_unlock_shared({_KEY}) ELSE false END
"""


class Stopped(Refusal):
    """Somebody has stopped the work, which has recorded nothing."""


def never() -> None:
    """The question of work that nobody stops."""


@contextmanager
def stoppable(name: str) -> Iterator[Callable[[], None]]:
    """Yields the question: called, it raises Stopped once a stop is wanted. Ask it last inside the transaction."""
    _value(f"SELECT pg_advisory_lock_shared({_KEY})", _WORK.format(name))
    try:
        yield lambda: _ask(name)
    finally:
        _value(f"SELECT pg_advisory_unlock_shared({_KEY})", _WORK.format(name))


@contextmanager
def patience() -> Iterator[None]:
    """A transaction that waits for its locks as long as a stop may take. Raises Refusal where that is too long."""
    try:
        with transaction.atomic():
            _value("SELECT set_config('lock_timeout', %s, true)", PATIENCE)
            yield
    except OperationalError as error:
        raise Refusal("It has not stopped yet. Look again in a minute.") from error


def stop(name: str) -> None:
    """Returns when nobody works on it any more. Raises Refusal where that takes too long."""
    with patience():
        for lock in (_STOP, _WORK):
            _value(f"SELECT pg_advisory_xact_lock({_KEY})", lock.format(name))


def is_under_way(name: str) -> bool:
    """Whether somebody works on it now."""
    return bool(_value(_IS_HELD, _WORK.format(name)))


def _ask(name: str) -> None:
    if not _value(_IS_FREE, *[_STOP.format(name)] * 2):
        raise Stopped(STOPPED)


def _value(statement: str, *told: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.fetchone()[0]
