"""What a run's results say otherwise than those of the last published one: ratios that moved, statuses that flipped.

A ratio has moved where it differs by more than `MOVED` (five percentage points), or is defined in one run only. A
bucket is outside its band where its coverage is below the lower or above the upper limit of that run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from treasury.queries.rows import Row

MOVED = 0.05
#: Rows of the list; the counts are of all.
MOST = 200
_COUNTS = """
SELECT r.run_id,
    (SELECT count(*) FROM hedges_hedgeratioresult h WHERE h.run_id = r.run_id AND h.entity_id = ANY (%(entities)s)
        AND h.subject = 'ENTITY_RISK' AND h.hedge_ratio IS NOT NULL),
    (SELECT count(*) FROM hedges_horizonbucketresult b WHERE b.run_id = r.run_id AND b.entity_id = ANY (%(entities)s)
        AND (b.coverage_ratio < b.lower_ratio OR b.coverage_ratio > b.upper_ratio)),
    (SELECT count(*) FROM hedges_effectivenessresult e WHERE e.run_id = r.run_id AND e.entity_id = ANY (%(entities)s)
        AND e.effectiveness_status = 'EFFECTIVE'),
    (SELECT count(*) FROM hedges_effectivenessresult e WHERE e.run_id = r.run_id AND e.entity_id = ANY (%(entities)s)
        AND e.effectiveness_status = 'NOT_EFFECTIVE')
FROM unnest(ARRAY[%(run)s, %(before)s]::bigint[]) AS r (run_id)
"""
_OF = "SELECT * FROM {table} WHERE run_id = %({run})s AND entity_id = ANY (%(entities)s)"


def _pair(table: str) -> str:
    return f"({_OF.format(table=table, run='run')}) n FULL JOIN ({_OF.format(table=table, run='before')}) o"


_MOVES = f"""
SELECT 'RATIO' AS what, coalesce(n.entity_id, o.entity_id) AS entity_id, coalesce(n.risk_id, o.risk_id) AS risk_id,
    NULL::bigint AS relationship_id, o.hedge_ratio AS before, n.hedge_ratio AS now, '' AS before_status,
    '' AS now_status, abs(coalesce(n.hedge_ratio, 0) - coalesce(o.hedge_ratio, 0)) AS size
FROM {_pair("hedges_hedgeratioresult")} USING (subject, entity_id, subject_key)
WHERE subject IN ('ENTITY', 'ENTITY_RISK') AND ((n.hedge_ratio IS NULL) <> (o.hedge_ratio IS NULL)
    OR abs(n.hedge_ratio - o.hedge_ratio) > %(moved)s)
UNION ALL
SELECT 'STATUS', coalesce(n.entity_id, o.entity_id), NULL, relationship_id, o.cumulative_ratio, n.cumulative_ratio,
    coalesce(o.effectiveness_status, ''), coalesce(n.effectiveness_status, ''), 1e9
FROM {_pair("hedges_effectivenessresult")} USING (relationship_id)
WHERE n.effectiveness_status IS DISTINCT FROM o.effectiveness_status
"""
_ROWS = f"""
SELECT m.what, e.code AS entity, k.code AS risk, m.relationship_id, r.code AS relationship, m.before, m.now,
    m.before_status, m.now_status, count(*) FILTER (WHERE m.what = 'RATIO') OVER () AS ratios,
    count(*) FILTER (WHERE m.what = 'STATUS') OVER () AS statuses
FROM ({_MOVES}) m JOIN treasury_entity e ON e.id = m.entity_id LEFT JOIN treasury_risk k ON k.id = m.risk_id
LEFT JOIN hedges_hedgerelationship r ON r.id = m.relationship_id
ORDER BY m.size DESC, e.code, k.code NULLS FIRST, r.code LIMIT {MOST}
"""


def difference(*, run_id: int, before_id: int, entity_ids: Sequence[int]) -> dict[str, Any]:
    """`counts`: name and the numbers of both runs; `ratios` and `statuses`: how many moved; `rows`: the largest of
    them. Two statements."""
    told: dict[str, Any] = {"run": run_id, "before": before_id, "entities": list(entity_ids), "moved": MOVED}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, told)
        of = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_ROWS, told)
        names = [column.name for column in cursor.description]
        rows: list[Row] = [dict(zip(names, found, strict=True)) for found in cursor.fetchall()]
    labels = (
        "Ratios that are defined",
        "Buckets outside the band",
        "Relationships effective",
        "Not effective",
    )
    return {
        "counts": list(zip(labels, of[run_id], of[before_id], strict=True)),
        "ratios": rows[0]["ratios"] if rows else 0,
        "statuses": rows[0]["statuses"] if rows else 0,
        "rows": rows,
    }
