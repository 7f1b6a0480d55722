"""The demo's nights: sixty past ones in this process, and the last one by a real worker."""

import time
from collections.abc import Callable
from datetime import date

from rich.console import Console

from treasury.domain import runs
from treasury.enums import RunStatus
from treasury.kernel.errors import HedgebookError
from treasury.models import CalculationRun
from treasury.nightly import pipeline, tasks

POLL_SECONDS = 0.1
RING_AGAIN_SECONDS = 10.0
PATIENCE_SECONDS = 300.0


class NightError(HedgebookError):
    """The night did not come to its end."""


def past_night(as_of_date: date, on_sealed: Callable[[], object] | None = None) -> None:
    """One night of the history, at the database time that has been told. The seed's lock is held.

    A run that is open already was left behind by a start that was killed: nobody works on it, and its lease would
    have to run out first. It is given up, and the night is a new revision.
    """
    asked = runs.request(as_of_date=as_of_date, actor=None)
    if not asked.is_new and asked.run.status in runs.OPEN:
        runs.fail(
            run_id=asked.run.pk, reason="The start of the demo that worked on this night was interrupted."
        )
        asked = runs.request(as_of_date=as_of_date, actor=None)
    if asked.run.status != RunStatus.PUBLISHED:
        pipeline.run_in_process(asked.run, on_sealed=on_sealed)


def full_night(as_of_date: date, console: Console) -> CalculationRun:
    """The night of the business date through queue and worker; a published one is joined."""
    run = runs.request(as_of_date=as_of_date, actor=None).run
    began = rung = time.monotonic()
    if run.status in runs.OPEN:
        tasks.ring(run.pk)
    with console.status(f"The night of {as_of_date} is on the worker"):
        while run.status in runs.OPEN:
            time.sleep(POLL_SECONDS)
            now = time.monotonic()
            if now - rung > RING_AGAIN_SECONDS:
                tasks.ring(run.pk)
                rung = now
            if now - began > PATIENCE_SECONDS:
                raise NightError(
                    f"The night of {as_of_date} is not done after {PATIENCE_SECONDS:.0f} s; see the worker's log."
                )
            run.refresh_from_db()
    if run.status != RunStatus.PUBLISHED:
        raise NightError(f"The night of {as_of_date} ended {run.status}: {run.status_reason}")
    return run
