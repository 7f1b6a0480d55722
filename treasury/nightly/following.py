"""Following a run from a terminal: its shards as a bar, and the bell again for whoever sleeps or has not heard it."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from treasury.domain import runs
from treasury.enums import RunKind
from treasury.models import CalculationRun
from treasury.nightly import pipeline, tasks
from treasury.queries.open_runs import progress

POLL_SECONDS = 0.1
RING_AGAIN_SECONDS = 5.0


def follow(run: CalculationRun, console: Console) -> None:
    """Returns when the run has ended, however it did."""
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    expected = pipeline.Pace.of_settings().shard_count * len(pipeline.steps_of(RunKind(run.kind)))
    rung = 0.0
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("waiting for a worker", total=None)
        while True:
            now = progress(run.pk)
            if now.status not in runs.OPEN:
                return
            if time.monotonic() - rung > RING_AGAIN_SECONDS:
                runs.wake_waiting()
                tasks.ring(run.pk)
                rung = time.monotonic()
            total = now.shards_total or expected
            bar.update(
                task, completed=now.shards_done, total=total, description=now.step.lower() or "sealing"
            )
            time.sleep(POLL_SECONDS)
