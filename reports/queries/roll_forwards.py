"""Roll-forward of each reserve by relationship and month, from journal lines, beside the measurement of the close.

opening + recognised + reclassified + basis-adjusted + amortised + released + reversed = closing, each with the sign
that it has in the reserve: gains +, what leaves −. Functional currency. The hedge adjustment of hedged items is a
carrying amount, + for a higher asset or a lower liability. `measured` is what the close of that month has measured,
each cumulative amount rounded as it is posted; difference = closing − measured, null where the month is not closed.
Reference: IFRS 7.24E-24F, IFRS 9 6.5.11.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hedges.enums import AccountRole
from hedges.models import HedgeRelationship, JournalEntry
from reports.enums import MOVEMENT_OF_RULE, RESERVE_OF_ROLE, Movement, Reserve
from reports.queries.span import Span, closes
from reports.queries.statements import LINES, rows
from treasury.queries import access
from treasury.queries.rows import Row

MOVEMENTS = tuple(Movement.values)
AMOUNTS = ("opening", *MOVEMENTS, "closing")


def _case(pairs: dict[Any, Any], column: str) -> str:
    return (
        f"CASE {column} " + " ".join(f"WHEN '{key}' THEN '{value}'" for key, value in pairs.items()) + " END"
    )


def _posted(column: str) -> str:
    return f"coalesce(hedgebook_half_even(m.{column}, hedgebook_minor_units(m.functional_currency)), 0)"


_RESERVE_MEASURED = (
    f"{_posted('cumulative_recognised')} - {_posted('cumulative_reclassified')}"
    f" - {_posted('cumulative_basis_adjusted')} - {_posted('loss_not_recovered')}"
)
_SUMS = ", ".join(
    f"coalesce(sum(amount) FILTER (WHERE movement = '{name}'), 0) AS {name}" for name in MOVEMENTS
)
_COLUMNS = ", ".join(f"coalesce(o.{name}, 0) AS {name}" for name in MOVEMENTS)
#: The hedge adjustment is part of an asset or liability: there a debit is +.
_LINE = (
    "entity_id, framework, relationship_id, currency, period_start,"
    f" CASE account_role WHEN '{AccountRole.HEDGED_ITEM_CARRYING_AMOUNT}' THEN -amount ELSE amount END AS amount"
)
_KEYS = "entity_id, framework, relationship_id, currency, reserve"

ROLLED = f"""
WITH {LINES}, movement AS (
    SELECT {_KEYS}, period_start, movement, sum(amount) AS amount FROM (
        SELECT {_LINE}, {_case(RESERVE_OF_ROLE, "account_role")} AS reserve,
               CASE WHEN is_reversal THEN '{Movement.REVERSED}'
                    ELSE {_case(MOVEMENT_OF_RULE, "rule")} END AS movement
        FROM line WHERE %(relationships)s::bigint[] IS NULL OR relationship_id = ANY(%(relationships)s::bigint[])
    ) named WHERE reserve IS NOT NULL AND (%(reserve)s = '' OR reserve = %(reserve)s)
    GROUP BY {_KEYS}, period_start, movement
), carried AS (
    SELECT {_KEYS}, min(period_start) AS since,
           coalesce(sum(amount) FILTER (WHERE period_start < %(first)s), 0) AS brought
    FROM movement GROUP BY {_KEYS}
), monthly AS (
    SELECT {_KEYS}, period_start, sum(amount) AS change, {_SUMS} FROM movement
    WHERE period_start >= %(first)s GROUP BY {_KEYS}, period_start
), grid AS (
    SELECT c.*, s.month::date AS period_start
    FROM carried c CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS s(month)
    WHERE s.month >= c.since
), booked AS (
    SELECT g.entity_id, g.framework, g.relationship_id, g.currency, g.reserve, g.period_start, {_COLUMNS},
           g.brought + sum(coalesce(o.change, 0)) OVER (
               PARTITION BY g.entity_id, g.framework, g.relationship_id, g.currency, g.reserve
               ORDER BY g.period_start) AS closing,
           coalesce(o.change, 0) AS change
    FROM grid g LEFT JOIN monthly o USING (entity_id, framework, relationship_id, currency, reserve, period_start)
), measured AS (
    SELECT m.entity_id, m.framework, m.relationship_id, m.functional_currency AS currency, v.reserve, c.period_start,
           v.measured, m.run_id, m.life_stage
    FROM unnest(%(runs)s::bigint[], %(months)s::date[]) AS c(run_id, period_start)
    JOIN hedges_measurementresult m ON m.run_id = c.run_id AND m.run_id = ANY(%(runs)s::bigint[])
    CROSS JOIN LATERAL (VALUES
        ('{Reserve.CASH_FLOW_HEDGE}', CASE WHEN m.hedge_type = 'CASH_FLOW' THEN {_RESERVE_MEASURED} ELSE 0 END),
        ('{Reserve.TRANSLATION}', CASE WHEN m.hedge_type = 'NET_INVESTMENT' THEN {_RESERVE_MEASURED} ELSE 0 END),
        ('{Reserve.COST_OF_HEDGING}',
         {_posted("cost_recognised")} + {_posted("cost_amortised")} - {_posted("cost_released")}
         - {_posted("cost_lost")}),
        ('{Reserve.HEDGE_ADJUSTMENT}', CASE WHEN m.hedge_type = 'FAIR_VALUE' THEN
         {_posted("item_adjustment")} - {_posted("item_adjustment_amortised")} ELSE 0 END)
    ) AS v(reserve, measured)
    WHERE (%(relationships)s::bigint[] IS NULL OR m.relationship_id = ANY(%(relationships)s::bigint[]))
      AND (%(framework)s = '' OR m.framework = %(framework)s) AND (%(reserve)s = '' OR v.reserve = %(reserve)s)
), rolled AS (
    SELECT entity_id, framework, relationship_id, currency, reserve, period_start,
           coalesce(b.closing - b.change, 0) AS opening, {", ".join(f"coalesce(b.{n}, 0) AS {n}" for n in MOVEMENTS)},
           coalesce(b.closing, 0) AS closing,
           m.run_id, m.life_stage,
           CASE WHEN m.run_id IS NOT NULL THEN m.measured END AS measured,
           CASE WHEN m.run_id IS NOT NULL THEN coalesce(b.closing, 0) - m.measured END AS difference
    FROM booked b FULL JOIN measured m
      USING (entity_id, framework, relationship_id, currency, reserve, period_start)
    WHERE b.closing <> 0 OR b.closing - b.change <> 0 OR m.measured <> 0
       OR {" OR ".join(f"b.{name} <> 0" for name in MOVEMENTS)}
)"""

_ROWS = f"""{ROLLED}
SELECT r.*, e.code AS entity_code, h.code AS relationship_code FROM rolled r
JOIN treasury_entity e ON e.id = r.entity_id JOIN hedges_hedgerelationship h ON h.id = r.relationship_id
ORDER BY e.code, r.framework, r.reserve, h.code, r.period_start LIMIT %(limit)s OFFSET %(offset)s"""

_TOTALS = f"""{ROLLED}
SELECT e.code AS entity_code, r.framework, r.reserve, r.period_start, r.currency, count(*) AS relationship_count,
       {", ".join(f"sum(r.{name}) AS {name}" for name in AMOUNTS)}, sum(r.measured) AS measured,
       sum(abs(r.difference)) AS difference,
       count(*) FILTER (WHERE r.difference <> 0) AS differing,
       count(*) FILTER (WHERE r.life_stage = 'MATURED' AND r.closing <> 0) AS unproved
FROM rolled r JOIN treasury_entity e ON e.id = r.entity_id
GROUP BY e.code, r.framework, r.reserve, r.period_start, r.currency
ORDER BY e.code, r.framework, r.reserve, r.period_start, r.currency"""


def _parameters(span: Span, reserve: str, relationship_ids: Sequence[int] | None) -> dict[str, Any]:
    closed = [row for row in closes(span) if row["period_start"] >= span.first]
    return span.parameters | {
        "reserve": reserve,
        "relationships": None if relationship_ids is None else list(relationship_ids),
        "runs": [row["run_id"] for row in closed],
        "months": [row["period_start"] for row in closed],
    }


def roll_forward(
    span: Span,
    *,
    reserve: str = "",
    relationship_ids: Sequence[int] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The rows of the span: one a relationship, reserve and month that has a balance, a movement or a measurement."""
    return rows(_ROWS, _parameters(span, reserve, relationship_ids) | {"limit": limit, "offset": offset})


def totals(span: Span, *, reserve: str = "", relationship_ids: Sequence[int] | None = None) -> list[Row]:
    """Sums by entity, framework, reserve and month; `differing` and `unproved` count the rows that do not agree."""
    return rows(_TOTALS, _parameters(span, reserve, relationship_ids))


def with_entries(user: Any) -> QuerySet[HedgeRelationship]:
    """The relationships with journal entries, of the entities that the user may see."""
    entries = JournalEntry.objects.filter(relationship=OuterRef("pk"))
    return access.scoped(HedgeRelationship.objects.filter(Exists(entries)), user)
