"""What one bucket of a run is made of: the versions that the run's sealed book held for it.

The same choice as the night's: an item that is a natural offset is a hedge and no exposure, a sold option no cover.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from hedges.enums import InstrumentStatus, OptionSide
from hedges.models import HorizonBucketResult, InstrumentVersion
from treasury.kernel.clock import add_months
from treasury.queries.rows import Row, listed, one
from treasury.queries.version_pages import IN_FORCE, versions


def dates(as_of: date, month_from: int, month_to: int | None) -> tuple[date, date | None]:
    """First date of the bucket, and the first one after it. The first bucket begins on the as-of date."""
    start = add_months(as_of, month_from)
    return start, add_months(as_of, month_to) if month_to is not None else None


def bucket(run_id: int, entity_id: int, risk_id: int, month_from: int) -> Row | None:
    found = HorizonBucketResult.objects.filter(
        run_id=run_id, entity_id=entity_id, risk_id=risk_id, month_from=month_from
    )
    return one(
        found.values(
            "entity_id", "risk_id", "month_from", "month_to", "amount_unit", entity_code=F("entity__code"),
            risk_code=F("risk__code"),
        )
    )  # fmt: skip


def exposures(run: Row, bucket: Row) -> list[Row]:
    found = versions(
        ExposureVersion, "exposure", entity_ids=[bucket["entity_id"]], on=run["as_of_date"], known_at=run["known_at"],
        show=IN_FORCE,
    )  # fmt: skip
    return listed(
        found.filter(
            risk_id=bucket["risk_id"], status=ExposureStatus.OPEN, **between("expected_date", run, bucket)
        )
        .exclude(exposure_id__in=_offsets(run, bucket))
        .order_by("expected_date", "exposure_id")
        .values(
            "exposure_id",
            "kind",
            "expected_date",
            "certainty_ratio",
            reference=F("exposure__external_reference"),
            amount=F("exposure_amount"),
        )
    )


def instruments(run: Row, bucket: Row) -> list[Row]:
    found = versions(
        InstrumentVersion, "instrument", entity_ids=[bucket["entity_id"]], on=run["as_of_date"],
        known_at=run["known_at"], show=IN_FORCE,
    )  # fmt: skip
    return listed(
        found.filter(
            risk_id=bucket["risk_id"],
            status=InstrumentStatus.LIVE,
            trade_date__lte=run["as_of_date"],
            **between("settlement_date", run, bucket),
        )
        .exclude(option_side=OptionSide.SOLD)
        .order_by("settlement_date", "instrument_id")
        .values(
            "instrument_id",
            "kind",
            "settlement_date",
            "strike_rate",
            reference=F("instrument__external_reference"),
            amount=F("notional_amount"),
            counterparty_code=F("counterparty__code"),
        )
    )


def _offsets(run: Row, bucket: Row) -> QuerySet:
    """Items that are natural offsets: hedges, and no exposures."""
    return (
        versions(
            InstrumentVersion, "instrument", entity_ids=[bucket["entity_id"]], on=run["as_of_date"],
            known_at=run["known_at"], show=IN_FORCE,
        )
        .filter(status=InstrumentStatus.LIVE, instrument__offset_exposure__isnull=False)
        .values("instrument__offset_exposure_id")
    )  # fmt: skip


def between(name: str, run: Row, bucket: Row) -> dict[str, date]:
    """The lookups of a date that lies in the bucket."""
    start, end = dates(run["as_of_date"], bucket["month_from"], bucket["month_to"])
    found = {f"{name}__gte": start}
    if end is not None:
        found[f"{name}__lt"] = end
    return found
