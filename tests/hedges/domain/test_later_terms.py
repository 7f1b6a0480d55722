"""A term that came later leaves the digests of what was approved before it as they were."""

from pathlib import Path

import pytest
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper

import hedges.migrations
from hedges.models import InstrumentVersion
from tests.factories import book, swaps
from treasury.models import AuditEvent

SQL = Path(hedges.migrations.__file__).parent / "sql" / "later_terms.sql"
#: The digest as it was before there was the column.
BEFORE = (
    "SELECT content_digest = encode(sha256(convert_to((to_jsonb(v) - ARRAY['id', 'event_id', 'recorded_at',"
    " 'content_digest', 'capacity_units', 'resets_notional', 'day_count', 'floating_payment_months',"
    " 'floating_flow_days', 'floating_flow_accruals', 'floating_day_count'])::text, 'UTF8')), 'hex')"
    " FROM hedges_instrumentversion v WHERE id = %s"
)


def has_digest_of_before(version: InstrumentVersion) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [version.pk])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_version_without_the_term_or_with_a_plain_no_has_the_digest_of_before() -> None:
    of = book.entity()
    assert has_digest_of_before(book.forward(of=of))
    assert has_digest_of_before(swaps.cross_currency_swap(of=of))
    assert has_digest_of_before(swaps.interest_rate_swap(of=of))


@pytest.mark.django_db
def test_the_digest_covers_a_resetting_notional() -> None:
    assert not has_digest_of_before(swaps.cross_currency_swap(of=book.entity(), resets_notional=True))


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"day_count": "30/360"}, {"floating_payment_months": 3}])
def test_the_digest_covers_the_terms_of_the_legs(said: dict) -> None:
    fields = {"flow_days": None, "flow_accruals": None}
    assert not has_digest_of_before(swaps.interest_rate_swap(of=book.entity(), **fields, **said))


@pytest.fixture
def swap_of_before(committed_db: object, owner_connection: BaseDatabaseWrapper) -> InstrumentVersion:
    """A cross-currency swap as it was recorded before there was the column."""
    version = swaps.cross_currency_swap(of=book.entity())
    table = "hedges_instrumentversion"
    with owner_connection.cursor() as owner:
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT instrument_version_cross_currency_swap_terms")
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER instrumentversion_append_only")
        owner.execute(f"UPDATE {table} SET resets_notional = NULL")
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER instrumentversion_append_only")
    return version


def test_the_migration_writes_the_plain_no_and_puts_the_guard_back(
    swap_of_before: InstrumentVersion, owner_connection: BaseDatabaseWrapper
) -> None:
    with owner_connection.cursor() as owner:
        owner.execute(SQL.read_text(encoding="utf-8"))
        owner.execute(SQL.with_name("swap_legs.sql").read_text(encoding="utf-8"))
    swap_of_before.refresh_from_db()
    assert swap_of_before.resets_notional is False
    assert has_digest_of_before(swap_of_before)
    event = AuditEvent.objects.get(action="hedges.instrument.term_added")
    assert "fixed notionals" in event.reason
    with owner_connection.cursor() as owner, pytest.raises(Error, match="what is recorded stays"):
        owner.execute("UPDATE hedges_instrumentversion SET resets_notional = true")
