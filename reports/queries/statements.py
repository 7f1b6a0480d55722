"""Reads that aggregate the journal, as named rows of one SQL statement each."""

from __future__ import annotations

from typing import Any

from django.db import connection

from treasury.queries.rows import Row

#: Journal lines with their entry and month, up to the end of a span; `amount` is credit less debit, so gains are +.
LINES = """
line AS (
    SELECT e.entity_id, e.framework, e.relationship_id, e.currency_id AS currency, p.period_start, l.account_role,
           l.account_code, l.account_name, e.rule, e.reversal_of_id IS NOT NULL AS is_reversal,
           l.credit_amount - l.debit_amount AS amount
    FROM hedges_journalline l
    JOIN hedges_journalentry e ON e.id = l.entry_id
    JOIN hedges_accountingperiod p ON p.id = e.period_id
    WHERE e.entity_id = ANY(%(entities)s::bigint[]) AND p.period_start <= %(last)s
      AND (%(framework)s = '' OR e.framework = %(framework)s)
      AND (%(known_at)s::timestamptz IS NULL OR e.recorded_at <= %(known_at)s)
)"""


def rows(sql: str, parameters: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description or []]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
