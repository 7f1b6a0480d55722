"""What the application's role cannot do, whatever code runs as it: Postgres refuses each of these itself."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.factories import hedged, market
from treasury.domain import runs, sealing
from treasury.nightly import pipeline
from treasury.nightly.sealed_book import sealed_book

pytestmark = pytest.mark.django_db
RECORDS = (
    "treasury_marketquote",
    "exposures_exposureversionapproval",
    "hedges_instrumentversionapproval",
    "hedges_hedgerelationshipversionapproval",
    "treasury_policyversionapproval",
    "treasury_auditevent",
    "treasury_auditchange",
)
COLUMN = {
    "treasury_auditevent": "reason = 'x'",
    "treasury_auditchange": "table_name = 'x'",
    "treasury_marketquote": "value = 1",
}


def refused(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.fixture
def run():
    market.record()
    hedged.hedged_book(1)
    return hedged.night()


@pytest.mark.parametrize("table", RECORDS)
def test_records_are_neither_changed_nor_removed(table: str) -> None:
    refused(f"UPDATE {table} SET {COLUMN.get(table, 'comment = chr(120)')}")
    refused(f"DELETE FROM {table}")
    refused(f"TRUNCATE {table}")


@pytest.mark.parametrize("table", hedged.TABLES)
def test_results_of_a_published_run_are_closed(run, table: str) -> None:
    part = f"{table}_r{run.pk}"
    for target in (table, part):
        refused(f"UPDATE {target} SET status = 'OK'")
        refused(f"DELETE FROM {target}")
        refused(f"TRUNCATE {target}")
        refused(f"INSERT INTO {target} SELECT * FROM {part}")


def test_results_of_a_run_that_is_under_way_take_rows_and_nothing_else(run) -> None:
    again = runs.request(as_of_date=run.as_of_date, actor=None, new_revision=True).run
    sealing.seal(run_id=again.pk, steps=list(pipeline.STEPS), shard_count=1, read_book=sealed_book)
    part = f"hedges_valuationresult_r{again.pk}"
    refused(f"UPDATE {part} SET status = 'OK'")
    refused(f"DELETE FROM {part}")
    refused(f"TRUNCATE {part}")
    pipeline.drain(again.pk, owner="test")
