"""The application's own processes: a Celery worker, the beat, the web server.

Each runs in a session of its own and writes to a log under the state folder. Commands share them as they share the
servers: `worker()`, `beat()` and `web()` join the one that runs or start it, and the last one out stops it. Nest
them in that order, so that they end in the opposite one: web, beat, worker, and then the servers.

    with processes.worker(), processes.beat(), processes.web(8000) as web:
        print(web.address)
        processes.wait_until_interrupted()
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from treasury.launcher import paths as project_paths
from treasury.launcher.children import Process, shared, start, supervised
from treasury.launcher.errors import LaunchError
from treasury.launcher.paths import PROJECT

__all__ = [
    "Process",
    "beat",
    "start",
    "wait_for_port",
    "wait_until_interrupted",
    "web",
    "web_command",
    "worker",
    "worker_command",
]

OWN_BROKER = "HEDGEBOOK_OWN_BROKER"
CELERY = [sys.executable, "-m", "celery", "-A", "treasury.config.celery"]


@contextmanager
def worker(*, concurrency: int = 2) -> Iterator[Process | None]:
    """A Celery worker for the time of the block: one that answers is joined, otherwise one is started.

    Prefork, because only a pool of processes hands the task of a killed child back to the queue. Yields None when a
    worker somewhere else serves the broker that REDIS_URL names.
    """
    if not os.environ.get(OWN_BROKER) and _worker_elsewhere():
        yield None
        return
    with shared("worker", worker_command(concurrency=concurrency)) as process:
        yield process


def worker_command(*, concurrency: int = 2, name: str = "worker") -> list[str]:
    command = [
        *CELERY,
        "worker",
        "--pool",
        "prefork",
        "--concurrency",
        str(concurrency),
        "--loglevel",
        "INFO",
    ]
    # Asking other workers at start-up costs a second and is of no use to a single one.
    return [*command, "--without-gossip", "--without-mingle", "--hostname", f"{name}-{os.getpid()}@%h"]


@contextmanager
def beat() -> Iterator[Process]:
    """The Celery beat for the time of the block."""
    schedule = project_paths.current().state / "beat-schedule"
    with shared("beat", [*CELERY, "beat", "--loglevel", "INFO", "--schedule", str(schedule)]) as process:
        yield process


@contextmanager
def web(port: int = 8000, *, host: str = "127.0.0.1") -> Iterator[Process]:
    """The web server for the time of the block, answering when the block begins."""
    address = f"http://{host}:{port}/"
    with shared(f"web-{port}", web_command(port, host=host), extra=WEB_SETTINGS, address=address) as process:
        wait_for_port(process, host, port)
        yield process


# A request gives up where a night would go on.
WEB_SETTINGS = {"HEDGEBOOK_DATABASE_POOL": "1", "HEDGEBOOK_STATEMENT_TIMEOUT_MS": "15000"}


def web_command(port: int, *, host: str = "127.0.0.1") -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    return [
        *command,
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "treasury.config.wsgi:application",
    ]


def wait_for_port(process: Process, host: str, port: int, *, patience: float = 120.0) -> None:
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
            for process in supervised:
                if not process.alive():
                    raise LaunchError(f"The {process.name} process ended by itself; see {process.log}")
            time.sleep(0.5)
    except (KeyboardInterrupt, SystemExit):
        return


def _worker_elsewhere() -> bool:
    command = [*CELERY, "inspect", "ping", "--timeout", "1"]
    return subprocess.run(command, capture_output=True, check=False, cwd=PROJECT).returncode == 0
