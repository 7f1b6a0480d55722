"""The application's own processes: a Celery worker, the beat, the web server.

Each runs in a session of its own and writes to a log under the state folder. Commands share them as they share the
servers: `worker()`, `beat()` and `web()` join the one that runs or start it, and the last one out stops it. Nest
them in that order, so that they end in the opposite one: web, beat, worker, and then the servers.

    with processes.worker(), processes.beat(), processes.web(8000) as web:
        print(web.address)
        processes.wait_until_interrupted()
"""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from treasury.launcher import paths as project_paths
from treasury.launcher import pids
from treasury.launcher.errors import LaunchError
from treasury.launcher.locks import Use, exclusive
from treasury.launcher.paths import PROJECT, Paths
from treasury.launcher.signals import undisturbed

OWN_BROKER = "HEDGEBOOK_OWN_BROKER"
CELERY = [sys.executable, "-m", "celery", "-A", "treasury.config.celery"]
LARGEST_LOG = 5_000_000
_supervised: list["Process"] = []


@dataclass(frozen=True)
class Process:
    """A process that was started here or by another command of the same state folder."""

    name: str
    pid: int
    identity: str
    log: str
    address: str = ""

    def alive(self) -> bool:
        return pids.identity(self.pid) == self.identity

    def stop(self, *, patience: float = 20.0) -> None:
        """Asks for a warm end, then kills the whole session."""
        steps = ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0))
        pids.stop(self.pid, self.identity, steps=steps, whole_session=True)

    def kill(self) -> None:
        """`kill -9` of it and of its children, at once."""
        pids.stop(self.pid, self.identity, steps=((signal.SIGKILL, 5.0),), whole_session=True)


def start(name: str, command: list[str], *, log: Path, extra: dict[str, str] | None = None, address: str = "") -> Process:
    """Starts a process in its own session. It gets the application's role only: the owner's URL stays here."""
    settings = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"} | (extra or {})
    log.parent.mkdir(parents=True, exist_ok=True)
    too_long = log.exists() and log.stat().st_size > LARGEST_LOG
    with log.open("w" if too_long else "a") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=PROJECT,
            env=settings,
            start_new_session=True,
        )
    child.returncode = 0  # it is waited for by number, wherever it was started; Popen must not warn about it
    return Process(name, child.pid, pids.identity(child.pid) or "", str(log), address)


@contextmanager
def worker(*, concurrency: int = 2) -> Iterator[Process | None]:
    """A Celery worker for the time of the block: one that answers is joined, otherwise one is started.

    Prefork, because only a pool of processes hands the task of a killed child back to the queue. Yields None when a
    worker somewhere else serves the broker that REDIS_URL names.
    """
    if not os.environ.get(OWN_BROKER) and _worker_elsewhere():
        yield None
        return
    with _shared("worker", worker_command(concurrency=concurrency)) as process:
        yield process


def worker_command(*, concurrency: int = 2, name: str = "worker") -> list[str]:
    command = [*CELERY, "worker", "--pool", "prefork", "--concurrency", str(concurrency), "--loglevel", "INFO"]
    # Asking other workers at start-up costs a second and is of no use to a single one.
    return [*command, "--without-gossip", "--without-mingle", "--hostname", f"{name}-{os.getpid()}@%h"]


@contextmanager
def beat() -> Iterator[Process]:
    """The Celery beat for the time of the block."""
    schedule = project_paths.current().state / "beat-schedule"
    with _shared("beat", [*CELERY, "beat", "--loglevel", "INFO", "--schedule", str(schedule)]) as process:
        yield process


@contextmanager
def web(port: int = 8000, *, host: str = "127.0.0.1") -> Iterator[Process]:
    """The web server for the time of the block, answering when the block begins."""
    address = f"http://{host}:{port}/"
    with _shared(f"web-{port}", web_command(port, host=host), extra=WEB_SETTINGS, address=address) as process:
        wait_for_port(process, host, port)
        yield process


WEB_SETTINGS = {"HEDGEBOOK_DATABASE_POOL": "1"}


def web_command(port: int, *, host: str = "127.0.0.1") -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    return [*command, "--workers", "1", "--blocking-threads", "4", "--no-ws", "treasury.config.wsgi:application"]


def wait_for_port(process: Process, host: str, port: int, *, patience: float = 30.0) -> None:
    deadline = time.monotonic() + patience
    while process.alive() and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    raise LaunchError(f"The web server did not start on {host}:{port}; see {process.log}")


def wait_until_interrupted() -> None:
    """Returns on Ctrl-C or SIGTERM; raises LaunchError when one of the processes in use ends by itself."""
    try:
        while True:
            for process in _supervised:
                if not process.alive():
                    raise LaunchError(f"The {process.name} process ended by itself; see {process.log}")
            time.sleep(0.5)
    except (KeyboardInterrupt, SystemExit):
        return


@contextmanager
def _shared(
    name: str, command: list[str], *, extra: dict[str, str] | None = None, address: str = ""
) -> Iterator[Process]:
    paths = project_paths.current()
    # The same state folder may be used with different servers; their workers are not interchangeable.
    servers = os.environ.get("DATABASE_URL", "") + os.environ.get("REDIS_URL", "")
    key = f"{name}-{hashlib.sha256(servers.encode()).hexdigest()[:8]}"
    record, use = paths.records / f"{key}.json", Use(paths.locks / f"{key}.users")
    with exclusive(paths.locks / f"{key}.lock"):
        use.join()
        process = _read(record)
        if process is None or not process.alive():
            if address and _taken(address):
                raise LaunchError(f"Something else already listens on {address}; stop it or choose another port.")
            process = start(name, command, log=paths.logs / f"{name}.log", extra=extra, address=address)
            record.write_text(json.dumps(asdict(process)))
    _supervised.append(process)
    try:
        yield process
    finally:
        _supervised.remove(process)
        with undisturbed(), exclusive(paths.locks / f"{key}.lock"):
            if use.leave():
                process.stop()
                record.unlink(missing_ok=True)


def stop_orphans(paths: Paths) -> None:
    """Stops what a killed command left behind: processes on record that nobody uses any more."""
    for record in sorted(paths.records.glob("*.json"), reverse=True):  # web, then worker, then beat
        with exclusive(paths.locks / f"{record.stem}.lock"):
            if Use(paths.locks / f"{record.stem}.users").nobody():
                if process := _read(record):
                    process.stop(patience=5)
                record.unlink(missing_ok=True)


def _read(record: Path) -> Process | None:
    try:
        return Process(**json.loads(record.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _taken(address: str) -> bool:
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def _worker_elsewhere() -> bool:
    command = [*CELERY, "inspect", "ping", "--timeout", "1"]
    return subprocess.run(command, capture_output=True, check=False, cwd=PROJECT).returncode == 0
