"""The night, on one screen: seal → value → hedge ratios → horizon profile → effectiveness → measurement → publish.

A period close is two of its steps over one entity, and ends in the journal. Every step but the first and the last runs
in shards. Whoever calls `drain` (a worker's task, the demo, a test) takes
shards one after the other; how many do so at once changes nothing in the results.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from hedges.domain import closing
from treasury.domain import runs, sealing, shards
from treasury.enums import RunKind, RunStatus, RunStep
from treasury.models import CalculationRun
from treasury.nightly.sealed_book import sealed_book
from treasury.nightly.steps import effectiveness, hedge_ratio, horizon, measurement, valuation
from treasury.nightly.steps.context import Rows, Shard, sealed_inputs
from treasury.queries import copy

#: The steps in their order. A step's shards can be claimed when all earlier steps are done.
STEPS: dict[RunStep, Callable[[Shard], dict[str, Rows]]] = {
    RunStep.VALUATION: valuation.compute,
    RunStep.HEDGE_RATIO: hedge_ratio.compute,
    RunStep.HORIZON: horizon.compute,
    RunStep.EFFECTIVENESS: effectiveness.compute,
    RunStep.MEASUREMENT: measurement.compute,
}
#: What a period close takes of them.
CLOSING = (RunStep.EFFECTIVENESS, RunStep.MEASUREMENT)
#: What makes a run out of its shards, once all are done.
FINISH: dict[RunKind, Callable[[int], bool]] = {RunKind.NIGHTLY: runs.publish, RunKind.CLOSE: closing.finish}
MAY_FAIL = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run is cut and how long a claim lasts; no result depends on either."""

    shard_count: int
    lease_seconds: float

    @classmethod
    def of_settings(cls) -> "Pace":
        return cls(
            shard_count=settings.HEDGEBOOK_SHARDS,
            lease_seconds=settings.HEDGEBOOK_LEASE_SECONDS,
        )


def steps_of(kind: RunKind) -> list[RunStep]:
    """The steps of a run, in their order."""
    return [step for step in STEPS if kind == RunKind.NIGHTLY or step in CLOSING]


def drain(
    run_id: int,
    *,
    owner: str,
    pace: Pace | None = None,
    on_sealed: Callable[[], object] | None = None,
    on_step: Callable[[], object] | None = None,
) -> None:
    """Does whatever of the run can be done now: seals it, takes its shards, publishes it. Safe to call at any time.

    `on_sealed` is called when the book may go on; `on_step` when a step may have come to its end, so that idle workers
    can be woken for the next one.
    """
    pace = pace or Pace.of_settings()
    kind = RunKind(CalculationRun.objects.values_list("kind", flat=True).get(pk=run_id))
    sealing.seal(run_id=run_id, steps=steps_of(kind), shard_count=pace.shard_count, read_book=sealed_book)
    if on_sealed:
        on_sealed()
    while claim := shards.claim(run_id=run_id, owner=owner, lease_seconds=pace.lease_seconds):
        run_shard(claim)
        if on_step and claim.shard_number == claim.shard_count - 1:
            on_step()
    if shards.are_done(run_id):
        FINISH[kind](run_id)


def run_in_process(
    run: CalculationRun, *, shard_count: int = 1, on_sealed: Callable[[], object] | None = None
) -> CalculationRun:
    """The whole run in this process, without a queue; raises when it cannot be published."""
    pace = Pace(shard_count=shard_count, lease_seconds=600.0)
    drain(run.pk, owner="in-process", pace=pace, on_sealed=on_sealed)
    run.refresh_from_db()
    if run.status != RunStatus.PUBLISHED:
        raise RuntimeError(f"{run} ended {run.status}: {run.status_reason or 'shards are open'}")
    return run


def run_shard(claim: shards.Claim) -> None:
    """Computes a claimed shard; its rows and its done-mark become visible together, or not at all."""
    try:
        shard = Shard(sealed_inputs(claim.run_id), claim.shard_number, claim.shard_count)
        rows = STEPS[RunStep(claim.step)](shard)
        with transaction.atomic():
            written = sum(copy.write(f"{table}_r{claim.run_id}", cells) for table, cells in rows.items())
            shards.finish(claim, row_count=written)
    except shards.Overtaken:
        return
    except Exception as error:
        cause = f"{type(error).__name__}: {error}"
        if shards.give_back(claim, cause=cause) >= MAY_FAIL:
            runs.fail(run_id=claim.run_id, reason=f"{claim.step} shard {claim.shard_number} failed: {cause}")
        raise
