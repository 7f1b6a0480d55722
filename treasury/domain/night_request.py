"""Asking for a night: a run row, which the sweeper finds. Nothing is computed here."""

from datetime import date
from typing import Any

from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun

OPEN = (RunStatus.PENDING, RunStatus.WAITING, RunStatus.RUNNING)


def request(*, as_of_date: date, actor: Any, kind: str = RunKind.NIGHTLY, scope: str = "GROUP") -> tuple[CalculationRun, bool]:
    """The run of the date that is under way, or a new one with the next revision; True where it is new."""
    runs = CalculationRun.objects.filter(kind=kind, scope=scope, as_of_date=as_of_date)
    under_way = runs.filter(status__in=OPEN).first()
    if under_way is not None:
        return under_way, False
    last = runs.order_by("-revision").values_list("revision", flat=True).first() or 0
    try:
        with as_refusal(), audit.action("treasury.run.requested", actor=actor):
            return (
                CalculationRun.objects.create(
                    kind=kind, scope=scope, as_of_date=as_of_date, revision=last + 1, requested_by=actor
                ),
                True,
            )
    except Refusal as refusal:
        if refusal.constraint not in ("run_one_open", "run_revision"):
            raise
        return runs.get(status__in=OPEN), False  # somebody else was faster
