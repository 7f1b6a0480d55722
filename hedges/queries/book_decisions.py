"""What waits for a second person among exposures and hedging instruments."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, When

from exposures.models import ExposureVersion
from exposures.queries import exposure_pages, import_decisions
from hedges.models import InstrumentEvent, InstrumentVersion
from hedges.queries import decidable, instrument_pages
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
    "entity_id",
    "event_id",
)


def waiting(kind: str, entity_ids: list[int], *, person_id: int, limit: int = 200) -> list[Row]:
    """Versions that nobody has decided on, the longest waiting first; those of an import are one item of their own.

    `goes_with`: the event whose versions one word decides on, a split or an event in the life of a trade.
    """
    model = ExposureVersion if kind == "exposure" else InstrumentVersion
    found = model._default_manager.filter(entity_id__in=entity_ids, approval=None)
    if kind == "exposure":
        found = found.exclude(import_decisions.of_an_import())
        terms = {
            "amount": F("exposure_amount"),
            "unit": F("exposure_currency_id"),
            "day": F("expected_date"),
            "goes_with": Case(When(split_of__isnull=False, then=F("event_id"))),
        }
    else:
        terms = {
            "amount": F("notional_amount"),
            "unit": F("notional_currency_id"),
            "day": F("settlement_date"),
            "party": F("counterparty__code"),
            "goes_with": Case(When(_of_an_event(), then=F("event_id"))),
        }
    return listed(
        decidable.annotated(kind, found, person_id=person_id).order_by("recorded_at", "id").values(
            *COMMON, "author_id", "overtaken", "is_own", **terms,
            reference=F(f"{kind}__external_reference"), entity_code=F("entity__code"),
            risk_code=F("risk__code"), author_name=F("author__username"),
        )[:limit]
    )  # fmt: skip


def _of_an_event() -> Exists:
    return Exists(InstrumentEvent.objects.filter(event_id=OuterRef("event_id"), version__isnull=False))


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
