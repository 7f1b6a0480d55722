"""A Postgres and a web server of a test's own, which it may kill: nobody else works on them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import environ
import urllib3
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from tests.harness.workers import free_port
from treasury.config.database import databases
from treasury.launcher import paths as launcher_paths
from treasury.launcher import pids, places, postgres, processes, roles, secrets
from treasury.launcher.paths import PROJECT, Paths
from treasury.launcher.places import Places
from treasury.launcher.processes import Process

ALIASES = ("default", "owner")


@dataclass
class OwnServers:
    paths: Paths
    places: Places
    port: int
    site: Process | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/"

    @property
    def environment(self) -> dict[str, str]:
        named = (
            ("DATABASE_URL", roles.APP, "database-app"),
            ("DATABASE_OWNER_URL", roles.OWNER, "database-owner"),
        )
        return {
            name: postgres.url(self.places, role, secrets.keep(self.paths, secret))
            for name, role, secret in named
        }

    def start_postgres(self) -> None:
        postgres.ensure(self.paths, self.places, throw_away=True)

    def kill_postgres(self) -> None:
        """`kill -9` of the server and of each of its processes."""
        for pid in pids.working_in(self.places.home / "postgres"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def start_site(self) -> None:
        settings = {**processes.WEB_SETTINGS, **self.environment, "HEDGEBOOK_RATE_LIMIT": "0/60"}
        settings.pop("DATABASE_OWNER_URL")
        self.site = processes.start(
            "web", processes.web_command(self.port), log=self.log, extra=settings,
            address=f"http://127.0.0.1:{self.port}",
        )  # fmt: skip
        processes.wait_for_port(self.site, "127.0.0.1", self.port, patience=60)
        self._wait_for_an_answer()

    def _wait_for_an_answer(self) -> None:
        """The port is open before the program is there to answer."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(urllib3.exceptions.HTTPError):
                urllib3.request("GET", self.address + "schema/", retries=False, timeout=10)
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-2000:])

    def kill_site(self) -> None:
        assert self.site is not None
        self.site.kill()

    @property
    def log(self) -> Path:
        return self.paths.logs / "web.log"


@contextmanager
def own_servers() -> Iterator[OwnServers]:
    """Both run, migrated, and this process works on their database for the time of the block."""
    state = Path(tempfile.mkdtemp(prefix="hedgebook-load-", dir="/tmp"))
    state.chmod(0o755)
    paths = replace(launcher_paths.current(), state=state)
    paths.prepare()
    servers = OwnServers(paths, places.find(paths), free_port())
    try:
        servers.start_postgres()
        _migrated(servers)
        servers.start_site()
        with _pointed_at(servers):
            yield servers
    finally:
        if servers.site is not None:
            servers.site.stop(patience=5)
        servers.kill_postgres()
        for folder in {state, servers.places.home, servers.places.sockets}:
            shutil.rmtree(folder, ignore_errors=True)


def _migrated(servers: OwnServers) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    told = os.environ | servers.environment | {"DJANGO_SETTINGS_MODULE": "treasury.config.settings"}
    subprocess.run(command, cwd=PROJECT, env=told, check=True)


@contextmanager
def _pointed_at(servers: OwnServers) -> Iterator[None]:
    before: dict[str, dict[str, Any]] = {alias: dict(connections.settings[alias]) for alias in ALIASES}
    with _environment(servers.environment):
        found = databases(environ.Env())
    _point(found)
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        _point(before)
        ContentType.objects.clear_cache()


def _point(settings: dict[str, dict[str, Any]]) -> None:
    for alias in ALIASES:
        connections[alias].close()
        for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"):
            connections.settings[alias][name] = settings[alias][name]


@contextmanager
def _environment(told: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
