"""The embedded Postgres: its binaries come from a package, everything else about running it is done here.

It listens on a unix socket in a private folder only, with a password all the same, as an unprivileged number when
started by root, and in a session of its own, so that a Ctrl-C at the terminal does not reach it before its users.
"""

import signal
import socket
import struct
import subprocess
import time
from pathlib import Path

from treasury.launcher import cluster, pids, roles
from treasury.launcher.errors import LaunchError
from treasury.launcher.paths import Paths
from treasury.launcher.places import Places

PORT = 5432
FAST_THEN_IMMEDIATE = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
# For databases that are thrown away: nothing has to survive a power cut. A `kill -9` it does survive.
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off"}


def url(places: Places, role: str, password: str, database: str = roles.DATABASE) -> str:
    return f"postgres://{role}:{password}@/{database}?host={places.sockets}"


def ensure(paths: Paths, places: Places, *, throw_away: bool = False) -> None:
    """Joins the server that answers on our socket, or starts one."""
    if answers(places):
        return
    program = cluster.program(places)
    data = places.home / "postgres"
    _stop_remains(places, data)
    if not (data / "PG_VERSION").exists():
        cluster.initialise(paths, places, program, data)
    _start(paths, places, program, data, throw_away=throw_away)
    if not (places.home / "roles-made").exists():
        cluster.make_roles(paths, places, program, createdb=throw_away)
        (places.home / "roles-made").touch()


def stop(places: Places) -> None:
    pid = _recorded_pid(places.home / "postgres")
    if pid is not None and answers(places):
        pids.stop(pid, pids.identity(pid), steps=FAST_THEN_IMMEDIATE)


def answers(places: Places) -> bool:
    """Whether the server on our private socket is ready: it then asks for the password."""
    body = struct.pack("!I", 196608) + f"user\0{cluster.ADMIN}\0database\0postgres\0\0".encode()
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(places.sockets / f".s.PGSQL.{PORT}"))
            probe.sendall(struct.pack("!I", len(body) + 4) + body)
            return probe.recv(1) == b"R"
        except OSError:
            return False


def _stop_remains(places: Places, data: Path) -> None:
    """Before a start: what is left of a killed server goes, its backends too, and then its notes of its number.

    The server refuses to start while that number is alive, whoever has it now, and counts a zombie as alive. Where
    processes cannot be found by their folder the notes stay, and the server decides.
    """
    for pid in pids.working_in(data):
        pids.stop(pid, pids.identity(pid), steps=FAST_THEN_IMMEDIATE)
    if pids.PROC.exists() and not pids.working_in(data):
        for note in [data / "postmaster.pid", *places.sockets.glob(".s.PGSQL.*")]:
            note.unlink(missing_ok=True)


def _recorded_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _start(paths: Paths, places: Places, program: Path, data: Path, *, throw_away: bool) -> None:
    settings = SETTINGS | (UNSAFE_SETTINGS if throw_away else {})
    command = [str(program / "postgres"), "-D", str(data), "-k", str(places.sockets), "-p", str(PORT)]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = paths.logs / "postgres.log"
    with log.open("a") as output:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=places.home,
            env=cluster.plain(),
            start_new_session=True,
            **places.popen_as,
        )
    deadline = time.monotonic() + 60
    while not answers(places):
        if server.poll() is not None or time.monotonic() > deadline:
            said = "".join(log.read_text(errors="replace").splitlines(keepends=True)[-10:])
            raise LaunchError(f"Postgres did not start; the end of {log}:\n{said}")
        time.sleep(0.02)
