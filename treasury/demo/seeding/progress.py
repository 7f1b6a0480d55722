"""Seeding that can be interrupted: the audit trail itself says how far it came.

Every step is one transaction and leaves one audit event that is marked as demo history. The steps have a
fixed order; so the number of those events is the number of steps that are done, and the next start goes on
with the one after. A past night is done when its run is published; the pipeline takes up one that was
interrupted. A month is done when its period is closed; what people do for it depends on what the book says,
carries the month end in its reason, and is not counted.
"""

from collections.abc import Callable
from datetime import date

from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod
from treasury.demo.company.fingerprint import fingerprint
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.clock import as_owner, mark_as_demo, tell_time
from treasury.demo.seeding.closes import close_month
from treasury.demo.seeding.lanes import Lanes
from treasury.demo.seeding.month_end import MONTH_END
from treasury.demo.seeding.reference import ACTION as FIRST_ACTION
from treasury.demo.seeding.runners import InTurn, Runner, SideBySide
from treasury.demo.seeding.steps import Close, Night
from treasury.demo.seeding.timeline import NIGHT_COUNT, timeline
from treasury.enums import RunKind, RunStatus
from treasury.kernel.errors import HedgebookError
from treasury.models import AuditEvent, CalculationRun, Entity, User

# The events that steps leave; those of runs are not counted, as a night makes several.
STEP_ACTIONS = (
    FIRST_ACTION,
    "treasury.market_quotes.recorded",
    "treasury.policy.recorded",
    "treasury.policyversion.approved",
    "treasury.counterparty.credit_fact_recorded",
    "exposures.exposure.recorded",
    "exposures.exposure.amended",
    "exposures.exposure.settled",
    "exposures.exposure.split",
    "exposures.exposure.partly_settled",
    "exposures.exposure.cancelled",
    "exposures.exposure.no_longer_expected",
    "exposures.import.received",
    "exposures.import.checked",
    "exposures.import.mapping_saved",
    "exposures.import.committed",
    "exposures.import.approved",
    "exposures.import.undone",
    "exposures.exposureversion.approved",
    "hedges.instrument.captured",
    "hedges.instrument.amended",
    "hedges.instrument.exercised",
    "hedges.instrument.lapsed",
    "hedges.instrument.fixed",
    "hedges.instrument.rolled",
    "hedges.proposal.made",
    "hedges.instrumentversion.approved",
    "hedges.relationship.designated",
    "hedges.hedgerelationshipversion.approved",
    "hedges.relationship.late_accepted",
    "hedges.relationship.change_proposed",
    "hedges.accountmap.recorded",
    "hedges.accountmapversion.approved",
)

RunNight = Callable[[date], None]
RunClose = Callable[[DemoBook, Close], None]
Tell = Callable[[int, int, str], None]


class AnotherBookError(HedgebookError):
    """The database holds something that the demo did not put there, or that another version of it did."""


def is_complete() -> bool:
    """Whether the whole history is there. Asked of the database alone, so that a second start costs
    nothing.
    """
    last = (
        AuditEvent.objects.filter(is_demo_history=True, action="hedges.instrument.captured")
        .order_by("-id")
        .first()
    )
    nights = CalculationRun.objects.filter(
        kind=RunKind.NIGHTLY, status=RunStatus.PUBLISHED, event__is_demo_history=True
    ).count()
    return last is not None and last.reason == "dealt today" and nights >= NIGHT_COUNT


def seed(
    *,
    people: dict[str, User],
    run_night: RunNight,
    run_close: RunClose = close_month,
    beside: Lanes | None = None,
    tell: Tell = lambda done, count, what: None,
) -> int:
    """Does what is missing of the timeline and returns how many steps, nights and closes that were.

    With lanes beside it, nights and closes are theirs; otherwise the two functions work them, in turn. Only one process
    may be here at a time (`clock.one_at_a_time`): progress is counted once, at the beginning.
    """
    runner = SideBySide(beside) if beside else InTurn(run_night, run_close)
    with as_owner():
        return _catch_up(DemoBook(people), runner, tell)


def _catch_up(book: DemoBook, runner: Runner, tell: Tell) -> int:
    steps = timeline()
    events = AuditEvent.objects.filter(is_demo_history=True, action__in=STEP_ACTIONS)
    done = events.exclude(reason__startswith=MONTH_END).count()
    mark = f"demo company {fingerprint()[:12]}"
    _check(done, mark)
    mark_as_demo()
    published, closed = _published_nights(), _closed_months()
    made, seen = 0, 0
    for number, step in enumerate(steps):
        tell(number, len(steps), step.reason)
        if isinstance(step, Night):
            if step.as_of in published:
                continue
            runner.night(book, step)
        elif isinstance(step, Close):
            if (step.entity, step.month) in closed:
                continue
            runner.close(book, step)
        else:
            seen += 1
            if seen <= done:
                continue
            runner.before_step(book)
            if step.looks_at_nights:
                runner.settle_nights()
            tell_time(step.at)
            step.write(book, mark if seen == 1 else step.reason)
        made += 1
    runner.finish(book)
    tell(len(steps), len(steps), "")
    return made


def _published_nights() -> set[date]:
    there = [RunStatus.PUBLISHED, RunStatus.SUPERSEDED]
    nights = CalculationRun.objects.filter(kind=RunKind.NIGHTLY, status__in=there)
    return set(nights.values_list("as_of_date", flat=True))


def _closed_months() -> set[tuple[str, date]]:
    found = AccountingPeriod.objects.filter(status=PeriodStatus.CLOSED)
    return set(found.values_list("entity__code", "period_start"))


def _check(done: int, mark: str) -> None:
    if not done:
        if Entity.objects.exists():
            raise AnotherBookError(
                "This database already holds a book that is not the demo company's; give the demo one of its own."
            )
        return
    first = AuditEvent.objects.filter(is_demo_history=True, action=FIRST_ACTION).first()
    if first is None or first.reason != mark:
        raise AnotherBookError(
            "This database holds a demo company that another version of the program had begun; delete the state folder"
            " (.hedgebook) or use another database, and start again."
        )
