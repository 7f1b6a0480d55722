"""The journal holds itself: each rule is refused by the database, whoever writes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hedges.domain import reversal
from hedges.models import (
    AccountingPeriod,
    JournalEntry,
    JournalLine,
    JournalReversalVersion,
    JournalReversalVersionApproval,
)
from tests.factories import book, closable, night
from treasury.domain import audit

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def entity(monkeypatch: pytest.MonkeyPatch) -> Any:
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=40))
    entity = closable.ready()
    closable.close(entity)
    first = JournalEntry.objects.get(entity=entity)
    reversal.propose(
        entry=first, actor=book.user("HEDGE_ACCOUNTANT"), reason="the wrong month", entry_date=OCTOBER
    )
    return entity


def refused(match: str, write: Any) -> None:
    with (
        pytest.raises(DatabaseError, match=match),
        transaction.atomic(),
        audit.action("test.journal", actor=book.user("APPROVER")),
    ):
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def next_month(entity: Any) -> AccountingPeriod:
    with audit.action("test.period", actor=None):
        return AccountingPeriod.objects.create(entity=entity, period_start=OCTOBER)


def entry_of(entity: Any, period: AccountingPeriod, **fields: Any) -> JournalEntry:
    """A reversal of the first entry with fields of one's choice, without lines; a second person has agreed to it."""
    first = JournalEntry.objects.get(entity=entity, number=1)
    proposed = JournalReversalVersion.objects.get(entry=first)
    JournalReversalVersionApproval.objects.create(
        version=proposed, decision="APPROVED", content_digest=proposed.content_digest
    )
    values = {
        "entity_id": first.entity_id, "number": 77, "period": period, "entry_date": period.period_start,
        "framework": first.framework, "currency_id": first.currency_id, "relationship_id": first.relationship_id,
        "rule": first.rule, "paragraph": "", "description": "", "reversal_of": first,
    }  # fmt: skip
    return JournalEntry.objects.create(**(values | fields))


def lines_of(entry: JournalEntry, *amounts: tuple[str, Any, Any]) -> None:
    JournalLine.objects.bulk_create(
        JournalLine(entry=entry, line_number=place, account_role=role, account_code=closable.ACCOUNTS[role]["code"],
                    account_name="", debit_amount=Decimal(debit), credit_amount=Decimal(credit))
        for place, (role, debit, credit) in enumerate(amounts, 1)
    )  # fmt: skip


TURNED = (("CASH_FLOW_HEDGE_RESERVE", 40, 0), ("DERIVATIVE", 0, 40))


def test_a_turned_entry_is_taken_with_the_next_number(entity: Any) -> None:
    with audit.action("test.journal", actor=book.user("APPROVER")):
        entry = entry_of(entity, next_month_in(entity))
        lines_of(entry, *TURNED)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    entry.refresh_from_db()
    assert entry.number == 2, "the number is the database's to give"


def next_month_in(entity: Any) -> AccountingPeriod:
    return AccountingPeriod.objects.create(entity=entity, period_start=OCTOBER)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "does not balance: 0 lines"),
        ((("DERIVATIVE", 0, 40),), "does not balance: 1 lines"),
        ((("CASH_FLOW_HEDGE_RESERVE", 40, 0), ("DERIVATIVE", 0, 39)), "does not balance: 2 lines"),
        ((("CASH_FLOW_HEDGE_RESERVE", 30, 0), ("DERIVATIVE", 0, 30)), "lines of its original"),
        ((("INEFFECTIVENESS", 40, 0), ("DERIVATIVE", 0, 40)), "lines of its original"),
        ((*TURNED, ("INEFFECTIVENESS", 1, 0), ("INEFFECTIVENESS", 0, 1)), "lines of its original"),
    ],
)
def test_what_does_not_balance_or_is_not_turned_round_is_refused(
    entity: Any, lines: tuple, said: str
) -> None:
    period = next_month(entity)
    refused(said, lambda: lines_of(entry_of(entity, period), *lines))
    assert JournalEntry.objects.filter(entity=entity).count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"entry_date": OCTOBER - timedelta(days=1)}, "dated within its period"),
        ({"entry_date": date(2026, 11, 1)}, "dated within its period"),
        ({"framework": "IAS39"}, "under its framework"),
        ({"currency_id": "USD"}, "functional currency"),
        ({"rule": "RECLASSIFICATION"}, "its rule"),
        ({"reversal_of": None}, "posted by the published run"),
    ],
)
def test_an_entry_belongs_to_its_period_relationship_and_run(entity: Any, fields: dict, said: str) -> None:
    period = next_month(entity)
    refused(said, lambda: entry_of(entity, period, **fields))


def test_a_closed_period_takes_no_entry(entity: Any) -> None:
    closed = AccountingPeriod.objects.get(entity=entity)
    refused("2026-09 is closed", lambda: entry_of(entity, closed))


def test_an_entry_of_another_entity_is_refused(entity: Any) -> None:
    period = next_month(entity)
    other = book.entity()
    refused("of their entity", lambda: entry_of(entity, period, entity_id=other.pk))


def test_lines_come_with_their_entry_in_whole_minor_units(entity: Any) -> None:
    first = JournalEntry.objects.get(entity=entity, number=1)
    refused("together with their entry", lambda: lines_of(first, ("DERIVATIVE", 1, 0)))
    period = next_month(entity)
    refused("whole minor units", lambda: lines_of(entry_of(entity, period), ("DERIVATIVE", "0.001", 0)))


@pytest.mark.parametrize("both", [(1, 1), (0, 0), (-1, 0), (0, -1)])
def test_a_line_is_a_debit_or_a_credit_above_zero(entity: Any, both: tuple[int, int]) -> None:
    period = next_month(entity)
    refused("journal_line_debit_or_credit", lambda: lines_of(entry_of(entity, period), ("DERIVATIVE", *both)))


def test_nothing_is_changed_or_deleted(entity: Any) -> None:
    for table in ("hedges_journalentry", "hedges_journalline", "hedges_accountingperiod"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_periods_follow_each_other(entity: Any) -> None:
    for month in (date(2026, 8, 1), date(2026, 11, 1)):
        refused(
            "without a gap",
            lambda month=month: AccountingPeriod.objects.create(entity=entity, period_start=month),
        )
    refused(
        "begins open",
        lambda: AccountingPeriod.objects.create(entity=entity, period_start=OCTOBER, closed_by=book.user()),
    )


def test_a_period_is_closed_once_by_its_own_run(entity: Any) -> None:
    september = AccountingPeriod.objects.get(entity=entity)
    mine = AccountingPeriod.objects.filter(entity=entity)
    refused("closed once", lambda: mine.update(status="OPEN"))
    period = next_month(entity)
    refused(
        "the published run of its entity and month",
        lambda: mine.filter(pk=period.pk).update(status="CLOSED", run=september.run),
    )


def test_a_close_is_not_published_without_its_period() -> None:
    entity = book.entity()
    with (
        pytest.raises(DatabaseError, match="published together with it"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        night.published(kind="CLOSE", scope=entity.code, as_of=date(2026, 9, 30))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
