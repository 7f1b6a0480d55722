"""Which periods of a relationship qualified for hedge accounting, as columns: what closes found and persons decided.

`at` as in `measurement_columns`. A closed period keeps the answer that it was closed with.
"""

from collections.abc import Mapping
from typing import Any

from hedges.enums import DecisionSubject, EffectivenessStatus
from treasury.enums import RunKind, RunStatus
from treasury.queries.copy import Columns, columns

#: Codes as small integers in columns: positions in this list.
STATUSES = list(EffectivenessStatus.values)

_SHARD = (
    "mod({0}.relationship_id, %(shard_count)s) = %(shard_number)s"
    " AND (%(entity_id)s::bigint IS NULL OR {1}.entity_id = %(entity_id)s)"
)


def closed(at: Mapping[str, Any]) -> Columns:
    """Each relationship and period end before the date that was closed, and whether the period qualified."""
    sql = (
        "SELECT m.relationship_id, c.as_of_date AS period_end, m.is_qualifying FROM hedges_measurementresult m"
        f" JOIN treasury_calculationrun c ON c.id = m.run_id AND c.kind = '{RunKind.CLOSE}'"
        f" AND c.status = '{RunStatus.PUBLISHED}' AND c.published_at <= %(known_at)s"
        f" WHERE c.as_of_date < %(as_of_date)s AND {_SHARD.format('m', 'm')}"
        " ORDER BY m.relationship_id, c.as_of_date"
    )
    return columns(sql, at, {"relationship_id": "int8", "period_end": "date", "is_qualifying": "bool"})


def decisions(at: Mapping[str, Any]) -> Columns:
    """The newest decision of a person on the test of each relationship and period end."""
    sql = (
        "SELECT DISTINCT ON (d.relationship_id, d.as_of_date) d.relationship_id, d.as_of_date AS period_end,"
        f" d.decided_status = '{EffectivenessStatus.EFFECTIVE}' AS is_qualifying"
        " FROM hedges_assessmentdecision d JOIN hedges_hedgerelationship r ON r.id = d.relationship_id"
        f" WHERE d.subject = '{DecisionSubject.TEST}' AND d.recorded_at <= %(known_at)s"
        f" AND d.as_of_date <= %(as_of_date)s AND {_SHARD.format('d', 'r')}"
        " ORDER BY d.relationship_id, d.as_of_date, d.id DESC"
    )
    return columns(sql, at, {"relationship_id": "int8", "period_end": "date", "is_qualifying": "bool"})


def tested(at: Mapping[str, Any], run_id: int) -> Columns:
    """The status of each relationship that a run has found today, read from its own partition; none without it."""
    table = f"hedges_effectivenessresult_r{int(run_id)}"
    spec = {"relationship_id": "int8", "status": "int4"}
    if not columns("SELECT to_regclass(%(table)s) IS NOT NULL AS there", {"table": table}, {"there": "bool"})[
        "there"
    ][0]:
        return columns("SELECT 0::int8 AS relationship_id, 0::int4 AS status WHERE false", at, spec)
    sql = (
        f"SELECT e.relationship_id, (array_position(ARRAY{STATUSES}::varchar[], e.effectiveness_status) - 1)::int4"
        f" AS status FROM {table} e WHERE {_SHARD.format('e', 'e')} ORDER BY e.relationship_id"
    )
    return columns(sql, at, spec)
