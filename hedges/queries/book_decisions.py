"""What waits for a second person among exposures and hedging instruments."""

from __future__ import annotations

from django.db.models import F

from exposures.models import ExposureVersion
from exposures.queries import exposure_pages
from hedges.models import InstrumentVersion
from hedges.queries import instrument_pages
from treasury.queries.rows import Row, listed

COMMON = (
    "id",
    "version_number",
    "valid_from",
    "recorded_at",
    "change_reason",
    "content_digest",
    "status",
    "kind",
)


def waiting(kind: str, entity_ids: list[int], *, limit: int = 200) -> list[Row]:
    """Versions that nobody has decided on, the longest waiting first."""
    model = ExposureVersion if kind == "exposure" else InstrumentVersion
    found = model._default_manager.filter(entity_id__in=entity_ids, approval=None)
    return listed(
        found.order_by("recorded_at", "id").values(
            *COMMON, "author_id", reference=F(f"{kind}__external_reference"), entity_code=F("entity__code"),
            risk_code=F("risk__code"), author_name=F("author__username"),
        )[:limit]
    )  # fmt: skip


def found(kind: str, version_id: int, *, entity_ids: list[int]) -> tuple[Row, list[Row]] | None:
    """The thing of a version, and its whole story, the newest version first."""
    model = ExposureVersion if kind == "exposure" else InstrumentVersion
    kept = model._default_manager.filter(pk=version_id, entity_id__in=entity_ids).values_list(
        f"{kind}_id", flat=True
    )
    for thing_id in kept:
        if kind == "exposure":
            thing = exposure_pages.exposure(thing_id, entity_ids=entity_ids)
            story = exposure_pages.story(thing_id, known_at=None)
        else:
            thing = instrument_pages.instrument(thing_id, entity_ids=entity_ids)
            story = instrument_pages.story(thing_id, known_at=None)
        if thing is not None:
            return thing, story
    return None
