"""Variation margin of futures: what is on record, and what is due.

Due on a day is the gain of the contracts in force on each day so far, by the prices at which those days were paid,
less what was paid: a day whose contracts are changed afterwards (unwound before it, an unwinding taken back, a count
amended) is put right with the next day that has a price, and so is a price that is corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from hedges.models import InstrumentEvent
from treasury.enums import QuoteKind
from treasury.queries.rows import Row, listed


@dataclass(frozen=True, slots=True)
class MarginDay:
    """One future on one day with a settlement price that is not on record yet. `gained` is the exact gain from the
    trade to this day, `paid` what is on record of it."""

    instrument_id: int
    entity_id: int
    day: date
    currency: str
    price: Decimal
    source: str
    gained: Decimal
    paid: Decimal


def margin_days(instrument_id: int, *, known_at: datetime | None, limit: int = 20) -> list[Row]:
    """The newest margin days of a future."""
    found = InstrumentEvent.objects.filter(instrument_id=instrument_id, kind=LifeEventKind.MARGIN)
    if known_at:
        found = found.filter(recorded_at__lte=known_at)
    return listed(
        found.order_by("-event_date").values(
            "event_date", "rate", "rate_source", "cash_amount", "cash_currency_id"
        )[:limit]
    )


def price_before(instrument_id: int, day: date) -> Decimal | None:
    """The price at which the last margin day before a day was paid."""
    found = InstrumentEvent.objects.filter(
        instrument_id=instrument_id, kind=LifeEventKind.MARGIN, event_date__lt=day
    )
    return found.order_by("-event_date").values_list("rate", flat=True).first()


#: Of each future its newest approved version says contract and dates; the contracts are those in force on each day.
_DUE = (
    "WITH futures AS (SELECT DISTINCT ON (v.instrument_id) v.instrument_id, v.entity_id, v.trade_date,"
    "  v.settlement_date, v.entry_price, c.code, c.contract_multiplier AS multiplier, c.price_currency_id AS currency"
    "  FROM hedges_instrumentversion v JOIN hedges_instrumentversionapproval a ON a.version_id = v.id"
    "  AND a.decision = 'APPROVED' JOIN hedges_futurescontract c ON c.id = v.contract_id"
    "  WHERE v.kind = %(future)s AND (%(entities)s::bigint[] IS NULL OR v.entity_id = ANY (%(entities)s))"
    "  ORDER BY v.instrument_id, v.version_number DESC),"
    " recorded AS (SELECT e.instrument_id, e.event_date AS day, e.rate AS price, e.cash_amount"
    "  FROM hedges_instrumentevent e JOIN futures f ON f.instrument_id = e.instrument_id WHERE e.kind = %(margin)s),"
    " paid AS (SELECT instrument_id, max(day) AS day, sum(cash_amount) AS amount FROM recorded GROUP BY instrument_id),"
    " prices AS (SELECT DISTINCT ON (q.symbol, q.quote_date) q.symbol, q.quote_date, q.value, q.source"
    "  FROM treasury_marketquote q WHERE q.kind = %(price)s AND q.quote_date <= %(up_to)s"
    "  AND q.symbol IN (SELECT code FROM futures)"
    "  AND NOT EXISTS (SELECT FROM treasury_marketquote k WHERE k.corrects_id = q.id)"
    "  ORDER BY q.symbol, q.quote_date, q.is_synthetic, q.id DESC),"
    " days AS (SELECT instrument_id, day, price, NULL AS source FROM recorded"
    "  UNION ALL SELECT f.instrument_id, q.quote_date, q.value, q.source FROM futures f"
    "  LEFT JOIN paid p ON p.instrument_id = f.instrument_id"
    "  JOIN prices q ON q.symbol = f.code AND q.quote_date BETWEEN f.trade_date AND f.settlement_date"
    "  AND (p.day IS NULL OR q.quote_date > p.day)),"
    " moves AS (SELECT f.*, d.day, d.price, d.source, coalesce(s.count, 0) AS count,"
    "   d.price - coalesce(lag(d.price) OVER (PARTITION BY d.instrument_id ORDER BY d.day), f.entry_price) AS move"
    "  FROM days d JOIN futures f ON f.instrument_id = d.instrument_id"
    "  LEFT JOIN LATERAL (SELECT CASE v.status WHEN %(live)s THEN v.contract_count ELSE 0 END AS count"
    "   FROM hedges_instrumentversion v JOIN hedges_instrumentversionapproval a ON a.version_id = v.id"
    "   AND a.decision = 'APPROVED' WHERE v.instrument_id = d.instrument_id AND v.valid_from <= d.day"
    "   AND (v.valid_to IS NULL OR v.valid_to > d.day) ORDER BY v.version_number DESC LIMIT 1) s ON true),"
    " gains AS (SELECT m.*, coalesce(p.amount, 0) AS paid,"
    "   sum(m.count * m.multiplier * m.move) OVER (PARTITION BY m.instrument_id ORDER BY m.day) AS gained,"
    "   row_number() OVER (PARTITION BY m.instrument_id, m.source IS NULL ORDER BY m.day) AS place"
    "  FROM moves m LEFT JOIN paid p ON p.instrument_id = m.instrument_id)"
    # of what is held no more only what the days before it owe each other
    " SELECT instrument_id, entity_id, day, currency, price, source, gained, paid FROM gains"
    " WHERE source IS NOT NULL AND (count <> 0"
    "  OR place = 1 AND round(gained, public.hedgebook_minor_units(currency)) <> paid)"
    " ORDER BY instrument_id, day"
)


def margin_due(*, up_to: date, entity_ids: Sequence[int] | None = None) -> list[MarginDay]:
    """Every day up to a date on which a future is held, or owed, and has a price and no margin on record: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, _asked(up_to, entity_ids))
        return [MarginDay(*row) for row in cursor.fetchall()]


def margin_totals(*, up_to: date, entity_ids: Sequence[int]) -> list[Row]:
    """The same by future: from when to when, how many days, and the last price."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.instrument_id, i.external_reference, e.code, min(m.day), max(m.day), count(*),"
            f" (array_agg(m.price ORDER BY m.day DESC))[1] FROM ({_DUE}) m"
            " JOIN hedges_instrument i ON i.id = m.instrument_id JOIN treasury_entity e ON e.id = m.entity_id"
            " GROUP BY 1, 2, 3 ORDER BY 2 LIMIT 200",
            _asked(up_to, entity_ids),
        )
        names = ("instrument_id", "reference", "entity_code", "first_day", "last_day", "days", "price")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _asked(up_to: date, entity_ids: Sequence[int] | None) -> dict[str, Any]:
    return {
        "up_to": up_to,
        "entities": None if entity_ids is None else list(entity_ids),
        "future": InstrumentKind.FUTURE,
        "live": InstrumentStatus.LIVE,
        "margin": LifeEventKind.MARGIN,
        "price": QuoteKind.FUTURES_PRICE,
    }
