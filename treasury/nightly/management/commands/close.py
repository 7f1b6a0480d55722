"""`manage.py close`: closes a month of an entity, or joins the close that is under way; progress, then what was posted.

Exit status: 0 closed, now or already; 1 the run failed, and nothing is posted; 2 the input is wrong or something stands
in the way, and nothing was changed. With `--check` nothing is ever changed: 0 nothing stands in the way, 1 something.
"""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from hedges.domain import closing
from treasury.domain import runs
from treasury.domain.refusals import Refusal
from treasury.enums import RunStatus
from treasury.kernel import dates
from treasury.launcher import processes
from treasury.models import CalculationRun, Entity, User
from treasury.nightly import close_report, pipeline
from treasury.nightly.following import follow

FAILED, WRONG_INPUT = 1, 2


class Command(BaseCommand):
    help = "Closes a month of an entity: measures, posts the journal, closes the period."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--entity", required=True, metavar="CODE", help="The entity's code.")
        parser.add_argument("--period", required=True, metavar="MONTH", help="The month, as in 2026-09.")
        parser.add_argument("--by", metavar="USER", help="Who closes; without it nobody is named.")
        parser.add_argument("--check", action="store_true", help="Only say what stands in the way.")
        parser.add_argument(
            "--in-process", action="store_true", help="Without the worker, in this process alone."
        )

    def handle(self, *args: Any, entity: str, period: str, **options: Any) -> None:
        console = Console(file=self.stdout, soft_wrap=True)  # type: ignore[arg-type]
        owner, month = _entity(entity), _month(period)
        if options["check"]:
            self._check(owner, month, console)
            return
        try:
            asked = closing.request(
                entity=owner, period=month, actor=_person(options["by"]), reason="command line"
            )
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=WRONG_INPUT) from refusal
        console.print(asked.answer, highlight=False)
        if asked.is_closed:
            return
        if options["in_process"]:
            pipeline.drain(asked.run.pk, owner="command line")
        if CalculationRun.objects.get(pk=asked.run.pk).status in runs.OPEN:
            with processes.worker():
                follow(asked.run, console)
        self._tell(asked, console)

    def _check(self, entity: Entity, month: date, console: Console) -> None:
        found = closing.blockers(entity, month)
        for blocker in found:
            console.print(f"- {blocker.text}", highlight=False)
        if found:
            raise CommandError(f"{entity.code} {month:%Y-%m} cannot be closed yet.", returncode=FAILED)
        console.print(f"Nothing stands in the way of closing {entity.code} {month:%Y-%m}.", highlight=False)

    def _tell(self, asked: closing.Closing, console: Console) -> None:
        run = CalculationRun.objects.get(pk=asked.run.pk)
        if run.status == RunStatus.FAILED:
            raise CommandError(
                f"The close of {run.scope} {asked.month:%Y-%m} failed, nothing is posted: {run.status_reason}",
                returncode=FAILED,
            )
        console.print(close_report.table(run))


def _entity(code: str) -> Entity:
    found = Entity.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Entity.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise CommandError(
            f"entity: there is no {code[:20]!r}; there are {known}. Nothing was changed.",
            returncode=WRONG_INPUT,
        )
    return found


def _month(text: str) -> date:
    try:
        return dates.day(f"{text}-01")
    except ValueError:
        raise CommandError(
            f"period: expected a month as in 2026-09, got {text[:40]!r}. Nothing was changed.",
            returncode=WRONG_INPUT,
        ) from None


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(
            f"by: there is no person {name[:40]!r}. Nothing was changed.", returncode=WRONG_INPUT
        )
    return found
