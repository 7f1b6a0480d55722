"""A step of an import that the worker does: how far it is can be seen meanwhile, and a stop leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from exposures.domain.bulk import jobs, progress
from exposures.domain.importing import by_job, slices, stopping
from exposures.enums import BulkStatus, ImportStatus
from exposures.models import BulkJob, ExposureVersion, ExposureVersionApproval, Import
from exposures.queries.import_decisions import digest_of_waiting
from tests.exposures.domain.importing.test_stopping import in_a_thread, waits_for
from tests.factories import api, book, importing
from tests.factories.web import signed_in
from treasury.domain.refusals import Refusal
from treasury.domain.stopping import _STOP

ROWS = 6


@pytest.fixture
def staged(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Import, Any]:
    """Six rows in slices of two, each of which is reported."""
    monkeypatch.setattr(slices, "LEAST", 2)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    monkeypatch.setattr(by_job, "AT_ONCE", ROWS - 1)
    entity = book.entity()
    book.risk("USDEUR")
    author = book.user("TREASURER", entity=entity)
    content = importing.csv(*(importing.row(f"SO-{n}", entity) for n in range(ROWS)))
    return importing.checked(content, actor=author), author


def commit(found: Import, author: Any) -> BulkJob:
    told = {"attempt": found.attempt, "reason": ""}
    return by_job.ask(import_id=found.pk, step=by_job.COMMIT, told=told, actor=author)


def decide(found: Import, approver: Any, decision: str = "APPROVED") -> BulkJob:
    told = {
        "event_id": found.commit_event_id, "digest": digest_of_waiting(found.commit_event_id or 0),
        "decision": decision, "comment": "",
    }  # fmt: skip
    return by_job.ask(import_id=found.pk, step=by_job.DECIDE, told=told, actor=approver)


def at_each_report(
    monkeypatch: pytest.MonkeyPatch, do: Any, *modules: str
) -> list[tuple[str, int | None, int]]:
    """What somebody else sees of the job between two slices."""
    seen, at_once = [], slices.in_slices

    def slice_by_slice(keys: Any, ask: Any, report: Any) -> Any:
        def reported(done: int, count: int) -> None:
            report(done, count)
            with connections["owner"].cursor() as other:
                other.execute(
                    "SELECT status, row_count, rows_checked FROM exposures_bulkjob ORDER BY id DESC"
                )
                seen.append(other.fetchone())
            do()

        return at_once(keys, ask, reported)

    for module in modules or ("committing", "undoing", "deciding"):
        monkeypatch.setattr(f"exposures.domain.importing.{module}.in_slices", slice_by_slice)
    return seen


def test_every_step_is_done_by_the_worker_and_is_seen_on_its_way(staged: Any, monkeypatch: Any) -> None:
    found, author = staged
    seen = at_each_report(monkeypatch, lambda: None)
    assert jobs.run(commit(found, author).pk)
    found.refresh_from_db()
    assert found.status == ImportStatus.COMMITTED
    assert jobs.run(decide(found, book.user("APPROVER")).pk)
    assert ExposureVersionApproval.objects.filter(decision="APPROVED").count() == ROWS
    told = {"reason": "the wrong month"}
    assert jobs.run(by_job.ask(import_id=found.pk, step=by_job.UNDO, told=told, actor=author).pk)
    assert ExposureVersion.objects.count() == 2 * ROWS
    assert seen == [("RUNNING", ROWS, done) for _ in range(3) for done in (2, 4, 6)]
    assert list(BulkJob.objects.values_list("status", "rows_recorded")) == [(BulkStatus.DONE, ROWS)] * 3


def once(do: Any) -> Any:
    """Done after the first slice, by somebody else: on a connection of its own."""
    done: list[bool] = []

    def first() -> None:
        if not done:
            done.append(True)
            do()

    return first


def test_a_cancelled_job_ends_at_its_next_slice_and_has_recorded_nothing(
    staged: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, author = staged
    job = commit(found, author)
    with ThreadPoolExecutor(1) as pool:
        cancel = lambda: in_a_thread(pool, lambda: jobs.cancel(job=job, actor=author)).result(30)  # noqa: E731
        seen = at_each_report(monkeypatch, once(cancel))
        assert not jobs.run(job.pk)
    assert seen == [("RUNNING", ROWS, 2)]
    job.refresh_from_db()
    found.refresh_from_db()
    assert (job.status, found.status) == (BulkStatus.CANCELLED, ImportStatus.STAGED)
    assert not ExposureVersion.objects.exists()
    monkeypatch.undo()
    assert jobs.run(commit(found, author).pk)
    assert ExposureVersion.objects.count() == ROWS


def test_a_decision_that_is_stopped_by_its_approver_decides_nothing(
    staged: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, author = staged
    jobs.run(commit(found, author).pk)
    found.refresh_from_db()
    approver = book.user("APPROVER")
    job, stops = decide(found, approver), []

    with ThreadPoolExecutor(1) as pool:

        def stop() -> None:
            stops.append(in_a_thread(pool, lambda: stopping.stop(import_id=found.pk, actor=approver)))
            waits_for(_STOP, found, granted=True)

        at_each_report(monkeypatch, once(stop))
        jobs.run(job.pk)
        stops[0].result(60)
    job.refresh_from_db()
    assert (job.status, job.status_reason) == (BulkStatus.CANCELLED, f"Cancelled by {approver.username}.")
    assert not ExposureVersionApproval.objects.exists()


def test_what_no_worker_has_taken_is_stopped_too(staged: Any) -> None:
    found, author = staged
    job = commit(found, author)
    stopping.stop(import_id=found.pk, actor=author)
    assert not jobs.run(job.pk)
    assert BulkJob.objects.get().status == BulkStatus.CANCELLED


def test_one_step_at_a_time_and_only_of_who_may(staged: Any) -> None:
    found, author = staged
    with pytest.raises(Refusal, match="no role that decides"):
        decide(found, author)
    with pytest.raises(Refusal, match="no role that records"):
        commit(found, book.user("TREASURER", entity=book.entity()))
    commit(found, author)
    with pytest.raises(Refusal, match="being worked on already"):
        commit(found, author)


def test_the_page_asks_the_worker_shows_how_far_it_is_and_says_why_it_was_refused(staged: Any) -> None:
    found, author = staged
    client, address = signed_in(user=author), reverse("import", args=[found.pk])
    client.post(reverse("import-commit", args=[found.pk]), {"attempt": found.attempt})
    html = client.get(address).content.decode()
    assert "a worker takes it within seconds" in html
    assert 'hx-trigger="every 1s"' in html
    assert reverse("import-stop", args=[found.pk]) in html
    assert "Discard this import" not in html
    job = BulkJob.objects.get()
    jobs.checked(jobs._claimed(job.pk), 4, ROWS)
    part = client.get(reverse("import-progress", args=[found.pk]))
    assert part.status_code == 200
    assert '<progress max="6" value="4"' in part.content.decode()
    assert "4 of 6 rows" in part.content.decode()
    client.post(reverse("import-stop", args=[found.pk]))
    ended = client.get(reverse("import-progress", args=[found.pk]))
    assert (ended.status_code, ended["HX-Refresh"]) == (286, "true")
    assert "It was stopped" in client.get(address).content.decode()


def test_by_api_a_step_is_a_job_where_that_is_preferred_and_is_stopped(staged: Any) -> None:
    found, author = staged
    desk = api.by_session(user=author)
    asked = desk.post(f"imports/{found.pk}/commit/", {"reason": ""}, headers={"Prefer": "respond-async"})
    assert asked.status_code == 202
    assert asked.json()["resource"] == "import-steps"
    assert desk.post(f"imports/{found.pk}/stop/", {}).status_code == 200
    assert desk.get(f"bulk-jobs/{asked.json()['id']}/").json()["status"] == "CANCELLED"
    again = desk.post(
        f"imports/{found.pk}/commit/", {"reason": ""}, headers={"Prefer": "respond-async"}
    ).json()
    assert jobs.run(again["id"])
    assert desk.get(f"bulk-jobs/{again['id']}/result/").json()["results"] == []
    assert desk.get(f"imports/{found.pk}/").json()["status"] == "COMMITTED"


def test_rows_in_bulk_report_slice_by_slice_too(staged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert staged
    entity = book.entity()
    lines = b"".join(
        b'{"external_reference": "B%d", "entity": "%b", "risk": "USDEUR", "kind": "FORECAST",'
        b' "exposure_amount": "5.00", "expected_date": "2027-03-31"}\n' % (n, entity.code.encode())
        for n in range(4)
    )
    writer = book.user("TREASURER", entity=entity)
    job = jobs.ask(
        resource="exposures", content=lines, media_type="application/x-ndjson", mode="all-or-nothing",
        told={"source_system": "BULK", "valid_from": "2026-01-01", "reason": ""}, entity_ids=[entity.pk],
        actor=writer,
    )  # fmt: skip
    seen = at_each_report(monkeypatch, lambda: None, "staging")
    assert jobs.run(job.pk)
    assert seen == [("RUNNING", 4, 2), ("RUNNING", 4, 4)]
    job.refresh_from_db()
    assert (job.status, job.rows_checked, job.rows_recorded) == (BulkStatus.DONE, 4, 4)
