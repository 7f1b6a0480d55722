"""Shards: leased, taken again when the lease has run out, written by the newest claim only."""

from typing import Any

import pytest
from django.db import connection

from tests.factories import hedged, market
from treasury.domain import runs, sealing, shards
from treasury.enums import RunStatus
from treasury.models import CalculationRun, RunShard
from treasury.nightly import pipeline
from treasury.nightly.sealed_book import sealed_book
from treasury.queries.open_runs import runs_to_ring

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> CalculationRun:
    market.record()
    hedged.hedged_book(2)
    found = runs.request(as_of_date=hedged.book.TODAY, actor=None).run
    sealing.seal(run_id=found.pk, steps=list(pipeline.STEPS), shard_count=2, read_book=sealed_book)
    return found


def claimed(run: CalculationRun, *, lease_seconds: float = 30.0, owner: str = "one") -> shards.Claim:
    claim = shards.claim(run_id=run.pk, owner=owner, lease_seconds=lease_seconds)
    assert claim is not None
    return claim


def expire(claim: shards.Claim) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE treasury_runshard SET lease_expires_at = clock_timestamp() - interval '1 second' WHERE id = %s",
            [claim.shard_id],
        )


def test_every_shard_is_held_by_one(run: CalculationRun) -> None:
    first, second = claimed(run), claimed(run, owner="two")
    assert {first.shard_number, second.shard_number} == {0, 1}
    assert shards.claim(run_id=run.pk, owner="three", lease_seconds=30.0) is None


def test_a_step_waits_for_the_one_before_it(run: CalculationRun) -> None:
    first, second = claimed(run), claimed(run)
    shards.finish(first, row_count=0)
    assert shards.claim(run_id=run.pk, owner="one", lease_seconds=30.0) is None
    shards.finish(second, row_count=0)
    assert claimed(run).step == "HEDGE_RATIO"


def test_a_lease_that_has_run_out_is_taken_over_and_the_sweep_sees_it(run: CalculationRun) -> None:
    first, _ = claimed(run), claimed(run)
    assert runs_to_ring() == []
    expire(first)
    assert runs_to_ring() == [run.pk]
    again = claimed(run, owner="two")
    assert (again.shard_id, again.epoch) == (first.shard_id, first.epoch + 1)


def test_an_overtaken_claim_can_neither_finish_nor_give_back(run: CalculationRun) -> None:
    old = claimed(run)
    expire(old)
    new = claimed(run, owner="two")
    with pytest.raises(shards.Overtaken):
        shards.finish(old, row_count=0)
    assert shards.give_back(old, cause="late") == 0
    shards.finish(new, row_count=7)
    with pytest.raises(shards.Overtaken):
        shards.finish(new, row_count=7)
    assert RunShard.objects.get(pk=new.shard_id).row_count == 7


def test_a_late_one_that_nobody_has_overtaken_may_finish(run: CalculationRun) -> None:
    claim = claimed(run)
    expire(claim)
    shards.finish(claim, row_count=1)
    assert RunShard.objects.get(pk=claim.shard_id).status == "DONE"


def test_a_shard_that_fails_keeps_its_cause_and_ends_the_run_in_the_end(
    run: CalculationRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(shard: Any) -> Any:
        raise ArithmeticError("no such number")

    monkeypatch.setitem(pipeline.STEPS, next(iter(pipeline.STEPS)), broken)
    for failure in range(1, pipeline.MAY_FAIL + 1):
        with pytest.raises(ArithmeticError):
            pipeline.drain(run.pk, owner="test")
        shard = RunShard.objects.get(run=run, step="VALUATION", shard_number=0)
        assert (shard.failure_count, shard.status) == (failure, "PENDING")
        assert shard.failure_cause == "ArithmeticError: no such number"
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert "VALUATION shard 0 failed" in run.status_reason
    assert shards.claim(run_id=run.pk, owner="test", lease_seconds=30.0) is None
