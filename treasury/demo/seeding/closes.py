"""The close of a month of one entity: prepared, asked for, measured, and asked for again where the book refused it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from hedges.domain import closing
from hedges.domain.accounting_periods import last_day
from treasury.demo.seeding import month_end
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.clock import tell_time
from treasury.demo.seeding.steps import Close
from treasury.domain import runs
from treasury.enums import RunStatus
from treasury.kernel.errors import HedgebookError
from treasury.models import CalculationRun, Entity
from treasury.nightly import pipeline


class CloseError(HedgebookError):
    """A month could not be closed."""


def close_month(book: DemoBook, close: Close) -> None:
    """At the database time that has been told; the seed's lock is held."""
    run = ask(book, close)
    measure(run.pk)
    see_closed(book, close, run)


def asked_at(close: Close) -> datetime:
    """When a close is asked for and sealed: after every approval, also after one of a start that was killed."""
    return close.at + timedelta(minutes=6)


def ask(book: DemoBook, close: Close) -> CalculationRun:
    """The month as its people prepare it, and the run of its close, which nobody works on yet."""
    month_end.prepare(book, close)
    tell_time(asked_at(close))
    return _asked(book, Entity.objects.get(code=close.entity), close.month)


def measure(run_id: int, on_sealed: Callable[[], object] | None = None) -> None:
    """Works the run of a close, at the database time that has been told."""
    pace = pipeline.Pace(shard_count=1, lease_seconds=600.0)
    pipeline.drain(run_id, owner="demo", pace=pace, on_sealed=on_sealed)


def see_closed(book: DemoBook, close: Close, run: CalculationRun) -> None:
    """Where the last day has more tests without a result, the close was refused: then everything is tested, and the
    close is asked for once more."""
    run.refresh_from_db()
    if run.status == RunStatus.PUBLISHED:
        return
    tell_time(asked_at(close))
    entity, end = Entity.objects.get(code=close.entity), last_day(close.month)
    month_end.decide_on_tests(book, end, month_end.in_force_on(entity, end))
    again = _asked(book, entity, close.month)
    measure(again.pk)
    again.refresh_from_db()
    if again.status != RunStatus.PUBLISHED:
        raise CloseError(f"{entity.code} {close.month:%Y-%m} could not be closed: {again.status_reason}")


def _asked(book: DemoBook, entity: Entity, month: date) -> CalculationRun:
    """One that an interrupted start left behind is given up."""
    of_request: dict[str, Any] = {
        "entity": entity,
        "period": month,
        "actor": book.people["accountant"],
        "reason": f"{month_end.MONTH_END} {month:%Y-%m}",
    }
    asked = closing.request(**of_request)
    if not asked.is_new and asked.run.status in runs.OPEN:
        runs.fail(
            run_id=asked.run.pk, reason="The start of the demo that worked on this close was interrupted."
        )
        asked = closing.request(**of_request)
    return asked.run
