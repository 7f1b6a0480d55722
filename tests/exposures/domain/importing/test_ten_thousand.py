"""Ten thousand wrong rows are reported within ten seconds, in a fixed number of statements; right ones are recorded."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exposures.domain.importing import checking, committing, deciding, receiving
from exposures.models import ExposureVersion, ImportProblem
from exposures.queries import import_decisions
from tests.factories import book, importing
from tests.factories.importing import csv, row
from treasury.enums import Decision

pytestmark = pytest.mark.django_db


def received(content: bytes, actor: Any) -> Any:
    return receiving.receive(
        source_system="ERP", name="a.csv", content=content, settings=importing.layout().as_json(), actor=actor
    )


def wrong(entity: Any, count: int) -> bytes:
    return csv(*(row(f"R{n}", entity, "1_000", kind="WISH", expected="soon") for n in range(count)))


def test_ten_thousand_bad_rows_are_reported_within_ten_seconds() -> None:
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    made = received(wrong(entity, 10_000), actor)
    began = time.process_time()
    found = checking.check(import_id=made.pk, actor=actor, attempt=made.attempt)
    spent = time.process_time() - began
    assert found.problem_count == ImportProblem.objects.count() == 30_000
    # of this process, whatever else the machine does; the whole way measured by the clock stands in docs/import.md
    assert spent < 5, spent


def test_the_statements_do_not_grow_with_the_rows() -> None:
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    counted = []
    for count in (10, 1000):
        rows = [row(f"{count}-{n}", entity) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            made = received(csv(*rows), actor)
            found = checking.check(import_id=made.pk, actor=actor, attempt=made.attempt)
            committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)
            found.refresh_from_db()
            event: int = found.commit_event_id  # type: ignore[assignment]
            digest = str(import_decisions.digest_of_waiting(event))
        with CaptureQueriesContext(connection) as decisions:
            deciding.decide(
                import_id=found.pk, event_id=event, digest=digest, decision=Decision.APPROVED,
                actor=book.user("APPROVER"),
            )  # fmt: skip
        counted.append((len(queries), len(decisions)))
    assert counted[0] == counted[1]


def test_time_grows_with_the_rows_and_not_with_their_square() -> None:
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    spent = []
    for count in (2_000, 8_000):
        made = received(wrong(entity, count), actor)
        began = time.process_time()
        checking.check(import_id=made.pk, actor=actor, attempt=made.attempt)
        spent.append(time.process_time() - began)
    assert spent[1] < 4 * 3 * max(spent[0], 0.05), spent


def test_ten_thousand_good_rows_are_committed_and_decided() -> None:
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    made = importing.committed(csv(*(row(f"R{n}", entity) for n in range(10_000))), actor=actor)
    event: int = made.commit_event_id  # type: ignore[assignment]
    assert ExposureVersion.objects.filter(event=event).count() == 10_000
    decided = deciding.decide(
        import_id=made.pk, event_id=event, digest=str(import_decisions.digest_of_waiting(event)),
        decision=Decision.APPROVED, actor=book.user("APPROVER"),
    )  # fmt: skip
    assert decided == 10_000
