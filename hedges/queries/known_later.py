"""What became known after a close and says something about the time up to its date: its inputs may have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

#: Each input of measurement: from which date on it says something, and when it became known.
_DECIDED = (
    "SELECT v.valid_from, a.recorded_at FROM {versions} v JOIN {versions}approval a ON a.version_id = v.id"
    " WHERE v.entity_id = %(entity_id)s"
)
#: Of exposures and trades those that a hedge of the entity has or had: no other one is measured.
_DESIGNATED = (
    f"{_DECIDED} AND v.{{identity}} IN"
    " (SELECT d.{identity} FROM {allocations} d WHERE d.entity_id = %(entity_id)s)"
)
_ALLOCATED = (
    "SELECT period_from, recorded_at FROM {table} WHERE entity_id = %(entity_id)s",
    "SELECT period_to, released_at FROM {table} WHERE entity_id = %(entity_id)s AND released_at IS NOT NULL",
)
_TOLD = " UNION ALL ".join(
    [
        _DESIGNATED.format(
            versions="exposures_exposureversion", identity="exposure_id", allocations="hedges_itemallocation"
        ),
        _DESIGNATED.format(
            versions="hedges_instrumentversion",
            identity="instrument_id",
            allocations="hedges_instrumentallocation",
        ),
        _DECIDED.format(versions="hedges_hedgerelationshipversion"),
        *(
            sql.format(table=table)
            for table in ("hedges_itemallocation", "hedges_instrumentallocation")
            for sql in _ALLOCATED
        ),
        "SELECT d.as_of_date, d.recorded_at FROM hedges_assessmentdecision d"
        " JOIN hedges_hedgerelationship r ON r.id = d.relationship_id AND r.entity_id = %(entity_id)s",
        "SELECT a.as_of_date, a.recorded_at FROM hedges_assessmentrecord a"
        " JOIN hedges_hedgerelationshipversion v ON v.id = a.version_id AND v.entity_id = %(entity_id)s",
        "SELECT v.valid_from, a.recorded_at FROM hedges_unrecoveredlossversion v"
        " JOIN hedges_unrecoveredlossversionapproval a ON a.version_id = v.id"
        " JOIN hedges_hedgerelationship r ON r.id = v.relationship_id AND r.entity_id = %(entity_id)s",
        # Tests of nights and of the entity's closes; the runs that are asked about are left out.
        "SELECT r.as_of_date, r.published_at FROM treasury_calculationrun r WHERE r.published_at IS NOT NULL"
        " AND r.id <> ALL (%(run_ids)s::bigint[]) AND (r.kind <> 'CLOSE'"
        " OR r.scope = (SELECT code FROM treasury_entity WHERE id = %(entity_id)s))",
        "SELECT quote_date, max(recorded_at) FROM treasury_marketquote WHERE recorded_at > %(first_known)s"
        " GROUP BY quote_date",
        "SELECT valid_from, recorded_at FROM treasury_rulepack",
    ]
)
_SQL = (
    f"WITH told (says_from, known_at) AS ({_TOLD})"
    " SELECT c.run_id FROM unnest(%(run_ids)s::bigint[], %(days)s::date[], %(known)s::timestamptz[])"
    " AS c (run_id, day, known_at) WHERE EXISTS"
    " (SELECT FROM told t WHERE t.says_from <= c.day AND t.known_at > c.known_at AND t.known_at <= %(moment)s)"
)


def touched(entity_id: int, closes: Sequence[tuple[int, date, datetime]], moment: datetime) -> set[int]:
    """Of these closes (run, date, known at) those about whose time something became known since, up to the moment; one
    statement.

    A risk or a party that is added says nothing of what was designated before.
    """
    if not closes:
        return set()
    runs, days, known = (list(part) for part in zip(*closes, strict=True))
    at = {"entity_id": entity_id, "run_ids": runs, "days": days, "known": known, "first_known": min(known)}
    at["moment"] = moment
    with connection.cursor() as cursor:
        cursor.execute(_SQL, at)
        return {row[0] for row in cursor.fetchall()}
