"""Shards: claimed by a conditional UPDATE with a lease and an epoch, finished only by the newest claim.

Rows and done-mark commit in one transaction, so that a killed or overtaken worker leaves nothing. The lease is measured
by the server's own clock, also where the book's time is a demo's.
"""

from dataclasses import dataclass

from django.db import connection

from treasury.models import RunShard


class Overtaken(Exception):
    """Another worker holds this shard by now: whatever was computed for it must not be written."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write one shard, as long as `epoch` is the shard's."""

    shard_id: int
    run_id: int
    step: str
    shard_number: int
    shard_count: int
    epoch: int


_CLAIM = """
UPDATE treasury_runshard SET status = 'LEASED', epoch = epoch + 1, lease_owner = %(owner)s,
    lease_expires_at = clock_timestamp() + make_interval(secs => %(lease_seconds)s),
    started_at = coalesce(started_at, hedgebook_now())
WHERE id = (
    SELECT s.id FROM treasury_runshard s JOIN treasury_calculationrun r ON r.id = s.run_id AND r.status = 'RUNNING'
    WHERE s.run_id = %(run_id)s
      AND (s.status = 'PENDING' OR (s.status = 'LEASED' AND s.lease_expires_at < clock_timestamp()))
      AND NOT EXISTS (
          SELECT FROM treasury_runshard e
          WHERE e.run_id = s.run_id AND e.step_number < s.step_number AND e.status <> 'DONE')
    ORDER BY s.step_number, s.shard_number LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
RETURNING id, run_id, step, shard_number, shard_count, epoch
"""


def claim(*, run_id: int, owner: str, lease_seconds: float) -> Claim | None:
    """Takes the next shard of a running run that nobody holds, in the order of the steps; None when there is none.

    A shard is open to a claim when all earlier steps are done and it is pending, or its lease has expired.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"run_id": run_id, "owner": owner[:80], "lease_seconds": lease_seconds})
        row = cursor.fetchone()
    return Claim(*row) if row else None


def finish(claim: Claim, *, row_count: int) -> None:
    """Marks the shard done, in the transaction that writes its rows. Raises Overtaken unless its claim is the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE treasury_runshard SET status = 'DONE', row_count = %s, finished_at = hedgebook_now(),"
            " lease_expires_at = NULL WHERE id = %s AND status = 'LEASED' AND epoch = %s",
            [row_count, claim.shard_id, claim.epoch],
        )
        if cursor.rowcount != 1:
            raise Overtaken(f"shard {claim.step} {claim.shard_number}: claim {claim.epoch} is not the newest")


def give_back(claim: Claim, *, cause: str) -> int:
    """Gives a shard back after a failure, with its cause; returns how often it has failed by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE treasury_runshard SET status = 'PENDING', lease_expires_at = NULL,"
            " failure_count = failure_count + 1, failure_cause = %s"
            " WHERE id = %s AND status = 'LEASED' AND epoch = %s RETURNING failure_count",
            [cause[:4000], claim.shard_id, claim.epoch],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def are_done(run_id: int) -> bool:
    """Whether every shard of the run is done."""
    shards = RunShard.objects.filter(run_id=run_id)
    return shards.exists() and not shards.exclude(status="DONE").exists()
