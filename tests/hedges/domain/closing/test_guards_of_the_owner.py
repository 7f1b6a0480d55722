"""Guards that the application's role has no right to run into: tried as the owner, or with the mark of a test away."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection

from hedges.models import AccountingPeriod
from tests.factories import book
from treasury.domain import audit

SEPTEMBER = date(2026, 9, 1)


def test_a_period_keeps_its_month_whoever_moves_it(committed_db: Any, owner_connection: Any) -> None:
    entity = book.entity()
    with audit.action("test.period", actor=None):
        AccountingPeriod.objects.create(entity=entity, period_start=SEPTEMBER)
    with owner_connection.cursor() as cursor, pytest.raises(DatabaseError, match="keeps its entity"):
        cursor.execute("UPDATE hedges_accountingperiod SET status = 'CLOSED', period_start = '2026-10-01'")


def test_outside_a_test_database_only_its_owner_tells_the_time(
    committed_db: Any, owner_connection: Any
) -> None:
    with owner_connection.cursor() as cursor:
        cursor.execute("ALTER TABLE treasury_databasemark DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM treasury_databasemark")
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="only by the owner role"):
        cursor.execute("SET hedgebook.demo_time = '2020-01-01'; SELECT hedgebook_now()")
