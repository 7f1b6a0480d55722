"""Hedging policies as they count at a point, with their bands."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from treasury.enums import Decision
from treasury.models import Policy, PolicyBand, PolicyVersion, Risk
from treasury.queries import access
from treasury.queries.known import Point, applicable_in_order
from treasury.queries.rows import Row, listed, one

BAND = ("policy_version_id", "month_from", "month_to", "lower_ratio", "target_ratio", "upper_ratio")


def at_point(user: Any, point: Point) -> "QuerySet[PolicyVersion]":
    versions = applicable_in_order(PolicyVersion.objects.all(), parent="policy", at=point)
    return access.scoped(versions, user, entity="policy__entity")


def of(entity_id: int, risk_id: int) -> Policy | None:
    return Policy.objects.filter(entity=entity_id, risk=risk_id).first()


def versions_of(user: Any, policy_id: int) -> "QuerySet[PolicyVersion]":
    return access.scoped(PolicyVersion.objects.filter(policy=policy_id), user, entity="policy__entity")


def bands(version_ids: Iterable[int]) -> "QuerySet[PolicyBand]":
    return PolicyBand.objects.filter(policy_version__in=list(version_ids)).order_by(
        "policy_version", "month_from"
    )


STORY = (
    "id", "policy_id", "version_number", "valid_from", "valid_to", "change_reason", "content_digest", "recorded_at",
    "author_id", "event_id", "approval__decision", "approval__comment", "approval__recorded_at", "approval__event_id",
)  # fmt: skip


def story(entity_id: int, risk_id: int) -> list[Row]:
    """Every version of a policy with its bands, the newest first: two reads."""
    found = PolicyVersion.objects.filter(policy__entity_id=entity_id, policy__risk_id=risk_id)
    return _with_bands(_rows(found.order_by("-version_number")))


def changes(
    entity_id: int, risk_id: int, *, since: date, until: date, known_at: datetime | None
) -> list[Row]:
    """Versions of a policy that came into force within these days, as known: number and first day."""
    approved: dict[str, object] = {"approval__decision": Decision.APPROVED}
    if known_at:
        approved["approval__recorded_at__lte"] = known_at
    found = PolicyVersion.objects.filter(
        policy__entity_id=entity_id, policy__risk_id=risk_id, valid_from__range=(since, until), **approved
    )
    return listed(found.order_by("valid_from", "version_number").values("version_number", "valid_from"))


def version(version_id: int, *, entity_ids: Iterable[int]) -> Row | None:
    """One version with its policy, if the entity is one of these."""
    return one(
        PolicyVersion.objects.filter(pk=version_id, policy__entity_id__in=list(entity_ids)).values(
            "id", entity_id=F("policy__entity_id"), entity_code=F("policy__entity__code"),
            risk_id=F("policy__risk_id"), risk_code=F("policy__risk__code"),
        )
    )  # fmt: skip


def waiting(entity_ids: Iterable[int], *, limit: int = 200) -> list[Row]:
    """Versions that nobody has decided on, the longest waiting first."""
    found = PolicyVersion.objects.filter(policy__entity_id__in=list(entity_ids), approval=None)
    return _rows(found.order_by("recorded_at", "id"))[:limit]


def risks() -> list[Row]:
    """Every risk that there is, for a policy that is new."""
    return listed(Risk.objects.order_by("code").values("id", "code", "name"))


def _rows(found: "QuerySet[PolicyVersion]") -> list[Row]:
    return listed(
        found.values(
            *STORY, entity_code=F("policy__entity__code"), risk_code=F("policy__risk__code"),
            author_name=F("author__username"), decided_by=F("approval__decided_by__username"),
        )
    )  # fmt: skip


def _with_bands(rows: list[Row]) -> list[Row]:
    of: dict[int, list[Row]] = {}
    for band in listed(bands([row["id"] for row in rows]).values(*BAND)):
        of.setdefault(band["policy_version_id"], []).append(band)
    return [row | {"bands": of.get(row["id"], [])} for row in rows]


def all_versions(user: Any) -> "QuerySet[PolicyVersion]":
    """Every version that the user may see, of whatever policy."""
    return access.scoped(PolicyVersion.objects.all(), user, entity="policy__entity")
