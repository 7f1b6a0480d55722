"""Who prepares and who decides is held in words by the domain, and by the database with the words away."""

from collections.abc import Callable
from typing import Any

import pytest

from hedges.domain import account_map, closing, journal
from hedges.domain.changes import record
from hedges.models import JournalEntry
from tests.factories import book, changes, closable
from treasury.domain import runs
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
CHART = {"DERIVATIVE": {"code": "1100", "name": ""}}


@pytest.fixture(params=["domain", "database"])
def words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the refusal says; the database is asked with the domain's guard away."""
    if request.param == "domain":
        return "ask one of them"
    for module in (account_map, closing, journal, record):
        monkeypatch.setattr(module, "prepares", lambda *given: None)
    monkeypatch.setattr(account_map, "decides", lambda *given: None)
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
        lambda person: journal.reverse(entry=entry, actor=person, reason="wrong"),
    )  # fmt: skip


def test_the_schedule_closes_by_itself() -> None:
    asked = runs.request(as_of_date=closable.MONTH, actor=None, kind="CLOSE", scope=book.entity().code)
    assert asked.is_new
