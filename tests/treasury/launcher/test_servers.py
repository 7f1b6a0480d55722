"""The embedded servers: joined, started, found again after every kind of death."""

import os
import signal
import subprocess
import time
from contextlib import suppress

import pytest

from tests.treasury.launcher.conftest import WAIT, assert_ended, sql

KEEP = sql("CREATE TABLE kept AS SELECT 7 AS value")
KEPT = sql("SELECT value FROM kept")


def test_a_second_start_finds_what_the_first_one_kept(bench) -> None:
    bench.run(KEEP)
    assert bench.servers() == []
    begun = time.monotonic()
    assert bench.run(KEPT) == "7\n"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", ["with a space", "very-" * 25 + "long"])
def test_any_path_will_do(make_bench, name: str) -> None:
    bench = make_bench(name)
    said = bench.run(sql("SELECT current_user") + PING)
    assert said == "hedgebook_owner\nTrue\n"
    assert bench.servers() == []


PING = """\
from celery import Celery
with Celery(broker=os.environ["REDIS_URL"]).connection_for_write() as connection:
    connection.ensure_connection(max_retries=1)
    print(connection.connected)
"""


def test_after_a_kill_of_everything_it_starts_again_with_all_rows(bench) -> None:
    command = bench.up(KEEP + WAIT)
    assert command.stdout.readline() == "done\n"
    for pid in [command.pid, *bench.servers()]:
        with suppress(ProcessLookupError):  # a backend ends by itself when its server is gone
            os.kill(pid, signal.SIGKILL)
    command.wait()
    assert bench.run(KEPT) == "7\n"


def test_servers_of_a_killed_command_are_joined_and_then_stopped(bench) -> None:
    command = bench.up()
    orphan = bench.postmaster()
    command.kill()
    command.wait()
    data = bench.home / "postgres" / "postmaster.pid"
    assert bench.run(f"print(open({str(data)!r}).readline())").strip() == str(orphan)
    assert bench.servers() == []


def test_a_number_that_another_process_has_got_by_now_is_no_obstacle(bench) -> None:
    bench.run(KEEP)
    stranger = subprocess.Popen(["sleep", "60"], cwd="/")
    data = bench.home / "postgres"
    (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n1\n5432\n\n\n\n")
    try:
        assert bench.run(KEPT) == "7\n"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_commands_at_once_share_one_set_and_the_last_one_out_stops_it(bench) -> None:
    first, second = bench.start(WAIT), bench.start(WAIT)
    assert first.stdout.readline() == second.stdout.readline() == "up\n"
    shared = bench.postmaster()
    first.send_signal(signal.SIGINT)
    assert_ended(first)
    assert bench.postmaster() == shared
    second.send_signal(signal.SIGTERM)
    assert_ended(second)
    assert bench.servers() == []


def test_servers_of_ones_own_are_used_and_left_alone(make_bench) -> None:
    own, other = make_bench(), make_bench()
    command = own.up("print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], flush=True)\n" + WAIT)
    database, broker = command.stdout.readline().split()
    said = other.run("print(os.environ['DATABASE_URL'])", DATABASE_URL=database, REDIS_URL=broker)
    assert said.strip() == database
    assert other.servers() == []
    assert len(own.servers()) > 1
