"""Databases for tests: one template a session, migrated as the owner, and a clone of it for whoever needs one.

The stock runner cannot do this: the application's role may not create a database, and its flush after a test that
commits is a TRUNCATE, which the book refuses even to its owner.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ALIASES = ("default", "owner")
#: How long a clone's last connections are waited for.
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Clone:
    """A database of its own; `environment` is what a process needs to work on it."""

    name: str

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": url("default", self.name), "DATABASE_OWNER_URL": url("owner", self.name)}


def url(alias: str, name: str) -> str:
    values = settings.DATABASES[alias]
    host, port = values["HOST"], values["PORT"] or 5432
    login = f"{quote(values['USER'], safe='')}:{quote(values['PASSWORD'], safe='')}"
    if host.startswith("/"):
        return f"postgres://{login}@/{name}?host={host}&port={port}"
    return f"postgres://{login}@{host}:{port}/{name}"


@dataclass(frozen=True)
class Databases:
    """All test databases of one session carry its `prefix`, so that none outlives it."""

    home: str
    prefix: str

    @property
    def template(self) -> str:
        return f"{self.prefix}_template"

    def ensure_template(self, shared: Path) -> None:
        """Made by the first process that comes; the others wait for it."""
        with (shared / "template.lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (shared / "template.made").exists():
                return
            self._run(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"), self.template)
            with pointed_at(self.template):
                call_command("migrate", verbosity=0)
                with connections["owner"].cursor() as cursor:
                    cursor.execute("INSERT INTO treasury_databasemark (kind) VALUES ('TEST')")
            (shared / "template.made").touch()

    def clone(self, name: str) -> Clone:
        full = f"{self.prefix}_{name}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"), full, self.template)
        return Clone(full)

    def drop(self, clone: Clone) -> None:
        """Connections of the application's role may take a moment to end, and the owner may not end them."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), clone.name)
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def drop_all(self) -> None:
        with self._maintenance() as connection:
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix]
            ).fetchall()
            for (name,) in found:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )

    def _run(self, statement: sql.SQL, *names: str) -> None:
        with self._maintenance() as connection:
            connection.execute(statement.format(*[sql.Identifier(name) for name in names]))

    def _maintenance(self) -> psycopg.Connection:
        address = url("owner", self.home).replace("postgres://", "postgresql://", 1)
        return psycopg.connect(address, autocommit=True)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Both aliases of this process lead to that database for the time of the block."""
    before = {alias: connections.settings[alias]["NAME"] for alias in ALIASES}
    environment = {key: os.environ.get(key) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    _point(dict.fromkeys(ALIASES, name))
    os.environ |= Clone(name).environment
    try:
        yield
    finally:
        _point(before)
        for key, value in environment.items():
            if value is not None:
                os.environ[key] = value


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections.settings[alias]["NAME"] = name
