"""Prints the SQL that prepares a Postgres server of one's own."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from treasury.launcher import roles

HEADER = """\
-- Run as an administrator of the server:  psql -f roles.sql postgres
-- Then set, with the host of the server:
--   DATABASE_URL=postgres://{app}:{app_password}@HOST:5432/{database}
--   DATABASE_OWNER_URL=postgres://{owner}:{owner_password}@HOST:5432/{database}    (for `migrate` only)
"""


class Command(BaseCommand):
    help = "Print the SQL that makes the two roles and the database on a Postgres server of your own (15 or newer)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=roles.DATABASE)
        parser.add_argument("--owner-password", default="", help="made up when not given")
        parser.add_argument("--app-password", default="", help="made up when not given")
        parser.add_argument(
            "--createdb", action="store_true", help="let the owner make databases: for the tests"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names = {
            "owner_password": options["owner_password"] or secrets.token_urlsafe(24),
            "app_password": options["app_password"] or secrets.token_urlsafe(24),
            "database": options["database"],
        }
        self.stdout.write(HEADER.format(app=roles.APP, owner=roles.OWNER, **names))
        self.stdout.write(roles.script(createdb=options["createdb"], **names))
