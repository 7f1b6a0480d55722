"""Hedging policies as they count at a point, with their bands."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from treasury.models import PolicyBand, PolicyVersion
from treasury.queries import access
from treasury.queries.known import Point, applicable_in_order


def at_point(user: Any, point: Point) -> "QuerySet[PolicyVersion]":
    versions = applicable_in_order(PolicyVersion.objects.all(), parent="policy", at=point)
    return access.scoped(versions, user, entity="policy__entity")


def versions_of(user: Any, policy_id: int) -> "QuerySet[PolicyVersion]":
    return access.scoped(PolicyVersion.objects.filter(policy=policy_id), user, entity="policy__entity")


def bands(version_ids: Iterable[int]) -> "QuerySet[PolicyBand]":
    return PolicyBand.objects.filter(policy_version__in=list(version_ids)).order_by(
        "policy_version", "month_from"
    )
