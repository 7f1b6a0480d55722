"""Who prepares and who decides is held in words by the domain, and by the database with the words away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hedges.domain import account_map, closing, reversal
from hedges.domain.changes import record
from hedges.models import JournalEntry
from tests.factories import book, changes, closable
from treasury.domain import audit, runs
from treasury.domain.refusals import Refusal
from treasury.models import CalculationRun

pytestmark = pytest.mark.django_db
CHART = {"DERIVATIVE": {"code": "1100", "name": ""}}


@pytest.fixture(params=["domain", "database"])
def words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the refusal says; the database is asked with the domain's guard away."""
    if request.param == "domain":
        return "ask one of them"
    for module in (account_map, closing, reversal, record):
        monkeypatch.setattr(module, "prepares", lambda *given: None)
    for module in (account_map, reversal):
        monkeypatch.setattr(module, "decides", lambda *given: None)
    return "of the entity|asks for its close"


def wrong(entity: Any, role: str) -> list[Any]:
    """Nobody, without a role, with the other role, with the right one elsewhere."""
    right = "HEDGE_ACCOUNTANT"
    return [book.user(), book.user(role), book.user("ADMINISTRATOR"), book.user(right, entity=book.entity())]


def refused(words: str, people: list[Any], act: Callable[[Any], Any]) -> None:
    for person in people:
        with pytest.raises(Refusal, match=words):
            act(person)


def test_account_maps(words: str) -> None:
    entity = book.entity()

    def write(person: Any) -> Any:
        return account_map.record(entity=entity, accounts=CHART, valid_from=book.START, actor=person)

    refused(words, wrong(entity, "APPROVER"), write)
    version = write(book.user("TREASURER", entity=entity))
    refused(
        words,
        wrong(entity, "TREASURER"),
        lambda person: account_map.approve(versions=[version], actor=person),
    )
    account_map.approve(versions=[version], actor=book.user("APPROVER", entity=entity))


def test_changes(words: str) -> None:
    version = changes.hedge(hedge_type="ECONOMIC")
    entity = version.entity
    refused(words.replace("of the entity", "preparer of a change"), wrong(entity, "APPROVER"),
            lambda person: changes.revoked(version, actor=person))  # fmt: skip
    changes.revoked(version, actor=book.user("TREASURER", entity=entity))


def test_closes_and_reversals(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=40))
    entity = closable.ready()
    refused(words, wrong(entity, "APPROVER"),
            lambda person: closing.request(entity=entity, period=closable.MONTH, actor=person))  # fmt: skip
    closable.close(entity)
    (entry,) = JournalEntry.objects.filter(entity=entity)
    refused(
        words, [None, *wrong(entity, "APPROVER")],
        lambda person: reversal.propose(entry=entry, actor=person, reason="wrong"),
    )  # fmt: skip
    version = reversal.propose(entry=entry, actor=book.user("TREASURER", entity=entity), reason="wrong")
    for decide in (reversal.approve, reversal.reject):
        refused(words, wrong(entity, "TREASURER"), lambda person, d=decide: d(version=version, actor=person))
    reversal.approve(version=version, actor=book.user("APPROVER", entity=entity))


def test_the_schedule_closes_by_itself() -> None:
    asked = runs.request(as_of_date=closable.MONTH, actor=None, kind="CLOSE", scope=book.entity().code)
    assert asked.is_new


@pytest.mark.parametrize("acting", [None, "TREASURER"])
def test_a_close_names_the_person_whose_action_it_is(acting: str | None) -> None:
    entity, person = book.entity(), acting and book.user(acting)
    for named in {book.user("HEDGE_ACCOUNTANT"), None} - {person}:
        with (
            pytest.raises(DatabaseError, match="asked for by the person whose action it is"),
            transaction.atomic(),
            audit.action("test.close", actor=person),
        ):
            CalculationRun.objects.create(
                kind="CLOSE", scope=entity.code, as_of_date=closable.MONTH, revision=1, requested_by=named
            )
    with audit.action("test.close", actor=person):
        CalculationRun.objects.create(
            kind="CLOSE", scope=entity.code, as_of_date=closable.MONTH, revision=1, requested_by=person
        )
