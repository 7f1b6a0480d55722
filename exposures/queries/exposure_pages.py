"""What the pages about exposures read."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, QuerySet

from exposures.models import Exposure, ExposureVersion
from treasury.queries import version_pages
from treasury.queries.rows import Row, listed, one

TERMS = (
    "risk__code", "kind", "status", "description", "exposure_amount", "exposure_currency_id", "expected_date",
    "window_start", "window_end", "certainty_ratio", "start_date", "payment_months", "spread_rate",
)  # fmt: skip


def exposures(
    *, entity_ids: list[int], on: date, known_at: datetime | None, show: str, filters: dict[str, object]
) -> QuerySet:
    found = version_pages.versions(
        ExposureVersion, "exposure", entity_ids=entity_ids, on=on, known_at=known_at, show=show
    )
    return found.filter(**filters).values(
        "exposure_id", "kind", "status", "exposure_amount", "expected_date", "certainty_ratio", "version_number",
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


def awaiting(entity_ids: list[int]) -> int:
    return version_pages.awaiting(ExposureVersion, entity_ids)


def found_by(words: str, *, entity_ids: list[int], limit: int = 20) -> list[Row]:
    return listed(
        Exposure.objects.filter(entity_id__in=entity_ids, external_reference__icontains=words)
        .order_by("external_reference")
        .values("id", "external_reference", "entity__code")[:limit]
    )
