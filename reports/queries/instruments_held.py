"""Hedging instruments relationship by relationship: the rows that add up to the categories of IFRS 7.24A.

A ledger carries the instruments of one relationship as one amount; most have one. Amounts are credit less debit.
"""

from __future__ import annotations

from reports.queries import classified
from reports.queries.classified import CLASSIFIED
from reports.queries.disclosed import IN_FORCE
from reports.queries.span import Span
from reports.queries.statements import LINES, rows
from treasury.queries.rows import Row

_HELD = f"""WITH {LINES}, {CLASSIFIED}, booked AS (
    SELECT l.relationship_id, l.currency, string_agg(DISTINCT l.account_name, ', ')
               FILTER (WHERE l.account_role = 'DERIVATIVE') AS line_item,
           coalesce(-sum(l.amount) FILTER (WHERE l.account_role = 'DERIVATIVE'), 0) AS balance,
           coalesce(sum(l.amount) FILTER (WHERE l.rule = 'REMEASUREMENT' AND l.period_start >= %(first)s
               AND l.account_role = ANY(CASE c.hedge_type WHEN 'FAIR_VALUE' THEN ARRAY['FAIR_VALUE_HEDGE_RESULT']
                   ELSE ARRAY['CASH_FLOW_HEDGE_RESERVE', 'TRANSLATION_RESERVE', 'INEFFECTIVENESS'] END)), 0) AS change
    FROM line l JOIN classified c ON c.relationship_id = l.relationship_id GROUP BY 1, 2
), held AS (
    SELECT w.relationship_id, string_agg(DISTINCT n.external_reference, ', ') AS instruments,
           string_agg(DISTINCT i.kind, ', ') AS instrument_kinds,
           array_agg(DISTINCT a.instrument_id) AS instrument_ids, min(i.notional_currency_id) AS unit,
           max(i.settlement_date) AS matures_on, count(DISTINCT a.instrument_id) AS instrument_count,
           coalesce(sum(abs(a.designated_amount)) FILTER (WHERE {IN_FORCE}), 0) AS nominal
    FROM hedges_instrumentallocation a JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id
    JOIN hedges_instrumentversion i ON i.id = a.instrument_version_id
    JOIN hedges_instrument n ON n.id = a.instrument_id
    WHERE a.entity_id = ANY(%(entities)s::bigint[]) GROUP BY 1
)
SELECT c.risk_kind, c.hedge_type, c.relationship_id, r.code AS relationship_code, h.instruments, h.instrument_kinds,
       h.instrument_ids,
       CASE WHEN c.is_continuing THEN h.nominal ELSE 0 END AS nominal, h.unit, h.matures_on, h.instrument_count,
       b.currency, coalesce(b.line_item, '') AS line_item, greatest(b.balance, 0) AS asset,
       greatest(-b.balance, 0) AS liability, b.change
FROM booked b JOIN classified c ON c.relationship_id = b.relationship_id
JOIN hedges_hedgerelationship r ON r.id = c.relationship_id LEFT JOIN held h ON h.relationship_id = c.relationship_id
WHERE b.balance <> 0 OR b.change <> 0 OR c.is_continuing
ORDER BY c.risk_kind, c.hedge_type, r.code, b.currency"""


def instruments_held(span: Span) -> list[Row]:
    """One statement, a row for each relationship with a carrying amount, a change or a nominal."""
    return rows(_HELD, classified.parameters(span))
