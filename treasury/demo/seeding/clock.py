"""Writing at a past database time, which only the owner of a database that is marked as a demo may do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

from django.db import connections

OWNER = "owner"
#: After the last entries of the history; quotes of the business date are usable for some days.
EVENING = time_of_day(18, 30, tzinfo=UTC)
USABLE, AN_HOUR = timedelta(days=5), timedelta(hours=1)
LOCK = "SELECT {}(hashtext('hedgebook demo'))"


@contextmanager
def as_owner() -> Iterator[None]:
    """For the time of the block everything that uses the default connection works as the owner of the tables.

    The domain functions know one connection, and so the demo history is written through the very same code.
    Its thousand transactions do not wait for the disk one by one: what a power cut takes, the next start does again.
    """
    application = connections["default"]
    connections["default"] = connections[OWNER]
    _wait_for_disk(False)
    try:
        yield
    finally:
        tell_time(None)
        _wait_for_disk(True)
        connections["default"] = application


def tell_time(moment: datetime | None) -> None:
    """Database time stands still at `moment` from here on; None gives it back to the clock."""
    with connections[OWNER].cursor() as cursor:
        text = moment.isoformat() if moment else ""
        cursor.execute("SELECT set_config('hedgebook.demo_time', %s, false)", [text])


def mark_as_demo() -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("INSERT INTO treasury_databasemark (kind) VALUES ('DEMO') ON CONFLICT DO NOTHING")


def stand_on(day: date) -> None:
    """From here on the database's clock goes on from the evening of `day`, or from what was recorded last.

    A clock that has gone less than a few days further since an earlier start is left as it is.
    """
    with connections[OWNER].cursor() as cursor:
        # People and rule packs come with the installation, at the real time.
        cursor.execute(
            "SELECT hedgebook_now(), clock_timestamp(), max(recorded_at) FROM treasury_auditevent"
            " WHERE action ~ '^(hedges|exposures|treasury[.]run)[.]'"
        )
        now, real, last = cursor.fetchone()
        evening = datetime.combine(day, EVENING)
        start = max(evening, last or evening)
        if not start <= now <= max(evening + USABLE, start + AN_HOUR):
            cursor.execute("INSERT INTO treasury_democlock (clock_offset) VALUES (%s)", [real - start])


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of two starts at once one sets up; the other waits here and then finds nothing left to do.

    It asks again and again instead of waiting in the database, where a wait for a lock ends in an error.
    """
    with connections[OWNER].cursor() as cursor:
        while True:
            cursor.execute(LOCK.format("pg_try_advisory_lock"))
            if cursor.fetchone()[0]:
                break
            time.sleep(0.2)
    try:
        yield
    finally:
        with connections[OWNER].cursor() as cursor:
            cursor.execute(LOCK.format("pg_advisory_unlock"))


def _wait_for_disk(waits: bool) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, false)", ["on" if waits else "off"])
