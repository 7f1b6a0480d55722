"""Exposures that a search finds, by reference, description or amount of their newest version, and imports; one read
each.
"""

from __future__ import annotations

from django.db.models import F, Q

from exposures.models import ExposureVersion, Import
from exposures.queries.imports import visible
from treasury.queries.rows import Row, listed


def exposures(meant: Q, *, entity_ids: list[int], limit: int) -> list[Row]:
    found = ExposureVersion.objects.filter(meant, entity_id__in=entity_ids)
    newest = found.order_by("exposure_id", "-version_number").distinct("exposure_id")
    return listed(
        newest.values(
            "description", "exposure_amount", "expected_date", thing_id=F("exposure_id"),
            reference=F("exposure__external_reference"), unit=F("exposure_currency_id"), entity_code=F("entity__code"),
        )[:limit]
    )  # fmt: skip


def imports(meant: Q, *, entity_ids: list[int], user_id: int, limit: int) -> list[Row]:
    """The newest first, of those that this person may see."""
    found = Import.objects.filter(meant, visible(entity_ids, user_id)).order_by("-id")
    return listed(
        found.values("id", "source_system", "file_name", "status", "row_count", "recorded_at")[:limit]
    )
