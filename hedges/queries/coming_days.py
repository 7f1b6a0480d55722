"""The days that come for live trades: fixings, expiries, settlements, swap payments, and the money of past events.

By the versions that count on a day as known at a time. What was handled already (fixed, exercised, lapsed, rolled;
waiting for the second person too) does not come any more; a fixing or an expiry that was missed stays until the
settlement. What a rolled trade and its near leg pay together is the money of the roll, and comes once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from treasury.queries.known import applicable_sql
from treasury.queries.rows import Row

FIXING, EXPIRY, NEAR_LEG, PAYMENT, SETTLEMENT, CASH = (
    "FIXING", "EXPIRY", "NEAR_LEG", "PAYMENT", "SETTLEMENT", "CASH",
)  # fmt: skip
#: Rows of a page: what lies further ahead is on the page of an entity.
LIMIT = 500
_NAMES = (
    "day", "what", "instrument_id", "reference", "entity_code", "kind", "risk_code", "counterparty_code",
    "notional_amount", "unit", "amount", "currency", "status", "entity_id",
)  # fmt: skip
_HANDLED = (
    "EXISTS (SELECT FROM hedges_instrumentevent e LEFT JOIN hedges_instrumentversionapproval ok"
    " ON ok.version_id = e.version_id WHERE e.instrument_id = v.instrument_id AND e.kind IN ({kinds})"
    " AND e.recorded_at <= %(known_at)s AND ok.decision IS DISTINCT FROM 'REJECTED'"
    " AND NOT EXISTS (SELECT FROM hedges_instrumentevent x JOIN hedges_instrumentversionapproval y"
    " ON y.version_id = x.version_id AND y.decision = 'APPROVED' WHERE x.reverses_id = e.id))"
)
_FIXED = _HANDLED.format(kinds="'FIXING'")
_EXERCISED = _HANDLED.format(kinds="'EXERCISE', 'LAPSE'")
_ROLLED = _HANDLED.format(kinds="'ROLL'")
_IS_NEAR_LEG = "EXISTS (SELECT FROM hedges_instrumentevent n WHERE n.near_leg_id = v.instrument_id)"

_VERSIONS = applicable_sql("hedges_instrumentversion", "instrument_id")
#: what -> (its day, what it pays, in what, the condition).
_DAYS = {
    FIXING: (
        "v.fixing_date", "NULL::numeric", "v.settlement_currency_id",
        f"NOT {_FIXED} AND NOT {_ROLLED} AND NOT {_IS_NEAR_LEG}",
    ),
    EXPIRY: ("v.expiry_date", "NULL::numeric", "v.counter_currency_id", f"NOT {_EXERCISED}"),
    NEAR_LEG: (
        "v.near_settlement_date", "v.near_counter_amount", "v.counter_currency_id",
        "v.near_settlement_date >= %(on)s",
    ),
    SETTLEMENT: (
        "v.settlement_date", "CASE WHEN v.kind IN ('FORWARD', 'FX_SWAP') THEN v.counter_amount END",
        "v.counter_currency_id",
        f"(v.kind <> 'OPTION' OR NOT {_EXERCISED}) AND NOT {_ROLLED} AND NOT {_IS_NEAR_LEG}"
        f" AND (v.kind <> 'NON_DELIVERABLE_FORWARD' OR NOT {_FIXED})",
    ),
}  # fmt: skip
_ROW = (
    "SELECT {day} AS day, '{what}' AS what, v.instrument_id, i.external_reference, e.code, v.kind, r.code, c.code,"
    " v.notional_amount, v.notional_currency_id, {amount} AS amount, {currency} AS currency, v.status,"
    " v.entity_id"
    " FROM live v JOIN hedges_instrument i ON i.id = v.instrument_id JOIN treasury_entity e ON e.id = v.entity_id"
    " JOIN treasury_risk r ON r.id = v.risk_id LEFT JOIN treasury_counterparty c ON c.id = v.counterparty_id"
)


def coming(
    *,
    entity_ids: Sequence[int],
    on: date,
    until: date,
    known_at: datetime | None = None,
    instrument_id: int | None = None,
    limit: int = LIMIT,
) -> list[Row]:
    """The earliest first, in one query; missed fixings and expiries before them."""
    parts = [
        _ROW.format(day=day, what=what, amount=amount, currency=currency)
        + f" WHERE {day} <= %(until)s AND {condition}"
        for what, (day, amount, currency, condition) in _DAYS.items()
    ]
    parts.append(
        _ROW.format(day="v.start_date + f.day", what=PAYMENT, amount="NULL::numeric", currency="NULL")
        + " CROSS JOIN LATERAL (SELECT unnest(v.flow_days) UNION SELECT unnest(v.floating_flow_days)) AS f (day)"
        " WHERE v.flow_days IS NOT NULL"
        " AND v.start_date + f.day >= %(on)s AND v.start_date + f.day <= %(until)s"
        " AND v.start_date + f.day < v.settlement_date"
    )
    parts.append(
        _ROW.format(
            day="h.cash_date", what=CASH, amount="h.cash_amount", currency="h.cash_currency_id"
        ).replace(" FROM live v", " FROM counting v")
        + " JOIN hedges_instrumentevent h ON h.instrument_id = v.instrument_id AND h.kind <> 'MARGIN'"
        " AND h.cash_date >= %(on)s AND h.cash_date <= %(until)s AND h.cash_amount <> 0"
        " AND h.recorded_at <= %(known_at)s JOIN hedges_instrumentversionapproval d ON d.version_id = h.version_id"
        " AND d.decision = 'APPROVED' AND d.recorded_at <= %(known_at)s"
        " WHERE h.kind <> 'REVERSAL' AND NOT EXISTS (SELECT FROM hedges_instrumentevent x"
        " JOIN hedges_instrumentversionapproval y ON y.version_id = x.version_id AND y.decision = 'APPROVED'"
        " WHERE x.reverses_id = h.id)"
    )
    only = "" if instrument_id is None else " AND v.instrument_id = %(instrument)s"
    sql = (
        f"WITH counting AS (SELECT v.* FROM ({_VERSIONS}) v WHERE v.entity_id = ANY (%(entities)s){only}),"
        " live AS (SELECT * FROM counting WHERE status = 'LIVE' AND settlement_date >= %(on)s)"
        f" SELECT * FROM ({' UNION ALL '.join(parts)}) found ORDER BY day, what, 4 LIMIT {int(limit)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "as_of_date": on,
                "on": on,
                "until": until,
                "known_at": known_at or "infinity",
                "entities": list(entity_ids),
                "instrument": instrument_id,
            },
        )
        return [dict(zip(_NAMES, row, strict=True)) for row in cursor.fetchall()]
