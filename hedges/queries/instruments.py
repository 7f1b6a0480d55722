"""Hedging instruments as they count at a point, and their versions."""

from typing import Any

from django.db.models import QuerySet

from hedges.models import InstrumentVersion
from treasury.queries import access
from treasury.queries.known import Point, applicable_in_order


def at_point(user: Any, point: Point) -> "QuerySet[InstrumentVersion]":
    return access.scoped(
        applicable_in_order(InstrumentVersion.objects.all(), parent="instrument", at=point), user
    )


def versions_of(user: Any, instrument_id: int) -> "QuerySet[InstrumentVersion]":
    return access.scoped(InstrumentVersion.objects.filter(instrument=instrument_id), user)
