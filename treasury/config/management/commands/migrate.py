"""`migrate` as the owner of the tables, whoever calls it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate

from treasury.config import grants


class Command(DjangoMigrate):
    help = (
        "Brings the database to the present schema as its owner, then grants the application what it needs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError("Set DATABASE_OWNER_URL: only the role that owns the tables can change them.")
        options["database"] = "owner"
        with rare_collections():
            super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"] or options["app_label"]):
            grants.apply()


@contextmanager
def rare_collections() -> Iterator[None]:
    """For the time of the block, garbage is looked for a thousand times less often.

    Each operation makes the models of its state anew, in cycles that live as long as the next one: looking through them
    all again and again took a third of the time of a first migration. It costs 200 MB meanwhile.
    """
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 100, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
