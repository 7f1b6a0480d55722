"""Runs of the history side by side on two processor cores, each at its own past time.

This process goes through the timeline and alone writes what people do. Its lanes, forked from it, work the runs, which
see the book as known at their time. It goes on when a run is sealed, so that no seal and no entry wait for each other.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import connections

from treasury.demo.nights import past_night
from treasury.demo.seeding import closes
from treasury.demo.seeding.clock import as_owner, tell_time
from treasury.kernel.errors import HedgebookError

LANES = 2
SEALED, DONE = "sealed", "done"
PATIENCE_SECONDS = 5.0


class LaneError(HedgebookError):
    """A run of the history did not come to its end."""


@dataclass(frozen=True)
class Job:
    """The night of a date, or the run of a close, at a time."""

    at: datetime
    as_of: date
    close_run: int | None = None

    def work(self, on_sealed: Callable[[], object]) -> None:
        tell_time(self.at)
        if self.close_run is None:
            past_night(self.as_of, on_sealed)
        else:
            closes.measure(self.close_run, on_sealed)


@dataclass
class Lane:
    """A process and what it works on."""

    process: BaseProcess
    pipe: Connection
    job: Job | None = None

    def take(self, job: Job) -> None:
        self.job = job
        with suppress(OSError):  # what became of a lane that has ended is heard
            self.pipe.send(job)

    def hear(self) -> str:
        """What the lane has to say, waited for; raises LaneError with what went wrong in it."""
        try:
            said: str = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise LaneError("A process that worked on the history ended; start again.") from error
        if said not in (SEALED, DONE):
            raise LaneError(said)
        if said == DONE:
            self.job = None
        return said


class Lanes:
    """Which lane works on what."""

    def __init__(self, lanes: list[Lane]) -> None:
        self._lanes = lanes

    def work(self, job: Job) -> None:
        """Gives a job to the first lane that is free; returns when its run is sealed."""
        lane = next((lane for lane in self._lanes if lane.job is None), None) or self._first_done()
        lane.take(job)
        lane.hear()

    def settle_nights(self, until: date) -> None:
        """Returns when no night of a date up to that one is worked on."""
        self._settle(lambda job: job.close_run is None and job.as_of <= until)

    def settle_closes(self) -> None:
        self._settle(lambda job: job.close_run is not None)

    def settle(self) -> None:
        self._settle(lambda job: True)

    def _settle(self, which: Callable[[Job], bool]) -> None:
        for lane in self._lanes:
            if lane.job and which(lane.job):
                lane.hear()

    def _first_done(self) -> Lane:
        found: Any = wait([lane.pipe for lane in self._lanes])[0]
        lane = next(lane for lane in self._lanes if lane.pipe is found)
        lane.hear()
        return lane


@contextmanager
def lanes() -> Iterator[Lanes | None]:
    """For the time of the block; None where a second core is missing, or processes cannot be forked."""
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < LANES:
        yield None
        return
    found: list[Lane] = []
    try:
        for number in range(LANES):
            found.append(_started(number, [lane.pipe for lane in found]))
        yield Lanes(found)
        for lane in found:
            lane.pipe.close()  # which ends it
    finally:
        for lane in found:
            lane.process.join(PATIENCE_SECONDS if lane.pipe.closed else 0)
            lane.process.kill()
            lane.process.join()


def _started(number: int, others: list[Connection]) -> Lane:
    here, there = get_context("fork").Pipe()
    arguments = (there, [here, *others])
    process = get_context("fork").Process(target=_run, args=arguments, name=f"lane-{number}", daemon=True)
    process.start()
    there.close()
    return Lane(process, here)


def _run(pipe: Connection, not_ours: list[Connection]) -> None:
    """A lane: works on what comes, until the other end is closed. A Ctrl-C is for the process that forked it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    for other in not_ours:
        other.close()
    # The connections are those of the other process, which goes on using them.
    inherited = [(one, one.connection) for one in connections.all(initialized_only=True)]
    for one, _ in inherited:
        one.connection = None
    with as_owner():
        while True:
            try:
                job: Job = pipe.recv()
            except EOFError:
                os._exit(0)
            try:
                job.work(lambda: pipe.send(SEALED))
                pipe.send(DONE)
            except Exception as error:
                pipe.send(f"{type(error).__name__}: {error}")
