"""Losses in reserves that were stated not to be recovered: what measurement reads, what waits, each with its story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet

from hedges.models import UnrecoveredLossVersion
from treasury.enums import Decision
from treasury.queries import access
from treasury.queries.copy import Columns, columns
from treasury.queries.rows import Row, listed, one

FIELDS = (
    "id", "relationship_id", "version_number", "valid_from", "loss_amount", "loss_share", "currency_id",
    "change_reason", "evidence", "recorded_at", "author_id", "content_digest", "approval__decision",
    "approval__comment", "approval__decided_by__username",
)  # fmt: skip
#: A share is counted in millionths, which is what its column holds.
_SPEC = {"relationship_id": "int8", "stated_on": "date", "amount_units": "int8", "share_millionths": "int8"}


def stated(at: Mapping[str, Any]) -> Columns:
    """Approved statements up to a date as known, by relationship in the order in which they count; `at` as in
    `measurement_columns`. Amounts in minor units, 0 where a share is stated, and the other way round."""
    return columns(
        "SELECT v.relationship_id, v.valid_from AS stated_on,"
        " coalesce(hedgebook_amount_units(v.loss_amount, v.currency_id), 0)::int8 AS amount_units,"
        " coalesce(v.loss_share * 1000000, 0)::int8 AS share_millionths FROM hedges_unrecoveredlossversion v"
        " JOIN hedges_unrecoveredlossversionapproval a ON a.version_id = v.id"
        f" AND a.decision = '{Decision.APPROVED}' AND a.recorded_at <= %(known_at)s"
        " JOIN hedges_hedgerelationship r ON r.id = v.relationship_id"
        " AND (%(entity_id)s::bigint IS NULL OR r.entity_id = %(entity_id)s)"
        " WHERE v.valid_from <= %(as_of_date)s AND mod(v.relationship_id, %(shard_count)s) = %(shard_number)s"
        " ORDER BY v.relationship_id, v.valid_from, v.id",
        at,
        _SPEC,
    )


def _rows(found: QuerySet) -> QuerySet:
    return found.values(
        *FIELDS, code=F("relationship__code"), entity_id=F("relationship__entity_id"),
        entity_code=F("relationship__entity__code"), author_name=F("author__username"),
    )  # fmt: skip


def waiting(entity_ids: list[int], *, limit: int = 200) -> list[Row]:
    """Those that nobody has decided on, the longest waiting first."""
    found = UnrecoveredLossVersion.objects.filter(relationship__entity_id__in=entity_ids, approval=None)
    return listed(_rows(found).order_by("recorded_at", "id")[:limit])


def version(version_id: int, *, entity_ids: list[int]) -> Row | None:
    return one(
        _rows(UnrecoveredLossVersion.objects.filter(pk=version_id, relationship__entity_id__in=entity_ids))
    )


def of_relationship(relationship_id: int) -> list[Row]:
    """Decided on or not, the newest first."""
    found = UnrecoveredLossVersion.objects.filter(relationship_id=relationship_id)
    return listed(_rows(found).order_by("-version_number"))


def visible(user: Any) -> QuerySet[UnrecoveredLossVersion]:
    """Those of the entities that the user may see."""
    found = UnrecoveredLossVersion.objects.select_related("relationship__entity")
    return access.scoped(found, user, entity="relationship__entity")
