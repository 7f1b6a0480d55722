"""Real processes under test: a Celery worker that can be killed, a web server that answers."""

import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from treasury.launcher import processes
from treasury.launcher.errors import LaunchError
from treasury.launcher.processes import Process


@dataclass
class WorkerUnderTest:
    """A Celery worker on the test's own database and queue."""

    folder: Path
    process: Process | None = None
    started: int = field(default=0)

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"

    def start(self, *, wait: bool = True, concurrency: int = 1, **environment: str) -> Process:
        """Starts a worker, another one after a kill too; returns when it takes tasks."""
        self.started += 1
        ready = self.folder / f"ready-{self.started}"
        self.process = processes.start(
            "worker",
            processes.worker_command(concurrency=concurrency, name=f"test-{self.started}"),
            log=self.log,
            extra={"HEDGEBOOK_READY_FILE": str(ready), **environment},
        )
        if wait:
            wait_until(ready.exists, self, seconds=120)
        return self.process

    def kill(self) -> None:
        """`kill -9` of the worker and of its pool."""
        assert self.process is not None
        self.process.kill()

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop(patience=5)

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


def wait_until(condition, worker: WorkerUnderTest, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert worker.process is not None
        assert worker.process.alive(), f"the worker ended:\n{worker.said()}"
        assert time.monotonic() < deadline, f"the worker took more than {seconds} s:\n{worker.said()}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_site(folder: Path, *, again: int = 2) -> Process:
    """On another port where somebody took the free one before the server did; then another may answer there."""
    port = free_port()
    site = processes.start(
        "web",
        processes.web_command(port),
        log=folder / "web.log",
        extra=processes.WEB_SETTINGS,
        address=f"http://127.0.0.1:{port}",
    )
    try:
        processes.wait_for_port(site, "127.0.0.1", port)
    except LaunchError:
        if site.alive():
            site.stop()
            raise
    if site.alive():
        return site
    assert again, f"the web server ended:\n{Path(site.log).read_text()}"
    return start_site(folder, again=again - 1)
