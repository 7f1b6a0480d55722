"""What the pages about exposures read."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Case, CharField, F, QuerySet, Value, When

from exposures.enums import ExposureStatus
from exposures.models import Exposure, ExposureVersion
from treasury.queries import version_pages
from treasury.queries.rows import Row, listed, one

TERMS = (
    "risk__code", "kind", "status", "description", "exposure_amount", "exposure_currency_id", "expected_date",
    "window_start", "window_end", "certainty_ratio", "start_date", "payment_months", "spread_rate", "split_of_id",
)  # fmt: skip


#: Where an open exposure stands whose expected date is past: it counts no more until somebody says what became of it.
PAST_ITS_DATE = "PAST_ITS_DATE"


def staged(found: QuerySet, on: date) -> QuerySet:
    """With the `stage` of each on a date: its status, or that it is open past its expected date."""
    past = When(status=ExposureStatus.OPEN, expected_date__lt=on, then=Value(PAST_ITS_DATE))
    return found.annotate(stage=Case(past, default=F("status"), output_field=CharField()))


def past_their_date(*, entity_ids: list[int], on: date, known_at: datetime | None) -> int:
    """Open exposures in force that no night counts any more."""
    found = version_pages.versions(
        ExposureVersion,
        "exposure",
        entity_ids=entity_ids,
        on=on,
        known_at=known_at,
        show=version_pages.IN_FORCE,
    )
    return found.filter(status=ExposureStatus.OPEN, expected_date__lt=on).count()


def exposures(
    *, entity_ids: list[int], on: date, known_at: datetime | None, show: str, filters: dict[str, object]
) -> QuerySet:
    found = version_pages.versions(
        ExposureVersion, "exposure", entity_ids=entity_ids, on=on, known_at=known_at, show=show
    )
    return staged(found, on).filter(**filters).values(
        "exposure_id", "kind", "stage", "exposure_amount", "expected_date", "certainty_ratio", "version_number",
        "description",
        reference=F("exposure__external_reference"), entity_code=F("entity__code"), risk_code=F("risk__code"),
        unit=F("exposure_currency_id"), decision=F("approval__decision"),
    )  # fmt: skip


def exposure(exposure_id: int, *, entity_ids: list[int]) -> Row | None:
    return one(
        Exposure.objects.filter(pk=exposure_id, entity_id__in=entity_ids).values(
            "id",
            "external_reference",
            "source_system",
            "entity_id",
            "entity__code",
            "entity__name",
            "recorded_at",
            "split_from_id",
            "split_from__external_reference",
        )
    )


def story(exposure_id: int, *, known_at: datetime | None) -> list[Row]:
    return version_pages.story(ExposureVersion, "exposure", exposure_id, known_at=known_at, terms=TERMS)


def risks(entity_ids: list[int]) -> list[str]:
    return list(
        ExposureVersion.objects.filter(entity_id__in=entity_ids)
        .order_by("risk__code")
        .values_list("risk__code", flat=True)
        .distinct()
    )


def named(exposure_ids: list[int]) -> dict[int, Row]:
    """Reference and entity of exposures, in one read."""
    found = Exposure.objects.filter(pk__in=exposure_ids).values(
        "id", reference=F("external_reference"), entity_code=F("entity__code")
    )
    return {row["id"]: row for row in listed(found)}


def split_with(row: Row) -> list[Row]:
    """The versions that a split made together, the exposure that is split first; none where it is no split."""
    if not row["split_of_id"]:
        return []
    found = ExposureVersion.objects.filter(event_id=row["event_id"], split_of_id=row["split_of_id"])
    return listed(
        found.order_by("exposure_id").values(
            "exposure_id", "exposure_amount", "expected_date", "status", "version_number", "kind",
            reference=F("exposure__external_reference"), unit=F("exposure_currency_id"),
        )
    )  # fmt: skip
