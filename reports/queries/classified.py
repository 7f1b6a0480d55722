"""Relationships by what the disclosures sort them by, on the last day of a span: risk category, type, cost, stage.

A relationship is continuing while it is designated, not at its end, and in force by the measurement of the close;
the others are those "for which hedge accounting is no longer applied" (IFRS 7.24B). A reclassification counts as
"no longer expected" (IFRS 7.24C(b)(iv)) from the month of an approved change with that cause on; after a partial
one, in that month.
"""

from __future__ import annotations

from typing import Any

from reports.queries.span import Span, closes, month_before, run_at

CLASSIFIED = """
version AS (
    SELECT DISTINCT ON (v.relationship_id) v.* FROM hedges_hedgerelationshipversion v
    JOIN hedges_hedgerelationshipversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
    WHERE v.entity_id = ANY(%(entities)s::bigint[]) AND v.valid_from <= %(end)s
      AND (%(framework)s = '' OR v.framework = %(framework)s)
      AND (%(known_at)s::timestamptz IS NULL OR a.recorded_at <= %(known_at)s)
    ORDER BY v.relationship_id, v.version_number DESC
), lost AS (
    SELECT v.relationship_id, date_trunc('month', v.valid_from)::date AS month,
           v.change_kind IN ('DISCONTINUATION', 'DE_DESIGNATION') AS is_whole
    FROM hedges_hedgerelationshipversion v
    JOIN hedges_hedgerelationshipversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'
    WHERE v.entity_id = ANY(%(entities)s::bigint[]) AND v.change_cause = 'NO_LONGER_EXPECTED'
      AND (%(known_at)s::timestamptz IS NULL OR a.recorded_at <= %(known_at)s)
), classified AS (
    SELECT v.id AS version_id, v.relationship_id, v.entity_id, v.framework, v.hedge_type, k.kind AS risk_kind,
           k.code AS risk_code, coalesce(f.cost_relation, '') AS cost_relation,
           v.status = 'DESIGNATED' AND v.hedge_end_date > %(end)s
               AND coalesce(m.life_stage, 'ACTIVE') IN ('ACTIVE', 'DOCUMENTED') AS is_continuing
    FROM version v JOIN treasury_risk k ON k.id = v.risk_id
    LEFT JOIN LATERAL (SELECT i.cost_relation FROM hedges_inceptionfile i
                       WHERE i.relationship_id = v.relationship_id ORDER BY i.id DESC LIMIT 1) f ON true
    LEFT JOIN hedges_measurementresult m
      ON m.run_id = ANY(%(runs)s::bigint[]) AND m.relationship_id = v.relationship_id
    WHERE v.hedge_type <> 'ECONOMIC'
)"""


def parameters(span: Span) -> dict[str, Any]:
    """With the closes that end the span and the months before it; an open month has the newest one before it."""
    closed = closes(span)

    def runs(month: Any) -> list[int]:
        found = (run_at(closed, entity_id, month) for entity_id in span.entity_ids)
        return [run for run in found if run is not None]

    return span.parameters | {"runs": runs(span.last), "earlier_runs": runs(month_before(span.first))}
