"""Everything that waits for a second person, in one queue: versions that nobody has decided on, and imports.

The longest waiting first, by their audit events. As known at a time: recorded by then and not decided on by then. The
versions of one import, or of its undoing, are one item.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from treasury.queries.rows import Row


@dataclass(frozen=True, slots=True)
class Kind:
    """`resource` has the row and the addresses of the decision; `place` stands in cursors and is never given again."""

    place: int
    resource: str
    table: str
    approval: str
    thing: str
    entity: str
    reference: str
    joins: str = ""
    only: str = ""


_OWN = "v.entity_id"
_NO_IMPORT = (
    " AND NOT EXISTS (SELECT FROM exposures_import i WHERE i.commit_event_id = v.event_id)"
    " AND NOT EXISTS (SELECT FROM exposures_import i WHERE i.undo_event_id = v.event_id)"
)
KINDS = (
    Kind(1, "hedge-relationship-versions", "hedges_hedgerelationshipversion", "hedges_hedgerelationshipversionapproval",
         "v.relationship_id", _OWN, "t.code", "JOIN hedges_hedgerelationship t ON t.id = v.relationship_id"),
    Kind(2, "instrument-versions", "hedges_instrumentversion", "hedges_instrumentversionapproval", "v.instrument_id",
         _OWN, "t.external_reference", "JOIN hedges_instrument t ON t.id = v.instrument_id"),
    Kind(3, "exposure-versions", "exposures_exposureversion", "exposures_exposureversionapproval", "v.exposure_id",
         _OWN, "t.external_reference", "JOIN exposures_exposure t ON t.id = v.exposure_id", _NO_IMPORT),
    Kind(5, "policy-versions", "treasury_policyversion", "treasury_policyversionapproval", "v.policy_id", "t.entity_id",
         "k.code", "JOIN treasury_policy t ON t.id = v.policy_id JOIN treasury_risk k ON k.id = t.risk_id"),
    Kind(6, "account-map-versions", "hedges_accountmapversion", "hedges_accountmapversionapproval", "v.account_map_id",
         "t.entity_id", "''", "JOIN hedges_accountmap t ON t.id = v.account_map_id"),
    Kind(7, "journal-reversals", "hedges_journalreversalversion", "hedges_journalreversalversionapproval", "v.entry_id",
         "t.entity_id", "t.number::text", "JOIN hedges_journalentry t ON t.id = v.entry_id"),
    Kind(8, "unrecovered-losses", "hedges_unrecoveredlossversion", "hedges_unrecoveredlossversionapproval",
         "v.relationship_id", "t.entity_id", "t.code", "JOIN hedges_hedgerelationship t ON t.id = v.relationship_id"),
)  # fmt: skip
#: An import touches several entities, so that it is no `Kind`.
IMPORTS, _IMPORTS_PLACE = "imports", 4
RESOURCES = (*(kind.resource for kind in KINDS), IMPORTS)
_VERSIONS = """SELECT v.event_id, {place} AS place, '{resource}' AS resource, v.id, {thing} AS thing_id,
    v.version_number, ARRAY[{entity}] AS entity_ids, {reference} AS reference, v.recorded_at AS since, v.author_id,
    v.change_reason AS reason, 1 AS versions
FROM {table} v {joins}
WHERE {entity} = ANY (%(entities)s::bigint[]) AND v.recorded_at <= %(at)s AND NOT EXISTS (
    SELECT FROM {approval} a WHERE a.version_id = v.id AND a.recorded_at <= %(at)s){only}"""
_IMPORTED = f"""SELECT w.event_id, {_IMPORTS_PLACE} AS place, '{IMPORTS}' AS resource, i.id, i.id AS thing_id,
    NULL::integer AS version_number, i.entity_ids::bigint[], i.source_system || ' ' || i.file_name AS reference,
    w.since, w.author_id, w.reason, w.versions
FROM (
    SELECT v.event_id, min(v.recorded_at) AS since, min(v.author_id) AS author_id, min(v.change_reason) AS reason,
           count(*)::integer AS versions
    FROM exposures_exposureversion v
    WHERE v.entity_id = ANY (%(entities)s::bigint[]) AND v.recorded_at <= %(at)s
      AND NOT EXISTS (SELECT FROM exposures_exposureversionapproval a
                      WHERE a.version_id = v.id AND a.recorded_at <= %(at)s)
      AND NOT EXISTS (SELECT FROM exposures_exposureversion l WHERE l.exposure_id = v.exposure_id
                      AND l.version_number > v.version_number AND l.recorded_at <= %(at)s)
    GROUP BY v.event_id
) w JOIN exposures_import i ON w.event_id IN (i.commit_event_id, i.undo_event_id)
WHERE i.entity_ids <@ %(entities)s::bigint[]"""
_QUEUE = """SELECT q.*, u.username AS written_by FROM ({parts}) q LEFT JOIN treasury_user u ON u.id = q.author_id
WHERE (q.event_id, q.place, q.id) > (%(event)s, %(place)s, %(row)s)
ORDER BY q.event_id, q.place, q.id LIMIT %(limit)s"""
Place = tuple[int, int, int]


def awaiting(
    entity_ids: Collection[int],
    *,
    resource: str = "",
    known_at: datetime | None = None,
    after: Place = (0, 0, 0),
    limit: int,
) -> list[Row]:
    """One statement, however many wait. `after`: the event, place and id of the last row of the page before."""
    parts = [
        _VERSIONS.format(**{name: getattr(kind, name) for name in Kind.__slots__})
        for kind in KINDS
        if resource in ("", kind.resource)
    ]
    if resource in ("", IMPORTS):
        parts.append(_IMPORTED)
    event, place, row = after
    told: dict[str, Any] = {
        "entities": list(entity_ids),
        "event": event,
        "place": place,
        "row": row,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE.format(parts=" UNION ALL ".join(parts)), told | {"at": known_at or "infinity"})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, found, strict=True)) for found in cursor.fetchall()]
