"""Two who close one month at once close it once; a reversal that races a close comes before or after it."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from hedges.domain import closing, reversal
from hedges.models import AccountingPeriod, JournalEntry
from tests.factories import book, closable
from treasury.domain.refusals import Refusal
from treasury.models import AuditEvent, CalculationRun
from treasury.nightly import pipeline


def at_once(*what: Callable[[], Any]) -> list[Any]:
    """What each returned or was refused with, having begun together."""
    barrier, found = Barrier(len(what)), []

    def run(one: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=60)
            found.append(one())
        except Refusal as refusal:
            found.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[one]) for one in what]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


@pytest.fixture
def entity(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=40))
    return closable.ready()


def test_of_two_requests_one_makes_the_run(entity: Any) -> None:
    person = book.user("HEDGE_ACCOUNTANT")
    found = at_once(*[lambda: closing.request(entity=entity, period=closable.MONTH, actor=person)] * 2)
    assert sorted(one.is_new for one in found) == [False, True]
    assert CalculationRun.objects.count() == 1


def test_of_two_workers_one_posts(entity: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = closing.request(entity=entity, period=closable.MONTH, actor=None)
    with monkeypatch.context() as patch:
        patch.setitem(pipeline.FINISH, "CLOSE", lambda run_id: True)
        pipeline.drain(asked.run.pk, owner="test")
    found = at_once(*[lambda: closing.finish(asked.run.pk)] * 3)
    assert sorted(found) == [False, False, True]
    assert AuditEvent.objects.filter(action="hedges.period.closed").count() == 1
    assert JournalEntry.objects.count() == 1
    assert AccountingPeriod.objects.get().status == "CLOSED"


def test_a_reversal_and_a_close_have_one_order(entity: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """October is open; its close and a reversal into it race: the reversal is in October, or in November after it."""
    from datetime import date

    closable.close(entity)
    person = book.user("HEDGE_ACCOUNTANT")
    first = JournalEntry.objects.get(number=1)
    october = closing.request(entity=entity, period=date(2026, 10, 1), actor=person).run
    with monkeypatch.context() as patch:
        patch.setitem(pipeline.FINISH, "CLOSE", lambda run_id: True)
        pipeline.drain(october.pk, owner="test")
    proposed = reversal.propose(entry=first, actor=person, reason="the wrong month")
    assert proposed.valid_from.month == 10
    found = at_once(
        lambda: closing.finish(october.pk),
        lambda: reversal.approve(version=proposed, actor=book.user("APPROVER")),
    )
    assert True in found
    assert AccountingPeriod.objects.get(period_start=date(2026, 10, 1)).status == "CLOSED"
    assert closable.balances(entity)["DERIVATIVE"] == 40, (
        "the close came after it and posted anew, or before it"
    )
    made = [one for one in found if isinstance(one, JournalEntry)]
    refused = [one for one in found if isinstance(one, Refusal)]
    assert len(made) + len(refused) == 1
    if refused:
        assert "any more" in str(refused[0]) or "is closed" in str(refused[0])
        assert JournalEntry.objects.count() == 1
    numbers = list(JournalEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_of_two_proposals_one_waits(entity: Any) -> None:
    closable.close(entity)
    first, person = JournalEntry.objects.get(), book.user("HEDGE_ACCOUNTANT")
    found = at_once(*[lambda: reversal.propose(entry=first, actor=person, reason="the wrong month")] * 2)
    assert sorted(type(one).__name__ for one in found) == ["JournalReversalVersion", "Refusal"]


def test_of_two_who_agree_one_posts_the_reversal(entity: Any) -> None:
    closable.close(entity)
    first = JournalEntry.objects.get()
    version = reversal.propose(entry=first, actor=book.user("HEDGE_ACCOUNTANT"), reason="the wrong month")
    approver = book.user("APPROVER")
    found = at_once(*[lambda: reversal.approve(version=version, actor=approver)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["JournalEntry", "Refusal"]
    assert JournalEntry.objects.count() == 2
    assert closable.balances(entity) == {}
