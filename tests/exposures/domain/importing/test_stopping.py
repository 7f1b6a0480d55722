"""A check, a commit and an undoing that somebody stops while they run: nothing is recorded, and both are told."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from exposures.domain.importing import checking, committing, deciding, stopping, undoing
from exposures.models import ExposureVersion, Import, ImportRow
from exposures.queries.import_decisions import digest_of_waiting
from tests.factories import book, importing
from tests.factories.web import signed_in
from treasury.domain.refusals import Refusal
from treasury.domain.stopping import _STOP, _WORK, STOPPED, is_under_way
from treasury.enums import Decision


def waits_for(lock: str, found: Import, *, granted: bool) -> None:
    """Until somebody holds this lock of the import, or stands in line for it, in this test's own database."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted = %s"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                " AND (classid::bigint << 32 | objid::bigint) = hashtextextended(%s, 0)",
                [granted, lock.format(stopping.name(found.pk))],
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody came to the lock")


def in_a_thread(pool, call) -> Future:
    def run():
        try:
            return call()
        finally:
            connection.close()

    return pool.submit(run)


ROW_OF_THE_IMPORT = "SELECT id FROM exposures_import FOR UPDATE"
DECISIONS = "LOCK TABLE exposures_exposureversionapproval IN SHARE MODE"


def stopped_while_it_runs(found: Import, work, actor, held: str = ROW_OF_THE_IMPORT) -> None:
    """The work is held at what it writes until the stop is on its way."""
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(using="owner"):
            with connections["owner"].cursor() as cursor:
                cursor.execute(held)
            working = in_a_thread(pool, work)
            waits_for(_WORK, found, granted=True)
            stopping_it = in_a_thread(pool, lambda: stopping.stop(import_id=found.pk, actor=actor))
            waits_for(_STOP, found, granted=True)
            waits_for(_WORK, found, granted=False)
            assert is_under_way(stopping.name(found.pk))
        with pytest.raises(Refusal, match=STOPPED[:15]):
            working.result(60)
        stands = stopping_it.result(60)
    assert not is_under_way(stopping.name(found.pk))
    assert stands.status == found.status


@pytest.fixture
def staged(committed_db):
    entity = book.entity()
    book.risk("USDEUR")
    author = book.user("TREASURER", entity=entity)
    content = importing.csv(importing.row("SO-1", entity), importing.row("SO-2", entity))
    return importing.checked(content, actor=author), author


def test_a_stopped_commit_records_nothing_and_can_be_asked_for_again(staged) -> None:
    found, author = staged
    commit = lambda: committing.commit(import_id=found.pk, actor=author, attempt=found.attempt)  # noqa: E731
    stopped_while_it_runs(found, commit, author)
    assert not ExposureVersion.objects.exists()
    assert commit() == 2
    assert ExposureVersion.objects.count() == 2


def test_a_stopped_check_stages_nothing(staged) -> None:
    found, author = staged
    check = lambda: checking.check(import_id=found.pk, actor=author, attempt=found.attempt)  # noqa: E731
    stopped_while_it_runs(found, check, author)
    assert set(ImportRow.objects.values_list("attempt", flat=True)) == {found.attempt}
    found.refresh_from_db()
    assert found.is_checked
    assert check().attempt == found.attempt + 1


def test_a_stopped_undoing_takes_nothing_back(staged) -> None:
    found, author = staged
    committing.commit(import_id=found.pk, actor=author, attempt=found.attempt)
    found.refresh_from_db()
    undo = lambda: undoing.undo(import_id=found.pk, actor=author, reason="twice")  # noqa: E731
    stopped_while_it_runs(found, undo, author)
    assert ExposureVersion.objects.count() == 2


def test_a_stopped_decision_decides_nothing(staged) -> None:
    found, author = staged
    committing.commit(import_id=found.pk, actor=author, attempt=found.attempt)
    found.refresh_from_db()
    approver = book.user("APPROVER")
    digest = digest_of_waiting(found.commit_event_id)
    decide = lambda: deciding.decide(  # noqa: E731
        import_id=found.pk, event_id=found.commit_event_id, digest=digest, decision=Decision.APPROVED, actor=approver
    )  # fmt: skip
    stopped_while_it_runs(found, decide, approver, DECISIONS)
    assert digest_of_waiting(found.commit_event_id) == digest
    assert decide() == 2


def test_who_may_not_work_on_it_stops_nothing(staged) -> None:
    found, author = staged
    with pytest.raises(Refusal):
        stopping.stop(import_id=found.pk, actor=book.user("TREASURER", entity=book.entity()))
    address = reverse("import-stop", args=[found.pk])
    assert signed_in(entity=book.entity()).post(address).status_code == 404
    assert signed_in("AUDITOR").post(address).status_code == 403
    said = signed_in(user=author).post(address, follow=True).content.decode()
    assert "Nobody works on it any more" in said


def test_the_page_says_that_it_is_worked_on_with_a_button_that_stops_it(staged) -> None:
    found, author = staged
    client = signed_in(user=author)
    address = reverse("import", args=[found.pk])
    assert "It is being worked on now" not in client.get(address).content.decode()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Import.objects.select_for_update().get(pk=found.pk)
            working = in_a_thread(
                pool, lambda: committing.commit(import_id=found.pk, actor=author, attempt=found.attempt)
            )
            waits_for(_WORK, found, granted=True)
            page = client.get(address).content.decode()
        assert working.result(60) == 2
    assert "It is being worked on now" in page
    assert reverse("import-stop", args=[found.pk]) in page
