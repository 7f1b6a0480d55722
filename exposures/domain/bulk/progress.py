"""How far a job is while its one transaction runs, seen by others at once: written on a connection of its own.

Each report says as well that the worker is alive, and hears whether the job was cancelled meanwhile. It is made once a
second at most, so that a long job leaves a line a second in the audit trail and a short one hardly any.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from exposures.domain.bulk.jobs import Overtaken
from exposures.domain.importing.slices import Report, unheard
from exposures.models import BulkJob

EVERY_SECONDS = 1.0
_BEGIN = "SELECT audit_begin('exposures.bulk.checked', NULL, 'bulkjob', %s, '')"
_REPORT = """
UPDATE exposures_bulkjob SET row_count = %s, rows_checked = %s, claimed_at = clock_timestamp()
WHERE id = %s AND status = 'RUNNING' AND attempt = %s
"""


@contextmanager
def reporting(job: BulkJob) -> Iterator[Report]:
    """Yields what to call with the rows done and the rows all; it raises Overtaken once the job is not this worker's.

    Inside a transaction that made the job nobody else could see it: then nothing is reported.
    """
    if connection.in_atomic_block:
        yield unheard
        return
    own = connection.copy()
    last = -EVERY_SECONDS

    def report(done: int, count: int) -> None:
        nonlocal last
        if time.monotonic() - last < EVERY_SECONDS:
            return
        last = time.monotonic()
        own.ensure_connection()
        with own.connection.transaction(), own.connection.cursor() as cursor:
            cursor.execute(_BEGIN, [job.pk])
            cursor.execute(_REPORT, [count, done, job.pk, job.attempt])
            if not cursor.rowcount:
                raise Overtaken

    try:
        yield report
    finally:
        own.close()
