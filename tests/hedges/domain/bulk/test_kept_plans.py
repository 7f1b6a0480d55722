"""Bulk after the tables were analysed as nearly empty: the look-ups behind foreign keys are planned anew, by key.

The server plans such a look-up once a session and keeps the plan. Counted are the rows that sequential scans have read
within the transaction of the bulk, its foreign keys looked up at its end; the session is one, as that of a worker is.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from hedges.domain.bulk import upsert as trades
from tests.factories import book
from tests.factories.bulk import ndjson, quote, row, sent, trade
from treasury.domain.bulk import quotes
from treasury.domain.bulk.rows import NDJSON

TABLES = (
    "exposures_exposure", "exposures_exposureversion", "hedges_instrument", "hedges_instrumentversion",
    "treasury_marketquote",
)  # fmt: skip
FEW, MANY = 8, 150
Sent = Callable[[str, int], Any]


def read_through() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_xact_user_tables WHERE relname = ANY (%s)",
            [list(TABLES)],
        )
        return int(cursor.fetchone()[0])


@pytest.fixture
def analysed() -> Callable[[], None]:
    def run() -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")

    return run


def of_exposures() -> Sent:
    entity, actor = book.entity(), book.user("TREASURER")
    return lambda name, count: sent(*(row(f"{name}-{n}", entity) for n in range(count)), actor=actor)


def of_instruments() -> Sent:
    entity, bank, actor = book.entity(), book.counterparty(), book.user("TREASURER")

    def send(name: str, count: int) -> Any:
        content = ndjson(*(trade(f"{name}-{n}", entity, bank) for n in range(count)))
        asked = trades.Asked(content, NDJSON, source_system="TMS", valid_from=date(2026, 6, 1))
        return trades.upsert(asked, actor=actor)

    return send


def of_quotes() -> Sent:
    """Corrections: each refers to the quote that it replaces."""
    actor = book.user("TREASURER")

    def send(name: str, count: int) -> Any:
        for value in ("1.5", "1.6"):
            rows = [quote(f"{name}{n}", value) for n in range(count)]
            found = quotes.upsert(content=ndjson(*rows), media_type=NDJSON, row_wise=False, actor=actor)
        return found

    return send


@pytest.mark.parametrize("of", [of_exposures, of_instruments, of_quotes])
def test_what_is_read_grows_with_the_rows_and_not_with_their_square(
    committed_db: Any, analysed: Callable[[], None], of: Callable[[], Sent]
) -> None:
    book.risk()
    send = of()
    send("FIRST", 1)
    analysed()
    send("FEW", FEW)  # plans are made while the tables are nearly empty, and kept
    read = []
    for name, count in (("MANY", MANY), ("MORE", 3 * MANY)):
        with transaction.atomic():
            before = read_through()
            send(name, count)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            read.append(read_through() - before)
    assert read[0] < 20 * MANY
    assert read[1] < 20 * 3 * MANY
