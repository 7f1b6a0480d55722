"""`manage.py nightly`: starts the night of a date, or joins it, on a real worker; shows progress and what came out.

Exit status: 0 published; 1 the run failed; 2 the input is wrong or the date has no rates, and nothing was changed.
"""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from treasury.domain import runs
from treasury.enums import RunStatus
from treasury.kernel import dates
from treasury.launcher import processes
from treasury.models import CalculationRun
from treasury.nightly import report, schedule
from treasury.nightly.following import follow
from treasury.queries.market import has_rates, without_rates

WRONG_INPUT, NIGHT_FAILED = 2, 1


class Command(BaseCommand):
    help = "Runs the night of a date on the worker, or joins the run that is under way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", metavar="DATE", help="Business date, as in 2026-10-23; default: the one due."
        )
        parser.add_argument(
            "--new-revision",
            action="store_true",
            help="Compute the date again though it is published already.",
        )

    def handle(self, *args: Any, as_of: str | None, new_revision: bool, **options: Any) -> None:
        as_of_date = _as_of_date(as_of)
        if not has_rates(as_of_date):
            raise CommandError(f"as-of: {without_rates(as_of_date)}", returncode=WRONG_INPUT)
        asked = runs.request(
            as_of_date=as_of_date, actor=None, new_revision=new_revision, reason="command line"
        )
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        console.print(f"{'Started' if asked.is_new else 'Joined'} {asked.run} ({asked.run.status.lower()}).")
        if asked.run.status in runs.OPEN:
            with processes.worker():
                follow(asked.run, console)
        run = CalculationRun.objects.get(pk=asked.run.pk)
        if run.status == RunStatus.FAILED:
            raise CommandError(
                f"The night of {as_of_date} failed: {run.status_reason}", returncode=NIGHT_FAILED
            )
        console.print(report.table(run))


def _as_of_date(text: str | None) -> date:
    if text is None:
        due = schedule.due_date()
        if due is None:
            raise CommandError(
                "There is no entity yet, so no night is due; name a date with --as-of.", returncode=2
            )
        return due
    try:
        return dates.day(text)
    except ValueError:
        raise CommandError(
            f"as-of: expected a date as in 2026-10-23, got {text[:40]!r}. Nothing was changed.",
            returncode=WRONG_INPUT,
        ) from None
