"""Hedging instruments as they count at a point, and their versions."""

from typing import Any

from django.db.models import Q, QuerySet

from hedges.models import Instrument, InstrumentVersion
from treasury.queries import access
from treasury.queries.known import Point, applicable_in_order


def at_point(user: Any, point: Point) -> "QuerySet[InstrumentVersion]":
    return access.scoped(
        applicable_in_order(InstrumentVersion.objects.all(), parent="instrument", at=point), user
    )


def versions_of(user: Any, instrument_id: int) -> "QuerySet[InstrumentVersion]":
    return access.scoped(InstrumentVersion.objects.filter(instrument=instrument_id), user)


def all_versions(user: Any) -> "QuerySet[InstrumentVersion]":
    """Every version that the user may see, of whatever instrument."""
    return access.scoped(InstrumentVersion.objects.all(), user)


def things(user: Any) -> "QuerySet[Instrument]":
    """The instruments themselves, whatever counts of them."""
    return access.scoped(Instrument.objects.all(), user)


def first_versions(user: Any, instrument_id: int) -> "QuerySet[InstrumentVersion]":
    """The first version of an instrument, and those of the other legs of its structure, in their order."""
    own = Q(instrument=instrument_id) | Q(
        instrument__structure_reference__in=Instrument.objects.filter(pk=instrument_id)
        .exclude(structure_reference="")
        .values("structure_reference"),
        event__in=InstrumentVersion.objects.filter(instrument=instrument_id, version_number=1).values(
            "event"
        ),
    )
    return all_versions(user).filter(own, version_number=1).order_by("pk")
