"""Faults of the night on a real worker: killed, overtaken, without a broker. The results never differ by a digit."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.factories import book, hedged, market
from tests.harness import broker
from treasury.domain import runs, sealing, shards
from treasury.enums import RunStatus
from treasury.models import CalculationRun, RunShard
from treasury.nightly import pipeline, tasks
from treasury.nightly.sealed_book import sealed_book

SHARDS = 2
LEASE = {"HEDGEBOOK_LEASE_SECONDS": "1"}


@pytest.fixture
def expected(committed_db: Any) -> Any:
    """The result rows of an undisturbed night over a book that stays as it is; the next run is another revision."""
    market.record()
    hedged.hedged_book(4)
    return hedged.rows(hedged.night())


def sealed_run() -> CalculationRun:
    run = runs.request(as_of_date=book.TODAY, actor=None, new_revision=True).run
    assert sealing.seal(run_id=run.pk, steps=list(pipeline.STEPS), shard_count=SHARDS, read_book=sealed_book)
    return run


def wait_for(condition: Callable[[], Any], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def done(run: CalculationRun, step: str) -> int:
    return RunShard.objects.filter(run=run, step=step, status="DONE").count()


def status(run: CalculationRun) -> str:
    return CalculationRun.objects.get(pk=run.pk).status


def swept_until_published(run: CalculationRun, seconds: float = 90) -> None:
    """What the beat does every few seconds, until the run is out."""

    def published() -> bool:
        tasks.sweep()
        time.sleep(0.2)
        return status(run) == RunStatus.PUBLISHED

    wait_for(published, seconds)


@contextmanager
def held(table: str) -> Iterator[None]:
    """Nobody can write into the table for the time of the block: the middle of the night, at a fixed place."""
    from tests.harness.databases import url

    address = url("owner", connection.settings_dict["NAME"]).replace("postgres://", "postgresql://", 1)
    with psycopg.connect(address) as owner:
        owner.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_worker_killed_in_the_middle_changes_no_digit(expected: Any, celery_worker_process: Any) -> None:
    celery_worker_process.stop()
    run = sealed_run()
    with held(f"hedges_hedgeratioresult_r{run.pk}"):
        celery_worker_process.start(**LEASE)
        tasks.ring(run.pk)
        wait_for(lambda: done(run, "VALUATION") == SHARDS)
        wait_for(lambda: RunShard.objects.filter(run=run, step="HEDGE_RATIO", status="LEASED").exists())
        celery_worker_process.kill()
    assert status(run) == RunStatus.RUNNING
    celery_worker_process.start(**LEASE)
    swept_until_published(run)
    killed = RunShard.objects.get(run=run, step="HEDGE_RATIO", shard_number=0)
    assert killed.epoch == 2, "the shard of the killed worker was claimed again, after its lease"
    assert hedged.rows(run) == expected


def test_a_run_whose_bell_was_lost_is_found_by_the_sweep(expected: Any, celery_worker_process: Any) -> None:
    run = runs.request(as_of_date=book.TODAY, actor=None, new_revision=True).run
    tasks.ring(run.pk)
    celery_worker_process.kill()
    with broker.client() as queue:
        for key in queue.scan_iter(match=f"{broker_prefix()}*"):
            queue.delete(key)
    celery_worker_process.start(**LEASE)
    swept_until_published(run)
    assert hedged.rows(run) == expected


def broker_prefix() -> str:
    from django.conf import settings

    return settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]


def test_without_a_broker_the_bell_says_so_and_raises_nothing(expected: Any, monkeypatch: Any) -> None:
    from kombu.exceptions import OperationalError

    run = runs.request(as_of_date=book.TODAY, actor=None, new_revision=True).run

    def gone(*args: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.work, "delay", gone)
    assert tasks.ring(run.pk) is False
    monkeypatch.undo()
    assert tasks.sweep() == [run.pk]


def test_an_overtaken_worker_writes_nothing(expected: Any) -> None:
    """The lease of the slow one has run out and another one has taken the shard when the slow one comes to write."""
    run = sealed_run()
    slow = shards.claim(run_id=run.pk, owner="slow", lease_seconds=0.0)
    fast = shards.claim(run_id=run.pk, owner="fast", lease_seconds=30.0)
    assert slow is not None
    assert fast is not None
    assert (slow.shard_id, slow.epoch, fast.epoch) == (fast.shard_id, 1, 2)
    pipeline.run_shard(slow)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM hedges_valuationresult_r{run.pk}")
        assert cursor.fetchone() == (0,)
    assert RunShard.objects.get(pk=slow.shard_id).status == "LEASED"
    pipeline.run_shard(fast)
    pipeline.run_shard(slow)
    pipeline.drain(run.pk, owner="fast")
    assert hedged.rows(run) == expected
