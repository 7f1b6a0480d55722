"""Hedge relationships as they count at a point, their versions, and what those have designated."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from hedges.models import HedgeRelationshipVersion, InstrumentAllocation, ItemAllocation
from treasury.queries import access
from treasury.queries.known import Point, applicable_in_order


def at_point(user: Any, point: Point) -> "QuerySet[HedgeRelationshipVersion]":
    versions = applicable_in_order(HedgeRelationshipVersion.objects.all(), parent="relationship", at=point)
    return access.scoped(versions, user)


def versions_of(user: Any, relationship_id: int) -> "QuerySet[HedgeRelationshipVersion]":
    return access.scoped(HedgeRelationshipVersion.objects.filter(relationship=relationship_id), user)


def items(version_ids: Iterable[int]) -> "QuerySet[ItemAllocation]":
    found = ItemAllocation.objects.filter(relationship_version__in=list(version_ids))
    return found.order_by("relationship_version", "id")


def instruments(version_ids: Iterable[int]) -> "QuerySet[InstrumentAllocation]":
    found = InstrumentAllocation.objects.filter(relationship_version__in=list(version_ids))
    return found.order_by("relationship_version", "id")
