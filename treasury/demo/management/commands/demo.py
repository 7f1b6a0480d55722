"""`manage.py demo`: the demo company, set up on first use, one full night on a real worker, then the application."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from treasury.demo import nights, summary
from treasury.demo.market.reference_rates import business_date
from treasury.demo.seeding import clock, people, progress
from treasury.demo.seeding.lanes import lanes
from treasury.kernel.errors import HedgebookError
from treasury.launcher import paths, ports, processes


class Command(BaseCommand):
    help = "Sets up the demo company on first use, runs a full night, prints what came out and serves the application."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="End with status 0 after the summary.")
        parser.add_argument(
            "--port", type=ports.port, default=8000, help="Port of the web server on 127.0.0.1, 1 to 65535."
        )

    def handle(self, *args: Any, check: bool, port: int, **options: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError(
                "Set DATABASE_OWNER_URL: the demo makes tables and writes history, as their owner."
            )
        try:
            self._run(Console(), check=check, port=port)
        except HedgebookError as problem:
            raise CommandError(str(problem)) from problem

    def _run(self, console: Console, *, check: bool, port: int) -> None:
        began = time.monotonic()
        with ExitStack() as running:
            with clock.one_at_a_time():
                call_command("migrate", verbosity=0)
                # The worker starts while this process writes the history.
                running.enter_context(processes.worker())
                passwords, file = self._prepare(console)
                clock.stand_on(business_date())
            run = nights.full_night(business_date(), console)
            summary.print_summary(console, run)
            if not check:
                running.enter_context(processes.beat())
                running.enter_context(processes.web(port))
            summary.print_ways_in(console, f"http://127.0.0.1:{port}/", passwords, file)
            console.print(f"Ready after {time.monotonic() - began:.0f} s.")
            if not check:
                console.print("Ctrl-C stops everything that this command started.")
                processes.wait_until_interrupted()

    def _prepare(self, console: Console) -> tuple[dict[str, str], str]:
        """People and history, each only as far as it is missing."""
        file = paths.current().secrets / "demo-passwords.json"
        passwords = people.kept_passwords(file)
        users = people.ensure_people(passwords)
        if not progress.is_complete():
            # The lanes come first: a process that is forked must not find the bar's thread in the middle of something.
            with lanes() as beside, _bar(console) as bar:
                task = bar.add_task("", total=None)
                progress.seed(
                    people=users,
                    run_night=nights.past_night,
                    beside=beside,
                    tell=lambda done, count, what: bar.update(
                        task, completed=done, total=count, description=what or "history complete"
                    ),
                )
        return passwords, str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
