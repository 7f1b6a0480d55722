"""Versions that one person is about to decide on together: what stands in the way of each, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from exposures.models import ExposureVersion
from exposures.queries import standing
from hedges.models import HedgeRelationshipVersion, InstrumentEvent, InstrumentVersion
from treasury.enums import Decision


class Kind(NamedTuple):
    """`parent`: the thing that has versions; `name`: what people call it by."""

    versions: type[Any]
    parent: str
    name: str


KINDS = {
    "exposure": Kind(ExposureVersion, "exposure", "exposure__external_reference"),
    "instrument": Kind(InstrumentVersion, "instrument", "instrument__external_reference"),
    "relationship": Kind(HedgeRelationshipVersion, "relationship", "relationship__code"),
}


def annotated(kind: str, found: QuerySet[Any], *, person_id: int) -> QuerySet[Any]:
    """`overtaken`: a later version stands; `is_own`: the person wrote one since the last approved one."""
    of = KINDS[kind]
    same = of.versions._default_manager.filter(**{of.parent: OuterRef(of.parent)})
    approved_since = same.filter(
        version_number__gte=OuterRef("version_number"), approval__decision=Decision.APPROVED
    )
    return found.annotate(
        overtaken=Exists(same.filter(version_number__gt=OuterRef("version_number"))),
        is_own=Exists(same.filter(~Exists(approved_since), author_id=person_id)),
    )


def versions(kind: str, version_ids: Collection[int], *, person_id: int) -> list[Any]:
    """The versions with what is known of each before a decision, in one read, by their id."""
    of = KINDS[kind]
    found = of.versions._default_manager.filter(pk__in=version_ids)
    return list(
        annotated(kind, found, person_id=person_id)
        .annotate(name=F(of.name), entity_code=F("entity__code"), decided_name=F("approval__decided_by__username"))
        .order_by("pk")
    )  # fmt: skip


def entities_of(kind: str, version_ids: Collection[int]) -> dict[int, int]:
    """The entity of each version that is there."""
    found = KINDS[kind].versions._default_manager.filter(pk__in=version_ids)
    return dict(found.values_list("pk", "entity_id"))


def together(kind: str, chosen: Sequence[Any]) -> list[Any]:
    """The versions with those that only the same word decides: the parts of a split, the trades of one event.

    As `exposures.queries.standing.together` and `instrument_life.together` of one version, in two reads at most.
    """
    if kind == "exposure":
        return standing.together(chosen)
    if kind != "instrument":
        return list(chosen)
    happened = InstrumentEvent.objects.filter(
        event__in={version.event_id for version in chosen}, version__isnull=False
    )
    first = dict(happened.values_list("event_id", "version_id"))
    if not first:
        return list(chosen)
    later = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), version_number__gt=OuterRef("version_number")
    )
    others = InstrumentVersion.objects.filter(
        ~Exists(later), Q(approval=None), event__in=first, entity__in={one.entity_id for one in chosen}
    ).exclude(pk__in=[version.pk for version in chosen])
    every = [*chosen, *others.select_related("instrument")]
    return sorted(every, key=lambda one: (one.pk not in first.values(), one.pk))
