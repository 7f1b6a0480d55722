"""A close on a real worker that is killed: in the middle of a step, and between publishing and posting."""

from typing import Any

import pytest
from django.db import connection

from hedges.domain import closing
from hedges.models import AccountingPeriod, JournalEntry
from tests.factories import closable
from tests.treasury.nightly.test_worker_killed import LEASE, held, status, swept_until_published, wait_for
from treasury.domain import sealing
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun, RunShard
from treasury.nightly import pipeline, tasks
from treasury.nightly.sealed_book import sealed_book


@pytest.fixture
def expected(committed_db: Any) -> Any:
    """What an undisturbed close posts for one entity; the other has the same hedges."""
    first = closable.ready(2)
    assert closable.close(first).status == RunStatus.PUBLISHED
    return closable.hedges(2), posted(first)


def ask(entity: Any) -> CalculationRun:
    return closing.request(entity=entity, period=closable.MONTH, actor=None).run


def posted(entity: Any) -> list[tuple[Any, ...]]:
    """Lines without the numbers of their entries, which go by the relationships' codes."""
    return sorted(line[1:] for line in closable.ledger(entity))


def nothing_posted(entity: Any) -> bool:
    entries = JournalEntry.objects.filter(entity=entity)
    return not entries.exists() and not AccountingPeriod.objects.filter(entity=entity).exists()


def test_killed_in_the_middle_of_a_step(expected: Any, celery_worker_process: Any) -> None:
    entity, ledger = expected
    celery_worker_process.stop()
    run = ask(entity)
    steps = pipeline.steps_of(RunKind.CLOSE)
    assert sealing.seal(run_id=run.pk, steps=steps, shard_count=2, read_book=sealed_book)
    with held(f"hedges_measurementresult_r{run.pk}"):
        celery_worker_process.start(**LEASE)
        tasks.ring(run.pk)
        wait_for(lambda: RunShard.objects.filter(run=run, step="MEASUREMENT", status="LEASED").exists())
        celery_worker_process.kill()
    assert status(run) == RunStatus.RUNNING
    assert nothing_posted(entity)
    celery_worker_process.start(**LEASE)
    swept_until_published(run)
    assert max(RunShard.objects.filter(run=run, step="MEASUREMENT").values_list("epoch", flat=True)) == 2
    assert posted(entity) == ledger


def test_killed_between_publishing_and_posting(expected: Any, celery_worker_process: Any) -> None:
    entity, ledger = expected
    celery_worker_process.stop()
    run = ask(entity)
    with held("hedges_journalline"):
        celery_worker_process.start(**LEASE)
        tasks.ring(run.pk)
        wait_for(lambda: waits_for_a_lock("journalline"))
        assert not RunShard.objects.filter(run=run).exclude(status="DONE").exists()
        celery_worker_process.kill()
    wait_for(lambda: not waits_for_a_lock("journalline"))
    assert status(run) == RunStatus.RUNNING, "what was published is not, as it was not posted"
    assert nothing_posted(entity)
    celery_worker_process.start(**LEASE)
    swept_until_published(run)
    assert posted(entity) == ledger
    again = closing.request(entity=entity, period=closable.MONTH, actor=None)
    assert (again.is_closed, again.run) == (True, run)


def waits_for_a_lock(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
            " JOIN pg_database d ON d.oid = l.database"
            " WHERE NOT l.granted AND c.relname = %s AND d.datname = current_database())",
            [f"hedges_{table}"],
        )
        return bool(cursor.fetchone()[0])
