"""Real commands on real servers, in state folders of their own; the installed environment is shared."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from treasury.launcher import children, pids
from treasury.launcher.paths import PROJECT, Paths, current

SERVER_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "HEDGEBOOK_OWN_BROKER", "PYTHONPATH")

WAIT = "processes.wait_until_interrupted()"
SQL = """\
import psycopg
address = os.environ["DATABASE_OWNER_URL"].replace("postgres:", "postgresql:", 1)
with psycopg.connect(address, autocommit=True) as connection:
    rows = connection.execute({statement!r})
    print(rows.fetchone()[0] if rows.description else "done", flush=True)
"""


def sql(statement: str) -> str:
    """Code that runs a statement as the owner and prints the first value."""
    return SQL.format(statement=statement)


@dataclass
class Bench:
    """A state folder and the commands that run on it."""

    state: Path
    project: Path = PROJECT
    python: str = sys.executable
    account: dict[str, object] = field(default_factory=dict)
    running: list[subprocess.Popen] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in SERVER_VARIABLES}
        own = {
            "HEDGEBOOK_STATE_DIR": str(self.state),
            "HEDGEBOOK_ENVIRONMENT_DIR": str(current().environment),
            "HOME": str(self.state),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return kept | own

    def start(self, code: str, **extra: str) -> subprocess.Popen:
        """Runs Python code between the start and the end of the servers, as a command of `manage.py` would."""
        script = "\n".join(
            [
                "import os, sys, time",
                f"sys.path.insert(0, {str(self.project)!r})",
                "from treasury.launcher import paths, processes, servers, signals",
                "signals.unwind_on_terminate()",
                "where = paths.current()",
                "where.prepare()",
                "with servers.in_use(where):",
                "    print('up', flush=True)",
                *(f"    {line}" for line in code.splitlines()),
            ]
        )
        process = subprocess.Popen(
            [self.python, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment() | extra,
            cwd=self.state,
            **self.account,
        )
        self.running.append(process)
        return process

    def up(self, code: str = WAIT) -> subprocess.Popen:
        """The same, returning when the servers are there."""
        process = self.start(code)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == "up\n", line + process.communicate()[1]
        return process

    def run(self, code: str = "pass", **extra: str) -> str:
        process = self.start(code, **extra)
        said, problem = process.communicate(timeout=60)
        assert process.returncode == 0, problem
        return said.removeprefix("up\n")

    @property
    def home(self) -> Path:
        return Path((self.state / "home").read_text().strip())

    def servers(self) -> list[int]:
        return pids.working_in(self.home / "postgres") + pids.working_in(self.home / "valkey")

    def postmaster(self) -> int:
        return int((self.home / "postgres" / "postmaster.pid").read_text().split()[0])


def assert_ended(process: subprocess.Popen) -> None:
    """It unwound by itself. Which status it has depends on where the signal found it."""
    assert process.wait(timeout=120) in {0, 130, -signal.SIGINT, 128 + signal.SIGTERM}, process.communicate()[
        1
    ]


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def make_bench() -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(name: str = "state", **options: object) -> Bench:
        folder = Path(tempfile.mkdtemp(prefix="hedgebook-launcher-", dir="/tmp"))
        folder.chmod(0o777)
        state = folder / name
        state.mkdir(mode=0o777)
        state.chmod(0o777)
        made.append(Bench(state=state, **options))
        return made[-1]

    yield make
    for bench in made:
        for process in bench.running:
            if process.poll() is None:
                process.kill()
                process.wait()
        children.stop_orphans(Paths(state=bench.state, environment=current().environment))
        if (bench.state / "home").exists():
            for pid in bench.servers():
                pids.stop(pid, pids.identity(pid), steps=((9, 5.0),))
        for note in ("home", "sockets"):
            if (file := bench.state / note).is_file():
                shutil.rmtree(file.read_text().strip(), ignore_errors=True)
        shutil.rmtree(bench.state.parent, ignore_errors=True)


@pytest.fixture
def bench(make_bench: Callable[..., Bench]) -> Bench:
    return make_bench()
