"""What the worker does when the bell rings. The queue carries a run's number, so that losing it loses nothing."""

import logging
import os
import socket

from celery import shared_task
from kombu.exceptions import OperationalError

from hedges.domain.trade_life import margin
from treasury.domain import runs
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun
from treasury.nightly import pipeline, schedule
from treasury.queries.open_runs import runs_to_ring

logger = logging.getLogger(__name__)


@shared_task(name="nightly.work")
def work(run_id: int) -> None:
    """Takes shards of the run until there are none to take."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    pipeline.drain(run_id, owner=owner, on_step=lambda: ring(run_id))
    margin_after(run_id)


def margin_after(run_id: int) -> int:
    """Records the margin days of futures up to the business date of a night that is published; twice is once."""
    night = CalculationRun.objects.filter(pk=run_id, kind=RunKind.NIGHTLY, status=RunStatus.PUBLISHED).first()
    return margin.record_due(up_to=night.as_of_date) if night else 0


@shared_task(name="nightly.sweep")
def sweep() -> list[int]:
    """Finds runs that nobody works on: new, woken by rates, or left behind by a worker that died; rings for each."""
    runs.wake_waiting()
    found = runs_to_ring()
    for run_id in found:
        ring(run_id)
    return found


@shared_task(name="nightly.start_night")
def start_night() -> int | None:
    """Asks for the night that is due; a second firing, or one that comes late, joins what is there."""
    as_of_date = schedule.due_date()
    if as_of_date is None:
        return None
    run = runs.request(as_of_date=as_of_date, actor=None).run
    ring(run.pk)
    return run.pk


def ring(run_id: int) -> bool:
    """Rings the bell for a run. Without a broker the run is late, not lost: the sweep rings again."""
    try:
        work.delay(run_id)
    except (OperationalError, OSError) as error:
        logger.warning("the bell for run %s could not be rung: %s", run_id, error)
        return False
    return True
