"""Runs are asked for once, joined by everybody else, woken by rates, superseded by the next revision."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.factories import book, hedged, market
from treasury.domain import runs, sealing
from treasury.enums import RunStatus
from treasury.models import CalculationRun
from treasury.nightly import pipeline, tasks
from treasury.nightly.sealed_book import sealed_book
from treasury.queries.open_runs import runs_to_ring

TODAY = book.TODAY


def asked(**fields: Any) -> runs.Requested:
    return runs.request(**({"as_of_date": TODAY, "actor": None} | fields))


@pytest.mark.django_db
def test_a_second_start_joins_the_first() -> None:
    market.record()
    first, second = asked(), asked()
    assert (first.is_new, second.is_new) == (True, False)
    assert second.run == first.run
    assert asked(new_revision=True).run == first.run, "one that is under way is joined in any case"


@pytest.mark.django_db
def test_a_rerun_is_a_new_revision_and_supersedes_the_old_one() -> None:
    market.record()
    hedged.hedged_book(1)
    first = hedged.night()
    assert asked().run == first, "a published night answers"
    second = hedged.night(new_revision=True)
    first.refresh_from_db()
    assert (first.status, second.status, second.revision) == (RunStatus.SUPERSEDED, RunStatus.PUBLISHED, 2)
    assert hedged.rows(second) == hedged.rows(first)


@pytest.mark.django_db
def test_a_date_without_rates_waits_until_they_arrive() -> None:
    run = asked().run
    assert (run.status, "no FX rates" in run.status_reason) == (RunStatus.WAITING, True)
    assert runs.wake_waiting() == 0
    assert runs_to_ring() == []
    market.record()
    assert runs.wake_waiting() == 1
    assert runs_to_ring() == [run.pk]
    pipeline.run_in_process(CalculationRun.objects.get(pk=run.pk))


@pytest.mark.django_db
def test_a_pending_run_whose_rates_are_missing_goes_to_wait() -> None:
    run = asked().run
    CalculationRun.objects.filter(pk=run.pk).update(status=RunStatus.PENDING)
    pipeline.drain(run.pk, owner="test")
    run.refresh_from_db()
    assert run.status == RunStatus.WAITING


@pytest.mark.django_db
def test_a_failed_run_is_followed_by_a_new_revision() -> None:
    market.record()
    run = asked().run
    assert runs.fail(run_id=run.pk, reason="no disk")
    assert not runs.fail(run_id=run.pk, reason="again")
    again = asked()
    assert (again.is_new, again.run.revision) == (True, 2)


@pytest.mark.django_db
def test_an_empty_book_has_a_night_too() -> None:
    market.record()
    run = hedged.night()
    assert all(rows == [] for rows in hedged.rows(run).values())


@pytest.mark.django_db
def test_the_seal_is_done_once_and_names_what_it_saw() -> None:
    market.record()
    hedged.hedged_book(2)
    run = asked().run
    steps = list(pipeline.STEPS)
    assert sealing.seal(run_id=run.pk, steps=steps, shard_count=3, read_book=sealed_book)
    assert not sealing.seal(run_id=run.pk, steps=steps, shard_count=3, read_book=sealed_book)
    run.refresh_from_db()
    assert run.shards.count() == 3 * len(steps)
    seen = run.book_snapshot
    assert (seen.exposure_count, seen.instrument_count, seen.relationship_count) == (2, 2, 2)
    assert len(seen.content_digest) == len(run.market_data_snapshot.content_digest) == 64
    assert run.code_version.count("+") == 1
    assert {"numpy", "scipy", "quantlib", "python"} <= set(run.library_versions)


@pytest.mark.django_db
def test_what_is_recorded_after_the_seal_is_not_seen() -> None:
    market.record()
    entity = hedged.hedged_book(1)
    run = asked().run
    sealing.seal(run_id=run.pk, steps=list(pipeline.STEPS), shard_count=1, read_book=sealed_book)
    before = hedged.night_rows_of(run)
    later = TODAY + timedelta(days=30)
    book.exposure(9_000_000, of=entity, expected_date=later)
    book.forward(-1_000, of=entity, settlement_date=later)
    assert hedged.night_rows_of(run) == before


def test_of_two_who_ask_at_once_one_makes_the_run_and_the_other_joins(committed_db: Any) -> None:
    market.record()
    barrier, found = Barrier(2), []

    def ask() -> None:
        try:
            barrier.wait(timeout=60)
            found.append(asked())
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(one.is_new for one in found) == [False, True]
    assert CalculationRun.objects.count() == 1


@pytest.mark.django_db
def test_the_sweep_rings_for_what_nobody_works_on(monkeypatch: pytest.MonkeyPatch) -> None:
    market.record()
    rung: list[int] = []
    monkeypatch.setattr(tasks, "ring", rung.append)
    run = asked().run
    assert tasks.sweep() == [run.pk] == rung
