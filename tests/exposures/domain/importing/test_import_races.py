"""Several people at once, each on a connection of the application's role: exactly one outcome, all or nothing."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from exposures.domain import recording
from exposures.domain.importing import committing, deciding, receiving, undoing
from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval, Import
from exposures.queries import import_decisions
from tests.factories import book, importing
from tests.factories.importing import csv, row
from treasury.domain.refusals import Refusal
from treasury.enums import Decision

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]
MANY = range(6)


def race(acts: list[Callable[[], object]]) -> list[str]:
    """What became of each act, all begun at one moment; `done`, or the words of the refusal."""
    said, start = ["" for _ in acts], threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=60)
            act()
            said[place] = "done"
        except Refusal as refusal:
            said[place] = str(refusal)
        except BaseException as error:
            said[place] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return said


def one_only(acts: list[Callable[[], object]], *words: str) -> None:
    said = race(acts)
    assert said.count("done") == 1, said
    others = [text for text in said if text != "done"]
    assert all(any(word in text for word in words) for text in others), said


@pytest.fixture
def entity() -> Any:
    book.risk()
    return book.entity()


def test_one_file_comes_in_once(entity: Any) -> None:
    people, content = [book.user("TREASURER") for _ in MANY], csv(row("A", entity))

    def receive(actor: Any) -> Callable[[], object]:
        return lambda: receiving.receive(
            source_system="ERP", name="a.csv", content=content, settings={}, actor=actor
        )

    one_only([receive(actor) for actor in people], receiving.NOT_YOURS)
    assert Import.objects.count() == 1


def test_one_commit_and_one_undoing(entity: Any) -> None:
    people = [book.user("TREASURER") for _ in MANY]
    content = csv(*(row(f"R{n}", entity) for n in range(50)))
    found = importing.checked(content, actor=people[0])

    def commit(actor: Any) -> Callable[[], object]:
        return lambda: committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)

    one_only([commit(actor) for actor in people], "changed this import meanwhile")
    assert ExposureVersion.objects.count() == Exposure.objects.count() == 50

    def undo(actor: Any) -> Callable[[], object]:
        return lambda: undoing.undo(import_id=found.pk, actor=actor, reason="wrong")

    one_only([undo(actor) for actor in people], "only once")
    assert ExposureVersion.objects.filter(version_number=2, status="CANCELLED").count() == 50


def test_one_decision(entity: Any) -> None:
    found = importing.committed(csv(*(row(f"R{n}", entity) for n in range(50))), actor=book.user("TREASURER"))
    event: int = found.commit_event_id  # type: ignore[assignment]
    digest = str(import_decisions.digest_of_waiting(event))

    def decide(actor: Any, place: int) -> Callable[[], object]:
        decision = Decision.APPROVED if place % 2 else Decision.REJECTED
        return lambda: deciding.decide(
            import_id=found.pk, event_id=event, digest=digest, decision=decision, actor=actor
        )

    people = [book.user("APPROVER") for _ in MANY]
    one_only(
        [decide(actor, place) for place, actor in enumerate(people)],
        "decided already",
        "Nothing of this import",
        "not what you have seen",
    )
    assert ExposureVersionApproval.objects.values("decision").distinct().count() == 1
    assert ExposureVersionApproval.objects.count() == 50


def test_two_imports_of_the_same_exposures_in_opposite_order(entity: Any) -> None:
    """No deadlock, and the later one is told that the book has moved."""
    actor, references = book.user("TREASURER"), [f"R{n:03}" for n in range(60)]
    importing.committed(csv(*(row(one, entity) for one in references)), actor=actor)
    found = [
        importing.checked(csv(*(row(one, entity, amount) for one in order)), actor=actor)
        for amount, order in (("5", references), ("7", references[::-1]))
    ]

    def commit(one: Import) -> Callable[[], object]:
        return lambda: committing.commit(import_id=one.pk, actor=actor, attempt=one.attempt)

    one_only([commit(one) for one in found], "The book has changed since")
    newest = ExposureVersion.objects.filter(version_number=2)
    assert newest.count() == 60
    assert newest.values("exposure_amount").distinct().count() == 1


def test_an_import_against_a_change_by_hand(entity: Any) -> None:
    """Whoever comes second is refused; both never count."""
    actor = book.user("TREASURER")
    importing.committed(csv(row("A", entity)), actor=actor)
    exposure = Exposure.objects.get()
    for turn in range(3):
        found = importing.checked(csv(row("A", entity, f"{turn + 5}")), actor=actor)
        number = ExposureVersion.objects.count() + 1

        def by_hand(turn: int = turn, number: int = number) -> object:
            version = book.unsaved_exposure(turn + 50, exposure=exposure, version_number=number)
            return recording.amend(versions=[version], actor=actor, reason="by hand")

        def commit(found: Import = found) -> object:
            return committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)

        one_only([by_hand, commit], "The book has changed since", "is not the next one")
        assert ExposureVersion.objects.count() == number
