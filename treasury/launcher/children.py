"""Child processes: started in a session of their own, shared between commands, found again after a kill.

Each shared one has a record with its number and start time. The lock that says who uses it goes with its users, so
that the record of a process whose users were all killed can be told from one that is in use.
"""

import hashlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from treasury.launcher import paths as project_paths
from treasury.launcher import pids
from treasury.launcher.errors import LaunchError
from treasury.launcher.locks import Use, exclusive
from treasury.launcher.paths import PROJECT, Paths
from treasury.launcher.signals import undisturbed

LARGEST_LOG = 5_000_000
supervised: list["Process"] = []


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
        self._kill_remains()

    def kill(self) -> None:
        """`kill -9` of it and of its children, at once."""
        pids.stop(self.pid, self.identity, steps=((signal.SIGKILL, 5.0),), whole_session=True)
        self._kill_remains()

    def _kill_remains(self) -> None:
        """A leader that was killed alone may have left its pool behind."""
        for pid in pids.working_in(PROJECT):
            with suppress(ProcessLookupError):
                if os.getsid(pid) == self.pid and pid != self.pid:
                    os.kill(pid, signal.SIGKILL)


def start(
    name: str, command: list[str], *, log: Path, extra: dict[str, str] | None = None, address: str = ""
) -> Process:
    """Starts a process in its own session. It gets the application's role only: the owner's URL stays here."""
    settings = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"} | (
        extra or {}
    )
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
def shared(
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
                raise LaunchError(
                    f"Something else already listens on {address}; stop it or choose another port."
                )
            process = start(name, command, log=paths.logs / f"{name}.log", extra=extra, address=address)
            record.write_text(json.dumps(asdict(process)))
    supervised.append(process)
    try:
        yield process
    finally:
        supervised.remove(process)
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
