"""Processes by number, told apart from later processes that got the same number."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
POLITE_THEN_FIRM = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))


def identity(pid: int) -> str | None:
    """The start time of a live process, which no later process with the same number shares; None when it is gone.

    A zombie counts as gone: in a container nobody may ever reap it.
    """
    if (PROC / "self/stat").exists():
        try:
            fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] in "ZX" else fields[19]
    listing = subprocess.run(
        ["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(maxsplit=1)
    return listing[1].strip() if len(listing) == 2 and not listing[0].startswith("Z") else None


def working_in(folder: Path) -> list[int]:
    """Live processes whose working folder is this one. A database server and all its backends are found so, under
    whatever number and title they run. Elsewhere than on Linux nothing is found."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(folder) and identity(int(entry.name)) is not None:
                found.append(int(entry.name))
        except OSError:
            continue
    return sorted(found)


def stop(
    pid: int,
    known_as: str | None,
    *,
    steps: Iterable[tuple[int, float]] = POLITE_THEN_FIRM,
    whole_session: bool = False,
) -> None:
    """Sends one signal after the other, each with its time to act, until the process is gone.

    `known_as` is its identity when it was started: a process that has taken over the number is left alone.
    """
    for number, patience in steps:
        if known_as is None or identity(pid) != known_as:
            return
        _send(pid, number, whole_session)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            gone = identity(pid) != known_as
            _reap(pid)
            if gone:
                if whole_session:  # children that outlive their leader would hold on to the servers
                    _send(pid, signal.SIGKILL, whole_session)
                return
            time.sleep(0.02)


def _send(pid: int, number: int, whole_session: bool) -> None:
    try:
        (os.killpg if whole_session else os.kill)(pid, number)
    except ProcessLookupError:
        pass


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass
