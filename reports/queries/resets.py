"""Hedging relationships that were discontinued and restarted in a span, by risk category and kind of hedge.

Restarted: hedge accounting was stopped by an approved change in the months, and an exposure that was hedged in it was
designated in another relationship under the same framework on that day or later, in the months. Reference: IFRS
7.23C(b)(iii).
"""

from __future__ import annotations

from reports.queries import classified
from reports.queries.classified import CLASSIFIED
from reports.queries.span import Span
from reports.queries.statements import rows
from treasury.queries.rows import Row

_RESETS = f"""WITH {CLASSIFIED}, decided AS (
    SELECT v.relationship_id, v.framework, v.version_number, v.change_kind, v.valid_from
    FROM hedges_hedgerelationshipversion v
    JOIN hedges_hedgerelationshipversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
    WHERE v.entity_id = ANY(%(entities)s::bigint[]) AND v.valid_from BETWEEN %(first)s AND %(end)s
      AND (%(known_at)s::timestamptz IS NULL OR a.recorded_at <= %(known_at)s)
), stopped AS (
    SELECT relationship_id, framework, min(valid_from) AS stopped_on FROM decided
    WHERE change_kind IN ('DISCONTINUATION', 'DE_DESIGNATION') GROUP BY 1, 2
), hedged AS (
    SELECT DISTINCT w.relationship_id, a.exposure_id FROM hedges_itemallocation a
    JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id
    WHERE a.entity_id = ANY(%(entities)s::bigint[])
), restarted AS (
    SELECT DISTINCT s.relationship_id FROM stopped s
    JOIN hedged h ON h.relationship_id = s.relationship_id
    JOIN hedged n ON n.exposure_id = h.exposure_id AND n.relationship_id <> s.relationship_id
    JOIN decided d ON d.relationship_id = n.relationship_id AND d.framework = s.framework
      AND d.change_kind = 'DESIGNATION' AND d.valid_from >= s.stopped_on
)
SELECT c.risk_kind, c.hedge_type, count(*) FILTER (WHERE c.is_continuing) AS continuing_count,
       count(*) FILTER (WHERE EXISTS (SELECT FROM decided d WHERE d.relationship_id = c.relationship_id
                                      AND d.change_kind = 'DESIGNATION')) AS designated_count,
       count(s.relationship_id) AS stopped_count, count(r.relationship_id) AS restarted_count
FROM classified c LEFT JOIN stopped s ON s.relationship_id = c.relationship_id
LEFT JOIN restarted r ON r.relationship_id = c.relationship_id GROUP BY 1, 2 ORDER BY 1, 2"""


def resets(span: Span) -> list[Row]:
    """One statement; a category without a reset is there with zeros."""
    return rows(_RESETS, classified.parameters(span))
