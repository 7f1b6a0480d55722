"""Database time in a test: the test databases are marked TEST by their owner, so that a time can be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from django.db import connection


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Database time stands still at `moment` (noon UTC of a date) for the time of the block."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12, tzinfo=UTC))
    before = _tell(moment.isoformat())
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _tell(before)


def _tell(moment: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('hedgebook.demo_time', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('hedgebook.demo_time', %s, false)", [moment])
    return str(before)
