"""Closes an entity's month: asked for, measured by a run, then published, posted and closed in one transaction.

A month is closed once. Whoever asks again is told by which run it was, and nothing changes. What keeps a month from
being closed is named, with what to do (`blockers`; `measured` for what only the measurement shows).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hedges.domain import accounting_periods, journal, posting_rules
from hedges.domain.before_close import Blocker, blockers, missing_tests
from hedges.domain.entitled import prepares
from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod
from hedges.queries import account_map, after_measurement, periods
from treasury.domain import audit, runs
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun, Entity

__all__ = ["Blocker", "Closing", "blockers", "finish", "measured", "request"]
NAMED = 5


@dataclass(frozen=True, slots=True)
class Closing:
    """The run that closes a month, or has closed it; whether this request made the run."""

    run: CalculationRun
    month: date
    is_new: bool

    @property
    def is_closed(self) -> bool:
        return self.run.status == RunStatus.PUBLISHED

    @property
    def answer(self) -> str:
        if self.is_closed:
            return (
                f"{self.run.scope} {self.month:%Y-%m} is closed already, by run {self.run.pk}"
                f" (known at {self.run.known_at:%Y-%m-%d %H:%M} UTC). Nothing was changed."
            )
        return f"The close of {self.run.scope} {self.month:%Y-%m} is {'asked for' if self.is_new else 'under way'}."


def request(*, entity: Entity, period: date, actor: Any, reason: str = "") -> Closing:
    """Asks for the close of the month that holds `period`, or joins the one that is under way or done.

    Raises Refusal with every blocker; then nothing is left behind.
    """
    if actor is not None:
        prepares(actor, entity.pk, "asks for its close")
    month = period.replace(day=1)
    known = periods.period(entity, month)
    if known and known.status == PeriodStatus.CLOSED:
        assert known.run is not None
        return Closing(known.run, month, is_new=False)
    found = blockers(entity, month)
    if found:
        raise Refusal(f"{entity.code} {month:%Y-%m} cannot be closed. {told(found)} Nothing was changed.")
    with as_refusal():
        asked = runs.request(
            as_of_date=accounting_periods.last_day(month),
            actor=actor,
            kind=RunKind.CLOSE,
            scope=entity.code,
            reason=reason,
        )
    return Closing(asked.run, month, is_new=asked.is_new)


def finish(run_id: int) -> bool:
    """Publishes a close whose shards are all done, posts what it measured and closes the month: all or nothing.

    Where the measurement leaves something open, the run fails with it. False when another worker was faster.
    """
    run = CalculationRun.objects.select_related("requested_by").get(pk=run_id)
    if run.status != RunStatus.RUNNING or run.shards.exclude(status="DONE").exists():
        return False
    entity = Entity.objects.get(code=run.scope)
    try:
        with as_refusal(), audit.action("hedges.period.closed", actor=run.requested_by, subject=run):
            if not runs.publish_here(run_id):
                raise _Overtaken
            found = measured(run)
            if found:
                raise Refusal(told(found))
            _post_and_close(run, entity)
    except _Overtaken:
        return False
    except Refusal as refusal:
        runs.fail(run_id=run_id, reason=str(refusal))
        return False
    return True


def measured(run: CalculationRun) -> list[Blocker]:
    """What the rows of a run, inside its own transaction or published, leave open."""
    day = run.as_of_date
    credit = after_measurement.undecided_credit(run.pk, day)
    return [
        *(
            Blocker(
                "undefined",
                code,
                f"could not be measured ({', '.join(reasons).replace('_', ' ') or 'no reason'})",
                "record what is missing",
            )
            for code, reasons in after_measurement.undefined(run.pk)
        ),
        *_tests(run),
        *(
            Blocker("credit", code, "fails the credit criterion", f"confirm it or decide otherwise for {day}")
            for code in credit
        ),
        *(
            Blocker("sum", code, "has amounts that do not add up", "report it: the measurement is at fault")
            for code in after_measurement.not_adding_up(run.pk, posting_rules.IDENTITIES)
        ),
    ]


def _tests(run: CalculationRun) -> list[Blocker]:
    """By the seal of the run; a night has no entity of its own and is never closed."""
    entity = Entity.objects.filter(code=run.scope).first()
    if entity is None or run.known_at is None:
        return []
    return missing_tests(entity, run.as_of_date, known_at=run.known_at, run_id=run.pk)


def told(found: list[Blocker]) -> str:
    """The first few blockers in full, the rest counted."""
    rest = len(found) - NAMED
    return " ".join(one.text for one in found[:NAMED]) + (f" And {rest} more." if rest > 0 else "")


class _Overtaken(Exception):
    """Another worker has published the run."""


def _post_and_close(run: CalculationRun, entity: Entity) -> None:
    month = run.as_of_date.replace(day=1)
    accounts = account_map.in_force(entity, run.as_of_date, run.known_at)
    if accounts is None:
        raise Refusal(
            f"{entity.code} has no account map on {run.as_of_date}; record one and have it approved."
        )
    period = accounting_periods.opened(entity=entity, month=month)
    journal.post(run=run, period=period, accounts=accounts)
    AccountingPeriod.objects.filter(pk=period.pk).update(status=PeriodStatus.CLOSED, run=run)
