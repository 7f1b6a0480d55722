"""Database time: the clock's, or a demo's, from the owner, in a marked database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from treasury.models import AuditEvent

pytestmark = pytest.mark.database


def told(by, value):
    with by.cursor() as cursor:
        cursor.execute("SELECT set_config('hedgebook.demo_time', %s, false)", [value])
        cursor.execute("SELECT hedgebook_now()")
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def _unmarked(owner_connection):
    """The test databases are marked TEST; a book that people work in is not."""
    with owner_connection.cursor() as cursor:
        cursor.execute("ALTER TABLE treasury_databasemark DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM treasury_databasemark")
        cursor.execute("ALTER TABLE treasury_databasemark ENABLE TRIGGER USER")


def test_the_owner_gives_a_time_only_in_a_marked_database(owner_connection):
    with pytest.raises(DatabaseError, match="marked as a demo"):
        told(owner_connection, "2024-05-01 18:00+00")


def test_the_application_gives_no_time_in_a_demo(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("INSERT INTO treasury_databasemark (kind) VALUES ('DEMO')")
    with pytest.raises(DatabaseError, match="only by the owner role"):
        told(connection, "2024-05-01 18:00+00")


def test_demo_history_says_that_it_is(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("INSERT INTO treasury_databasemark (kind) VALUES ('DEMO')")
    past = datetime(2024, 5, 1, 18, tzinfo=UTC)
    assert told(owner_connection, "2024-05-01 18:00+00") == past
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT audit_begin('test.past', NULL, '', NULL, '')")
        cursor.execute("SELECT set_config('hedgebook.demo_time', '', false)")
        cursor.execute("SELECT audit_begin('test.present', NULL, '', NULL, '')")
    history = AuditEvent.objects.get(action="test.past")
    assert (history.recorded_at, history.is_demo_history) == (past, True)
    assert AuditEvent.objects.get(action="test.present").is_demo_history is False


def test_a_demos_clock_stands_where_its_owner_has_set_it(owner_connection):
    day = datetime(2026, 10, 30, 18, 30, tzinfo=UTC)
    with owner_connection.cursor() as cursor:
        cursor.execute("INSERT INTO treasury_democlock (clock_offset) VALUES (clock_timestamp() - %s)", [day])
    assert told(connection, "") > datetime(2026, 11, 1, tzinfo=UTC), "not in a database that is no demo"
    with owner_connection.cursor() as cursor:
        cursor.execute("INSERT INTO treasury_databasemark (kind) VALUES ('DEMO')")
    assert day <= told(connection, "") < day + timedelta(minutes=5)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO treasury_democlock (clock_offset) VALUES (interval '1 day')")
