"""Runs that wait for a worker, and how far a run has come."""

from dataclasses import dataclass

from django.db import connection

from treasury.models import CalculationRun

#: A pending run; a running one with a shard that could be claimed now; one with nothing left but to be published.
_TO_RING = """
SELECT r.id FROM treasury_calculationrun r
WHERE r.status = 'PENDING' OR (r.status = 'RUNNING' AND (
    EXISTS (SELECT FROM treasury_runshard s WHERE s.run_id = r.id AND (
        s.status = 'PENDING' OR (s.status = 'LEASED' AND s.lease_expires_at < clock_timestamp()))
        AND NOT EXISTS (SELECT FROM treasury_runshard e WHERE e.run_id = s.run_id
            AND e.step_number < s.step_number AND e.status <> 'DONE'))
    OR NOT EXISTS (SELECT FROM treasury_runshard s WHERE s.run_id = r.id AND s.status <> 'DONE')))
ORDER BY r.as_of_date, r.id
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands."""

    status: str
    status_reason: str
    shards_done: int
    shards_total: int
    step: str


def runs_to_ring() -> list[int]:
    """Runs that somebody should work on now."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_RING)
        return [row[0] for row in cursor.fetchall()]


def progress(run_id: int) -> Progress:
    """Status, shards and the step that is under way."""
    run = CalculationRun.objects.get(pk=run_id)
    shards = list(run.shards.order_by("step_number", "shard_number").values_list("status", "step"))
    done = sum(status == "DONE" for status, _ in shards)
    step = next((step for status, step in shards if status != "DONE"), "")
    return Progress(run.status, run.status_reason, done, len(shards), step)
