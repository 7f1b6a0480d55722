"""Entries by entity, month, framework, relationship and rule; balances by role; the months of an entity."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.queries import journal, periods
from tests.factories import closable

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def entity(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two relationships over two months."""
    entity = closable.ready(2)
    for month, recognised, reclassified in ((closable.MONTH, 40, 0), (OCTOBER, 50, 20)):
        row = closable.whole(cumulative_recognised=recognised, cumulative_reclassified=reclassified)
        closable.measures(monkeypatch, lambda version, row=row: row)
        closable.close(entity, month)
    return entity


def numbers(entity: Any, **filters: Any) -> list[int]:
    return list(journal.entries(entity_ids=[entity.pk], **filters).values_list("number", flat=True))


def test_entries_are_chosen(entity: Any) -> None:
    first = closable.versions(entity)[0].relationship_id
    assert numbers(entity) == [1, 2, 3, 4, 5, 6]
    assert numbers(entity, period_to=closable.MONTH) == [1, 2]
    assert numbers(entity, period_from=OCTOBER) == [3, 4, 5, 6]
    assert len(numbers(entity, relationship_id=first)) == 3
    assert numbers(entity, rule="RECLASSIFICATION", framework="IFRS9") == [4, 6]
    assert numbers(entity, framework="IAS39") == []
    assert list(journal.entries(entity_ids=[])) == []


def test_balances_by_role_add_up_to_nothing(entity: Any) -> None:
    found = journal.balances(entity_ids=[entity.pk])
    assert [(row["account_role"], row["debit"], row["credit"], row["balance"]) for row in found] == [
        ("DERIVATIVE", 100, 0, 100),
        ("CASH_FLOW_HEDGE_RESERVE", 40, 100, -60),
        ("HEDGED_ITEM_RESULT", 0, 40, -40),
    ]
    by_month = journal.balances(entity_ids=[entity.pk], period_to=closable.MONTH, by=("rule",))
    assert [(row["rule"], row["balance"]) for row in by_month] == [
        ("REMEASUREMENT", 80),
        ("REMEASUREMENT", -80),
    ]
    assert sum((row["balance"] for row in found), Decimal(0)) == 0


def test_entries_with_lines_take_as_many_statements_for_two_as_for_six(entity: Any) -> None:
    def count(**filters: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            for entry in journal.with_lines(journal.entries(entity_ids=[entity.pk], **filters)):
                assert entry.relationship.code
                assert len(entry.lines.all()) == 2
        return len(seen)

    assert count(period_to=closable.MONTH) == count() == 2


def test_lines_carry_their_entry(entity: Any) -> None:
    with CaptureQueriesContext(connection) as seen:
        rows = [
            (line.entry.number, line.entry.relationship.code, line.account_role)
            for line in journal.lines(journal.entries(entity_ids=[entity.pk], period_to=closable.MONTH))
        ]
    assert (len(rows), len(seen)) == (4, 1)


def test_months_come_newest_first_with_their_entries(entity: Any) -> None:
    rows = list(periods.periods([entity.pk]))
    assert [(row["period_start"], row["status"], row["entry_count"]) for row in rows] == [
        (OCTOBER, "CLOSED", 4), (closable.MONTH, "CLOSED", 2)
    ]  # fmt: skip
    last = periods.last_closed(entity.pk)
    assert last is not None
    assert last["period_start"] == OCTOBER
    assert periods.period(entity, date(2026, 11, 1)) is None
