"""Versions and decisions by the hundred are looked up by key, whatever the planner believes of their tables.

Counted are the rows that sequential scans have read in this transaction: a plan that was made while the tables were
empty, and is kept for the session, would read them through for every row. The database is new and the session too, so
that the plans of the foreign keys, which are the server's own, are not those of what other tests left behind.
"""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from exposures.models import ExposureVersion
from hedges.models import InstrumentVersion, InstrumentVersionApproval
from tests.factories import book
from tests.factories.bulk import row, sent
from treasury.domain import approval, audit

TABLES = (
    "exposures_exposureversion", "exposures_exposureversionapproval", "hedges_instrument", "hedges_instrumentversion",
    "hedges_instrumentversionapproval", "hedges_instrumentevent",
)  # fmt: skip
FEW, MANY = 8, 120


def read_through() -> int:
    """Rows that sequential scans of the tables have read since the transaction began."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_xact_user_tables WHERE relname = ANY (%s)",
            [list(TABLES)],
        )
        return int(cursor.fetchone()[0])


def forwards(count: int, **told: Any) -> list[InstrumentVersion]:
    return [book.forward(approve=False, **told) for _ in range(count)]


def decided(versions: list[InstrumentVersion]) -> None:
    approval.decide(versions=versions, approvals=InstrumentVersionApproval, actor=book.user())


@transaction.atomic
def test_trades_are_recorded_and_decided_on_by_key(committed_db: Any) -> None:
    entity = book.entity()
    decided(forwards(FEW, of=entity))  # plans are made while the tables are small
    before = read_through()
    decided(forwards(MANY, of=entity))
    assert read_through() - before < 10 * MANY


@transaction.atomic
def test_exposures_are_recorded_and_amended_by_key(committed_db: Any) -> None:
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    for number in range(FEW):
        sent(row(f"FEW-{number}", entity), actor=actor)
    before = read_through()
    for amount in ("1.00", "2.00"):
        sent(*(row(f"MANY-{number}", entity, amount) for number in range(MANY)), actor=actor)
    assert read_through() - before < 10 * 2 * MANY


@pytest.mark.django_db
def test_a_first_version_is_the_only_one_of_its_number() -> None:
    """It is recorded without a look at the others; the key over exposure and number holds it."""
    known = book.exposure(of=book.entity())
    values = {
        field.attname: getattr(known, field.attname)
        for field in ExposureVersion._meta.concrete_fields
        if field.attname not in ("id", "capacity_units")
    }
    with (
        pytest.raises(DatabaseError, match="exposure_version_number"),
        transaction.atomic(),
        audit.action("test.version_made", actor=None),
    ):
        ExposureVersion.objects.create(**(values | {"version_number": 1}))
