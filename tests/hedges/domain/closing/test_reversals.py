"""An entry is taken back by two persons: a proposal posts nothing, and blocks the close until it is decided."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hedges.domain import closing, reversal
from hedges.models import JournalEntry, JournalReversalVersion, JournalReversalVersionApproval
from reports.domain.journal_export import journal
from reports.queries.journal_entries import Asked
from tests.factories import book, closable
from treasury.domain import audit
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch) -> JournalEntry:
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=40))
    entity = closable.ready()
    closable.close(entity)
    return JournalEntry.objects.select_related("entity").get(entity=entity)


@pytest.fixture
def proposed(entry: JournalEntry) -> JournalReversalVersion:
    return reversal.propose(entry=entry, actor=book.user("HEDGE_ACCOUNTANT"), reason="the wrong month")


def test_a_proposal_posts_nothing_and_the_close_names_it(
    entry: JournalEntry, proposed: JournalReversalVersion
) -> None:
    assert JournalEntry.objects.count() == 1
    assert {row["number"] for row in journal(Asked([entry.entity_id])).rows} == {1}
    (found,) = closing.blockers(entry.entity, OCTOBER)
    assert (found.code, found.text) == (
        "waiting", "reversal of entry 1 version 1 waits for approval: approve or reject it."
    )  # fmt: skip
    with pytest.raises(Refusal, match="reversal of entry 1"):
        closable.close(entry.entity, OCTOBER)
    with pytest.raises(Refusal, match="waits already"):
        reversal.propose(entry=entry, actor=book.user("TREASURER"), reason="again")


def test_who_proposed_it_does_not_decide(entry: JournalEntry, proposed: JournalReversalVersion) -> None:
    for decide in (reversal.approve, reversal.reject):
        with pytest.raises(Refusal, match="had a hand in"):
            decide(version=proposed, actor=proposed.author)
    with pytest.raises(Refusal, match="another content"):
        reversal.approve(version=proposed, actor=book.user("APPROVER"), digest="0" * 64)
    assert JournalEntry.objects.count() == 1
    assert not JournalReversalVersionApproval.objects.exists()


def test_a_rejection_leaves_the_entry_and_another_proposal_can_follow(
    entry: JournalEntry, proposed: JournalReversalVersion
) -> None:
    reversal.reject(version=proposed, actor=book.user("APPROVER"), comment="it is right")
    assert JournalEntry.objects.count() == 1
    assert closing.blockers(entry.entity, OCTOBER) == []
    with pytest.raises(Refusal, match="decided already"):
        reversal.approve(version=proposed, actor=book.user("APPROVER"))
    made = closable.reversed_by_two(entry, "it is wrong after all")
    assert made.description == "Reversal of entry 1: it is wrong after all"
    assert closable.balances(entry.entity) == {}


def refused(match: str, actor: Any, write: Any) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), audit.action("t", actor=actor):
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def turned(entry: JournalEntry, on: date) -> JournalEntry:
    kept = ("entity_id", "framework", "currency_id", "relationship_id", "rule", "paragraph")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM hedges_accountingperiod WHERE period_start = %s", [OCTOBER])
        (period_id,) = cursor.fetchone()
    fields = {name: getattr(entry, name) for name in kept}
    return JournalEntry.objects.create(
        **fields, period_id=period_id, entry_date=on, description="", reversal_of=entry, number=0
    )


def test_the_database_takes_a_reversal_only_with_the_decision_of_a_second_person(
    entry: JournalEntry, proposed: JournalReversalVersion
) -> None:
    from hedges.domain import accounting_periods

    with audit.action("test.period", actor=None):
        accounting_periods.open_period(entity=entry.entity)
    approver = book.user("APPROVER")

    def agree(digest: str = proposed.content_digest) -> None:
        JournalReversalVersionApproval.objects.create(
            version=proposed, decision="APPROVED", content_digest=digest
        )

    refused("decision of a second person", approver, lambda: turned(entry, proposed.valid_from))
    refused("posted in the same action", approver, agree)
    other_day = date(2026, 10, 5 if proposed.valid_from.day != 5 else 6)
    refused("day that was proposed", approver, lambda: (agree(), turned(entry, other_day)))
    refused("had a hand in", proposed.author, lambda: (agree(), turned(entry, proposed.valid_from)))
    refused("decides on a reversal", book.user("TREASURER"), agree)
    refused("needs a person", None, agree)
    for statement in ("DELETE FROM", "UPDATE"):
        for table in ("hedges_journalreversalversion", "hedges_journalreversalversionapproval"):
            sql = f"{statement} {table}" + (" SET id = id" if statement == "UPDATE" else "")
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_the_database_takes_a_proposal_only_with_a_reason_of_a_preparer(entry: JournalEntry) -> None:
    def propose(reason: str = "wrong") -> None:
        JournalReversalVersion.objects.create(entry=entry, valid_from=OCTOBER, change_reason=reason)

    refused("takes an entry back", book.user("APPROVER"), propose)
    refused("takes an entry back", None, propose)
    refused("version_reason", book.user("TREASURER"), lambda: propose(" "))
