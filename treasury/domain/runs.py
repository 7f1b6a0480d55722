"""Calculation runs: asked for, joined, woken when rates arrive, failed. What they compute is the night's business."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection

from treasury.domain import audit
from treasury.domain.refusals import Refusal
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun
from treasury.queries import access, market

OPEN = (RunStatus.PENDING, RunStatus.WAITING, RunStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Requested:
    """The run that answers a request, and whether the request made it or joined it."""

    run: CalculationRun
    is_new: bool


def request(
    *,
    as_of_date: date,
    actor: Any,
    new_revision: bool = False,
    after: int | None = None,
    kind: RunKind = RunKind.NIGHTLY,
    scope: str = "GROUP",
    reason: str = "",
) -> Requested:
    """Asks for the run of a date. One that is under way is joined; so is a published one, unless `new_revision`.

    NIGHTLY is the night of the group. CLOSE is an entity's period close, `scope` its code; whether a period may be
    closed is asked before (`hedges.domain.closing`).

    The UNIQUE constraints decide between two who ask at once. A date without FX rates gives a night that WAITS; a
    failed run is followed by a new revision. `after`: number of the one that was seen to have failed; one that came
    after it is joined, so that asking twice makes one run. Without an actor the schedule asks, or what `reason` names.
    """
    for _ in range(3):
        newest = _newest(as_of_date, kind, scope)
        if newest and after is not None and newest.revision > after:
            return Requested(newest, is_new=False)
        if newest and (newest.status in OPEN or (newest.status == RunStatus.PUBLISHED and not new_revision)):
            return Requested(newest, is_new=False)
        try:
            revision = newest.revision + 1 if newest else 1
            return Requested(_insert(as_of_date, actor, kind, scope, revision, reason), is_new=True)
        except IntegrityError:
            continue  # somebody was faster: look again, and join theirs
    raise RuntimeError(f"The run of {as_of_date} could neither be made nor joined.")


def retry(*, run: CalculationRun, actor: Any) -> Requested:
    """Asks for the night of a failed run again, or gives the run that has followed it already. Raises Refusal."""
    if run.kind != RunKind.NIGHTLY:
        raise Refusal("A close is asked for again on the page of its month. Nothing was started.")
    if run.status != RunStatus.FAILED:
        raise Refusal("This run has not failed, so there is nothing to try again. Nothing was started.")
    if not access.may_write(actor):
        raise Refusal("Your role starts no nights. Nothing was started.")
    if not market.has_rates(run.as_of_date):
        raise Refusal(f"There are no FX rates for {run.as_of_date}: record them first. Nothing was started.")
    return request(as_of_date=run.as_of_date, actor=actor, new_revision=True, after=run.revision)


def wake_waiting() -> int:
    """Turns waiting runs whose date has got its rates to PENDING; returns how many."""
    woken = 0
    for run in CalculationRun.objects.filter(status=RunStatus.WAITING).order_by("as_of_date"):
        if market.has_rates(run.as_of_date):
            woken += CalculationRun.objects.filter(pk=run.pk, status=RunStatus.WAITING).update(
                status=RunStatus.PENDING, status_reason=""
            )
    return woken


def must_wait(kind: str, as_of_date: date) -> bool:
    """Whether a run is too early: a night needs the rates of its very date; a month may end on a day without any."""
    return kind == RunKind.NIGHTLY and not market.has_rates(as_of_date)


def wait_for_rates(run: CalculationRun) -> None:
    """A pending run whose date has no rates waits for them."""
    CalculationRun.objects.filter(pk=run.pk, status=RunStatus.PENDING).update(
        status=RunStatus.WAITING, status_reason=_no_rates(run.as_of_date)
    )


def fail(*, run_id: int, reason: str) -> bool:
    """Ends a run that cannot be finished; False when it had ended already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE treasury_calculationrun SET status = 'FAILED', status_reason = %s, finished_at = hedgebook_now()"
            " WHERE id = %s AND status = ANY(%s)",
            [reason[:400], run_id, list(OPEN)],
        )
        return cursor.rowcount == 1


def publish(run_id: int) -> bool:
    """Closes the results of a run whose shards are all done and publishes it, superseding an older revision.

    False when there is nothing to publish (any more): shards are open, or another worker was faster.
    """
    run = CalculationRun.objects.get(pk=run_id)
    if run.status != RunStatus.RUNNING or run.shards.exclude(status="DONE").exists():
        return False
    with audit.action("treasury.run.published", actor=None, subject=run):
        return publish_here(run_id)


def publish_here(run_id: int) -> bool:
    """The same inside the caller's action; False when another worker was faster."""
    with connection.cursor() as cursor:
        # Publishers queue up here; the second one sees that the run is not running any more.
        cursor.execute(
            "SELECT FROM treasury_calculationrun WHERE id = %s AND status = 'RUNNING' FOR UPDATE", [run_id]
        )
        if not cursor.rowcount:
            return False
        cursor.execute("SELECT publish_run(%s)", [run_id])
    return True


def _newest(as_of_date: date, kind: RunKind, scope: str) -> CalculationRun | None:
    runs = CalculationRun.objects.filter(kind=kind, scope=scope, as_of_date=as_of_date)
    return runs.order_by("-revision").first()


def _insert(
    as_of_date: date, actor: Any, kind: RunKind, scope: str, revision: int, reason: str
) -> CalculationRun:
    waits = must_wait(kind, as_of_date)
    with audit.action("treasury.run.requested", actor=actor, reason=reason):
        return CalculationRun.objects.create(
            kind=kind,
            scope=scope,
            as_of_date=as_of_date,
            revision=revision,
            requested_by=actor,
            status=RunStatus.WAITING if waits else RunStatus.PENDING,
            status_reason=_no_rates(as_of_date) if waits else "",
        )


def _no_rates(as_of_date: date) -> str:
    return f"There are no FX rates for {as_of_date} yet; the run goes on by itself when they arrive."
