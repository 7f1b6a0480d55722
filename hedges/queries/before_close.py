"""What stands between an entity and the close of a month, as the book is now."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Model, OuterRef

from exposures.models import ExposureVersion
from hedges.enums import HedgeType, RelationshipStatus
from hedges.models import (
    AccountMapVersion,
    HedgeRelationshipVersion,
    InstrumentAllocation,
    InstrumentVersion,
    ItemAllocation,
    JournalReversalVersion,
    UnrecoveredLossVersion,
)
from treasury.enums import QuoteKind
from treasury.models import Entity, MarketQuote, Risk
from treasury.queries.known import Point, applicable


def hedge_types(entity: Entity, until: date) -> list[str]:
    """The kinds of hedge accounting that the entity has begun by a date."""
    found = HedgeRelationshipVersion.objects.filter(entity=entity, accounting_from__lte=until)
    return sorted(
        set(found.exclude(hedge_type=HedgeType.ECONOMIC).order_by().values_list("hedge_type", flat=True))
    )


def waiting_versions(entity: Entity, until: date) -> list[str]:
    """Versions that nobody has decided on and that say something about the time up to a date, by name."""
    kinds: list[tuple[str, type[Model], str, str]] = [
        ("exposure", ExposureVersion, "exposure", "external_reference"),
        ("instrument", InstrumentVersion, "instrument", "external_reference"),
        ("relationship", HedgeRelationshipVersion, "relationship", "code"),
        ("account map", AccountMapVersion, "account_map", "entity__code"),
        ("reversal of entry", JournalReversalVersion, "entry", "number"),
        ("loss that will not be recovered of", UnrecoveredLossVersion, "relationship", "code"),
    ]
    names: list[str] = []
    for word, model, parent, name in kinds:
        # Only the newest version of a thing can be decided on.
        later = model._default_manager.filter(
            **{parent: OuterRef(parent), "version_number__gt": OuterRef("version_number")}
        )
        waiting = model._default_manager.filter(
            ~Exists(later), **{f"{parent}__entity": entity, "approval": None, "valid_from__lte": until}
        )
        called = f"{parent}__{name}"
        rows = waiting.order_by(called, "version_number").values_list(called, "version_number")
        names += [f"{word} {code} version {number}" for code, number in rows]
    return names


def risks_in_force(entity: Entity, on: date) -> list[tuple[int, str]]:
    """The risks of items and instruments under hedge accounting on a date: id and code."""
    versions = HedgeRelationshipVersion.objects.filter(
        entity=entity, status=RelationshipStatus.DESIGNATED, accounting_from__lte=on, hedge_end_date__gte=on
    ).exclude(hedge_type=HedgeType.ECONOMIC)
    live = applicable(versions, parent="relationship", at=Point(on)).values("relationship")
    chosen = {"relationship_version__relationship__in": live, "period_from__lte": on, "period_to__gt": on}
    used: Iterable[int] = InstrumentAllocation.objects.filter(**chosen).values_list(
        "instrument_version__risk", flat=True
    )
    hedged: Iterable[int] = ItemAllocation.objects.filter(**chosen).values_list("risk", flat=True)
    return list(Risk.objects.filter(pk__in={*used, *hedged}).order_by("code").values_list("id", "code"))


def rates_have_come(day: date) -> bool:
    """Whether there are FX rates of a day, or of a later one: then the day itself had none."""
    return MarketQuote.objects.filter(kind=QuoteKind.FX_SPOT, quote_date__gte=day).exists()
