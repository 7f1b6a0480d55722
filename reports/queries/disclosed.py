"""What the disclosures are made of: sums of journal lines, allocations in force and inception files, by category.

A statement each, whatever the size of the book. Amounts are credit less debit (gains +) unless it says otherwise.
"""

from __future__ import annotations

from reports.queries import classified
from reports.queries.classified import CLASSIFIED
from reports.queries.span import Span
from reports.queries.statements import LINES, rows
from treasury.queries.rows import Row

_WITH = f"WITH {LINES}, {CLASSIFIED}"
_OF_CLASS = "c.risk_kind, c.hedge_type, c.cost_relation, c.is_continuing"

_AMOUNTS = f"""{_WITH}
SELECT {_OF_CLASS}, l.currency, l.account_role, l.account_name, l.rule, l.is_reversal,
       l.period_start < %(first)s AS is_opening,
       CASE WHEN l.rule = 'LOSS_NOT_RECOVERED' THEN 'NOT_RECOVERED'
            WHEN l.rule <> 'RECLASSIFICATION' THEN ''
            WHEN EXISTS (SELECT FROM lost x WHERE x.relationship_id = l.relationship_id AND
                         (l.period_start = x.month OR x.is_whole AND l.period_start > x.month))
            THEN 'NO_LONGER_EXPECTED' ELSE 'ITEM' END AS reason,
       sum(l.amount) AS amount
FROM line l JOIN classified c ON c.relationship_id = l.relationship_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"""

_CARRYING = f"""{_WITH}, balance AS (
    SELECT c.risk_kind, c.hedge_type, l.relationship_id, l.currency, l.account_name, -sum(l.amount) AS amount
    FROM line l JOIN classified c ON c.relationship_id = l.relationship_id
    WHERE l.account_role = 'DERIVATIVE' GROUP BY 1, 2, 3, 4, 5
)
SELECT risk_kind, hedge_type, currency, string_agg(DISTINCT account_name, ', ') AS line_item,
       coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS asset,
       coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS liability
FROM balance GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""

IN_FORCE = """a.period_from <= %(end)s AND %(end)s <
    CASE WHEN %(known_at)s::timestamptz < a.released_at THEN a.planned_to ELSE a.period_to END
    AND (%(known_at)s::timestamptz IS NULL OR a.recorded_at <= %(known_at)s)"""
_ALLOCATED = "JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"

_INSTRUMENTS = f"""{_WITH}, part AS (
    SELECT c.risk_kind, c.hedge_type, k.code AS risk_code, i.notional_currency_id AS unit, k.quote_currency_id AS quote,
           i.kind = 'INTEREST_RATE_SWAP' AS is_interest, abs(a.designated_amount) AS nominal,
           CASE WHEN i.settlement_date <= %(end)s::date + interval '3 months' THEN 0
                WHEN i.settlement_date <= %(end)s::date + interval '1 year' THEN 1
                WHEN i.settlement_date <= %(end)s::date + interval '5 years' THEN 2 ELSE 3 END AS bucket,
           CASE WHEN i.kind = 'INTEREST_RATE_SWAP' THEN i.fixed_rate
                ELSE coalesce(i.strike_rate, i.entry_price, abs(i.counter_amount / nullif(i.notional_amount, 0)))
           END AS rate
    FROM hedges_instrumentallocation a {_ALLOCATED} JOIN classified c ON c.relationship_id = w.relationship_id
    JOIN hedges_instrumentversion i ON i.id = a.instrument_version_id JOIN treasury_risk k ON k.id = i.risk_id
    WHERE c.is_continuing AND {IN_FORCE}
)
SELECT risk_kind, hedge_type, risk_code, unit, CASE WHEN is_interest THEN '' ELSE quote END AS quote, is_interest,
       bucket, sum(nominal) AS nominal,
       round(sum(nominal * rate) / nullif(sum(nominal) FILTER (WHERE rate IS NOT NULL), 0), 10) AS rate
FROM part GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7"""

_ADJUSTED = f"""{_WITH}, balance AS (
    SELECT l.relationship_id, l.currency, string_agg(DISTINCT l.account_name, ', ') AS account_name,
           -sum(l.amount) AS amount
    FROM line l WHERE l.account_role = 'HEDGED_ITEM_CARRYING_AMOUNT' GROUP BY 1, 2
), item AS (
    SELECT w.relationship_id, sum(a.designated_amount) AS whole,
           coalesce(sum(a.designated_amount) FILTER (WHERE {IN_FORCE} AND x.kind LIKE 'RECOGNISED%%'), 0)
               AS recognised,
           bool_or(x.exposure_currency_id <> e.functional_currency_id AND x.kind LIKE 'RECOGNISED%%') AS is_foreign
    FROM hedges_itemallocation a {_ALLOCATED} JOIN exposures_exposureversion x ON x.id = a.exposure_version_id
    JOIN treasury_entity e ON e.id = a.entity_id
    WHERE a.entity_id = ANY(%(entities)s::bigint[]) GROUP BY 1
)
SELECT c.risk_kind, i.whole > 0 AS is_asset, b.currency, string_agg(DISTINCT b.account_name, ', ') AS line_item,
       CASE WHEN bool_or(i.is_foreign) FILTER (WHERE c.is_continuing) THEN NULL
            ELSE coalesce(sum(i.recognised + b.amount) FILTER (WHERE c.is_continuing), 0) END AS carrying,
       coalesce(sum(b.amount) FILTER (WHERE c.is_continuing), 0) AS continuing,
       coalesce(sum(b.amount) FILTER (WHERE NOT c.is_continuing), 0) AS ceased
FROM classified c JOIN balance b ON b.relationship_id = c.relationship_id
JOIN item i ON i.relationship_id = c.relationship_id
WHERE c.hedge_type = 'FAIR_VALUE' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""

_ITEM_CHANGES = f"""WITH {CLASSIFIED}
SELECT c.risk_kind, c.hedge_type, m.functional_currency AS currency,
       -sum(m.cumulative_change_hypothetical - coalesce(b.cumulative_change_hypothetical, 0)) AS change
FROM classified c
JOIN hedges_measurementresult m ON m.run_id = ANY(%(runs)s::bigint[]) AND m.relationship_id = c.relationship_id
LEFT JOIN hedges_measurementresult b
  ON b.run_id = ANY(%(earlier_runs)s::bigint[]) AND b.relationship_id = c.relationship_id
WHERE c.hedge_type IN ('CASH_FLOW', 'NET_INVESTMENT') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""

_STRATEGIES = f"""WITH {CLASSIFIED}, kinds AS (
    SELECT w.relationship_id, string_agg(DISTINCT i.kind, ', ' ORDER BY i.kind) AS instrument_kinds
    FROM hedges_instrumentallocation a {_ALLOCATED} JOIN hedges_instrumentversion i ON i.id = a.instrument_version_id
    WHERE a.entity_id = ANY(%(entities)s::bigint[]) GROUP BY 1
)
SELECT c.risk_kind, c.hedge_type, f.strategy, f.risk_description, k.instrument_kinds, f.hedge_ratio_description,
       f.assessment_description, v.rationale, v.ineffectiveness_sources, count(*) AS relationship_count
FROM classified c JOIN version v ON v.id = c.version_id LEFT JOIN kinds k ON k.relationship_id = c.relationship_id
LEFT JOIN LATERAL (SELECT i.* FROM hedges_inceptionfile i
                   WHERE i.relationship_id = c.relationship_id ORDER BY i.id DESC LIMIT 1) f ON true
WHERE c.is_continuing GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 10 DESC, 3, 4, 5, 6, 7, 8, 9"""


def amounts(span: Span) -> list[Row]:
    """Journal lines by category, account and rule, apart for the time before the span and for it."""
    return rows(_AMOUNTS, classified.parameters(span))


def carrying_amounts(span: Span) -> list[Row]:
    """Instruments at the end of the span: of each relationship the balance, as an asset or as a liability."""
    return rows(_CARRYING, classified.parameters(span))


def instruments(span: Span) -> list[Row]:
    """Nominal amounts in force at the end by maturity bucket, with the average rate weighted by them."""
    return rows(_INSTRUMENTS, classified.parameters(span))


def adjusted_items(span: Span) -> list[Row]:
    """Items of fair value hedges: carrying amount where it is in functional currency, and adjustments; debits +."""
    return rows(_ADJUSTED, classified.parameters(span))


def item_changes(span: Span) -> list[Row]:
    """Change of the hedged items of cash flow and net investment hedges between two closes: −Δ hypothetical."""
    return rows(_ITEM_CHANGES, classified.parameters(span))


def strategies(span: Span) -> list[Row]:
    """The texts of the inception files of continuing relationships, each once, with how many share it."""
    return rows(_STRATEGIES, classified.parameters(span))
