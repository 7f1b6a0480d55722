"""The versions behind rows that an explanation added up, with who approved them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F

from exposures.models import ExposureVersion
from hedges.models import InstrumentVersion
from treasury.queries.known import Point, applicable_in_order
from treasury.queries.rows import Row, listed

_VERSION = (
    "id", "version_number", "approval__decided_by__username", "approval__recorded_at",
)  # fmt: skip


def exposure_versions(exposure_ids: Iterable[int], on: date, known_at: datetime) -> dict[int, Row]:
    """The version of each exposure that counted."""
    found = ExposureVersion.objects.filter(exposure_id__in=list(exposure_ids))
    counted = applicable_in_order(found, parent="exposure", at=Point(on, known_at))
    rows = listed(counted.values(*_VERSION, "exposure_id", name=F("exposure__external_reference")))
    return {row["exposure_id"]: row for row in rows}


def instrument_versions(version_ids: Iterable[int]) -> dict[int, Row]:
    """Versions of instruments by their id."""
    found = InstrumentVersion.objects.filter(pk__in=list(version_ids))
    rows = listed(found.values(*_VERSION, name=F("instrument__external_reference")))
    return {row["id"]: row for row in rows}
