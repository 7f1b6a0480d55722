"""What an import of exposures does to hedge relationships, before it is committed: each that it touches, by its code.

Units are minor units of the absolute amount, counted from 0 (IFRS 9 B6.3.18): an amount that falls below the highest
unit designated leaves the relationship with an item that is not there; a date that moves changes its critical terms.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from treasury.queries.rows import Row

_SQL = """
SELECT * FROM (
    SELECT r.id AS relationship_id, r.code, c.reference, c.row_number, c.exposure_currency_id AS unit,
           max(a.unit_to) / 10::numeric ^ hedgebook_minor_units(b.exposure_currency_id)
               * sign(b.exposure_amount) AS designated,
           c.exposure_amount AS amount_after, b.expected_date AS date_before, c.expected_date AS date_after,
           c.status <> 'OPEN' AND b.status = 'OPEN' AS is_closed,
           sign(c.exposure_amount) <> sign(b.exposure_amount) AS is_turned,
           c.risk_id <> b.risk_id AS is_other_risk,
           hedgebook_amount_units(c.exposure_amount, c.exposure_currency_id) < max(a.unit_to) AS is_below,
           c.expected_date <> b.expected_date AS is_moved
    FROM exposures_importchange c
    JOIN exposures_exposureversion b ON b.id = c.base_version_id
    JOIN hedges_itemallocation a ON a.exposure_id = c.exposure_id AND a.recorded_at <= %(known_at)s::timestamptz
    JOIN LATERAL (SELECT coalesce((
        SELECT (l.old_values ->> 'period_to')::date FROM treasury_auditchange l
        JOIN treasury_auditevent e ON e.id = l.event_id
        WHERE l.table_name = 'hedges_itemallocation' AND l.row_id = a.id AND e.recorded_at > %(known_at)s::timestamptz
        ORDER BY l.id LIMIT 1), a.period_to) AS period_to) known ON known.period_to > a.period_from
        AND known.period_to > (least(hedgebook_now(), %(known_at)s::timestamptz) AT TIME ZONE 'UTC')::date
    JOIN hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id
    JOIN hedges_hedgerelationship r ON r.id = v.relationship_id
    WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s AND c.outcome = 'CHANGED'
    GROUP BY r.id, r.code, c.id, b.id) found
WHERE is_closed OR is_turned OR is_other_risk OR is_below OR is_moved
ORDER BY code, row_number
"""


def effect(import_id: int, attempt: int, *, known_at: datetime | None = None) -> list[Row]:
    """One row for each relationship and each of its items that the import touches; `effects` says how, in words."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"import": import_id, "attempt": attempt, "known_at": known_at or "infinity"})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"effects": _in_words(row)} for row in rows]


def _in_words(row: Row) -> str:
    said = [
        (row["is_closed"], "the item is not open any more"),
        (row["is_turned"], "the item changes its side"),
        (row["is_other_risk"], "the item gets another risk"),
        (row["is_below"] and not row["is_turned"], "the amount falls below what is designated"),
        (row["is_moved"], "the expected date moves"),
    ]
    return "; ".join(words for is_so, words in said if is_so).capitalize()
