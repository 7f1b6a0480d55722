"""Bulk as a job: asked for, claimed by one worker at a time, cancelled, and ended in the transaction that records it.

A worker that dies leaves nothing in the book; another one takes the job over once its claim is old, and the attempt
that it counts up keeps a worker that only slept from recording the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import orjson
from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, F, Func
from django.utils.module_loading import import_string

from exposures.enums import BulkStatus
from exposures.models import BulkAnswer, BulkContent, BulkJob
from treasury.domain import audit
from treasury.domain.bulk.answers import Answer, RowsRefused
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.stopping import Stopped
from treasury.kernel.errors import InputError

#: After so long a worker that has claimed a job is taken for dead.
LEASE_SECONDS = 120
MOST_ATTEMPTS = 3
OPEN = (BulkStatus.WAITING, BulkStatus.RUNNING)
#: Wrong fields that are kept of a refused job.
MOST_KEPT = 1_000

_CLAIM = """
UPDATE exposures_bulkjob SET status = 'RUNNING', attempt = attempt + 1, claimed_at = clock_timestamp()
WHERE id = (SELECT id FROM exposures_bulkjob WHERE id = %s AND attempt < %s AND
            (status = 'WAITING' OR status = 'RUNNING' AND claimed_at < clock_timestamp() - make_interval(secs => %s))
            FOR UPDATE SKIP LOCKED)
"""
_GIVEN_UP = """
UPDATE exposures_bulkjob
SET status = 'FAILED', status_reason = 'The program has failed at these rows; its log says why.'
WHERE id = %s AND attempt >= %s AND status = 'RUNNING' AND claimed_at < clock_timestamp() - make_interval(secs => %s)
"""
_TO_RING = """
SELECT id FROM exposures_bulkjob WHERE status = 'WAITING'
    OR status = 'RUNNING' AND claimed_at < clock_timestamp() - make_interval(secs => %s) ORDER BY id
"""

_CLOCK = Func(function="clock_timestamp", output_field=DateTimeField())


class Overtaken(Exception):
    """The job was cancelled, or another worker has it: what this one has done is not recorded."""


def ask(
    *, resource: str, content: bytes, media_type: str, mode: str, told: Mapping[str, Any], entity_ids: Collection[int],
    actor: Any,
) -> BulkJob:  # fmt: skip
    """Keeps the rows for the worker. `entity_ids`: where their sender may write now; they are recorded nowhere else."""
    with as_refusal(), audit.action("exposures.bulk.asked", actor=actor):
        job = BulkJob.objects.create(
            resource=resource,
            mode=mode,
            media_type=media_type,
            settings=dict(told),
            entity_ids=sorted(entity_ids),
        )
        BulkContent.objects.create(job=job, content=content)
        return job


def run(job_id: int) -> bool:
    """Works on the job if there is something to do on it; False when somebody else does, or it has ended."""
    job = _claimed(job_id)
    if job is None:
        return False
    try:
        import_string(settings.HEDGEBOOK_BULK[job.resource])(job)
    except Overtaken:
        return False
    except RowsRefused as refusal:
        errors = [
            one._asdict() | {"index": index}
            for index in sorted(refusal.wrong)
            for one in refusal.wrong[index]
        ]
        _refused(job, str(refusal), errors)
    except InputError as error:
        entry = {"field": error.field, "code": "invalid_input", "expected": error.expected, "got": error.got}
        _refused(job, error.message, [entry | {"index": None}])
    except Stopped as stopped:
        _stopped(job, str(stopped))
    except Refusal as refusal:
        _refused(job, str(refusal), [])
    return True


def checked(job: BulkJob, rows: int, count: int) -> None:
    """So many of the rows are read and held against what they may be, and their worker is alive. After the last one
    all is recorded in one piece."""
    with audit.action("exposures.bulk.checked", actor=None, subject=job):
        _step(job, row_count=count, rows_checked=rows, claimed_at=_CLOCK)


def done(job: BulkJob, answer: Answer, document: Mapping[str, Any]) -> None:
    """Inside the transaction that records the rows. Raises Overtaken, which takes all of it back."""
    recorded = answer.outcomes["created"] + answer.outcomes["amended"]
    _step(
        job, status=BulkStatus.DONE, rows_checked=F("row_count"), rows_recorded=recorded, outcomes=answer.outcomes,
        exposure_import_id=answer.import_id,
    )  # fmt: skip
    BulkAnswer.objects.create(job=job, content=orjson.dumps(document))


def finished(job: BulkJob, recorded: int, document: Mapping[str, Any]) -> None:
    """The end of work that is not row by row, inside its transaction. Raises Overtaken, which takes all of it back."""
    _step(job, status=BulkStatus.DONE, row_count=recorded, rows_checked=recorded, rows_recorded=recorded)
    BulkAnswer.objects.create(job=job, content=orjson.dumps(document))


def cancel(*, job: BulkJob, actor: Any, reason: str = "") -> None:
    """Nothing of it is recorded. Raises Refusal where it has ended."""
    with as_refusal(), audit.action("exposures.bulk.cancelled", actor=actor, subject=job, reason=reason):
        moved = BulkJob.objects.filter(pk=job.pk, status__in=OPEN).update(
            status=BulkStatus.CANCELLED, status_reason=f"Cancelled by {actor.get_username()}."
        )
        if not moved:
            raise Refusal("This job has ended already, so there is nothing to cancel.")


def to_ring() -> list[int]:
    """Jobs that nobody works on."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_RING, [LEASE_SECONDS])
        return [row[0] for row in cursor.fetchall()]


def _claimed(job_id: int) -> BulkJob | None:
    if job_id not in to_ring():
        return None
    with audit.action("exposures.bulk.begun", actor=None), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [job_id, MOST_ATTEMPTS, LEASE_SECONDS])
        if not cursor.rowcount:
            cursor.execute(_GIVEN_UP, [job_id, MOST_ATTEMPTS, LEASE_SECONDS])
            return None
        return BulkJob.objects.select_related("event__actor", "content").get(pk=job_id)


def _step(job: BulkJob, **changes: Any) -> None:
    moved = BulkJob.objects.filter(pk=job.pk, status=BulkStatus.RUNNING, attempt=job.attempt).update(
        **changes
    )
    if not moved:
        raise Overtaken


def _stopped(job: BulkJob, words: str) -> None:
    try:
        with audit.action("exposures.bulk.stopped", actor=None, subject=job):
            _step(job, status=BulkStatus.CANCELLED, status_reason=words[:400])
    except Overtaken:
        return


def _refused(job: BulkJob, words: str, errors: list[dict[str, Any]]) -> None:
    shown = errors[:MOST_KEPT]
    if len(shown) < len(errors):
        words += f" The first {len(shown):,} of {len(errors):,} wrong fields stand here."
    try:
        with audit.action("exposures.bulk.refused", actor=None, subject=job):
            _step(job, status=BulkStatus.REFUSED, status_reason=words[:400])
            BulkAnswer.objects.create(job=job, content=orjson.dumps({"detail": words, "errors": shown}))
    except Overtaken:
        return
