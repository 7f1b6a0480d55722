"""The two ends of a ratio's move: the runs, and what each of them stored for the cell."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from hedges.enums import RatioSubject
from hedges.models import HedgeRatioResult, HorizonBucketResult
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun
from treasury.queries.rows import Row, one

RUN = ("id", "as_of_date", "known_at", "revision")


def run_before(run: Row, nights: QuerySet, *, since: date | None) -> Row | None:
    """The night of a day or the last before it; without one the last before `run`."""
    found = CalculationRun.objects.filter(pk__in=nights, known_at__isnull=False).exclude(pk=run["id"])
    found = found.filter(as_of_date__lte=since) if since else found.filter(as_of_date__lt=run["as_of_date"])
    return one(found.order_by("-as_of_date", "-revision").values(*RUN))


def earlier_revision(run: Row, run_id: int) -> Row | None:
    """A run by its number, if it is a night of the same or an earlier day that was published at some time."""
    stood = [RunStatus.PUBLISHED, RunStatus.SUPERSEDED]
    found = CalculationRun.objects.filter(
        pk=run_id, kind=RunKind.NIGHTLY, status__in=stood, as_of_date__lte=run["as_of_date"]
    )
    return one(found.exclude(pk=run["id"]).values(*RUN))


def stored(run_id: int, entity_id: int, *, risk_id: int | None, month: int | None) -> Row | None:
    """What a run says of a bucket, of an entity and risk, or of an entity."""
    if month is not None:
        rows = HorizonBucketResult.objects.filter(
            run_id=run_id, entity_id=entity_id, risk_id=risk_id or 0, month_from=month
        )
        return one(
            rows.values(
                "amount_unit", "hedge_amount", "flags", "reasons", "lower_ratio", "target_ratio", "upper_ratio",
                "month_from", "month_to", ratio=F("coverage_ratio"), exposure=F("net_exposure_amount"),
            )
        )  # fmt: skip
    subject = RatioSubject.ENTITY if risk_id is None else RatioSubject.ENTITY_RISK
    ratios = HedgeRatioResult.objects.filter(
        run_id=run_id, entity_id=entity_id, subject=subject, subject_key=risk_id or 0
    )
    return one(
        ratios.values(
            "amount_unit",
            "hedge_amount",
            "flags",
            "reasons",
            ratio=F("hedge_ratio"),
            exposure=F("exposure_amount"),
        )
    )
