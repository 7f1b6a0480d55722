"""Exposures as they count at a point, and their versions."""

from typing import Any

from django.db.models import QuerySet

from exposures.models import Exposure, ExposureVersion
from treasury.queries import access
from treasury.queries.known import Point, applicable_in_order


def at_point(user: Any, point: Point) -> "QuerySet[ExposureVersion]":
    return access.scoped(
        applicable_in_order(ExposureVersion.objects.all(), parent="exposure", at=point), user
    )


def versions_of(user: Any, exposure_id: int) -> "QuerySet[ExposureVersion]":
    return access.scoped(ExposureVersion.objects.filter(exposure=exposure_id), user)


def all_versions(user: Any) -> "QuerySet[ExposureVersion]":
    """Every version at the entities of the user, decided or not."""
    return access.scoped(ExposureVersion.objects.all(), user)


def things(user: Any) -> "QuerySet[Exposure]":
    """The exposures themselves, with or without a version that counts."""
    return access.scoped(Exposure.objects.all(), user)
