"""Which quotes the live book needs on a day, the newest of each, and how many trades and exposures depend on it.

Needed are: spot rates of the currencies of a risk and of the entity that counts in another one; interest rates of both
currencies of a trade that is discounted, an index's own or those of its currency; prices, futures prices, volatilities
of options, fixings of swaps whose term has begun; the credit spreads of both parties to a trade. A quote that is older
than the rule packs' `stale_after_days` leaves what needs it null (`stale_data`); a fixing is of its own day and is
missing or there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from treasury.queries.known import applicable_sql
from treasury.queries.rows import Row

MISSING, STALE, FRESH = "QUOTE_MISSING", "QUOTE_STALE", "QUOTE_FRESH"
SPOT, RATES, PRICE, FUTURE, VOLATILITY, FIXING, SPREAD = (
    "FX_SPOT", "INTEREST_RATES", "PRICE", "FUTURES_PRICE", "IMPLIED_VOLATILITY", "RATE_FIXING", "CREDIT_SPREAD",
)  # fmt: skip
WHAT = (SPOT, RATES, PRICE, FUTURE, VOLATILITY, FIXING, SPREAD)
_DISCOUNTED = "('FORWARD', 'NON_DELIVERABLE_FORWARD', 'FX_SWAP', 'OPTION', 'CROSS_CURRENCY_SWAP')"
#: A need: what it is, its name, the kinds and symbols of quotes that answer it, and when a thing `o` has it.
_NEEDS = (
    (SPOT, "o.base", "{FX_SPOT}", "NULL", "o.is_pair"),
    (SPOT, "o.quote", "{FX_SPOT}", "NULL", "o.is_pair OR o.quote <> o.functional"),
    (SPOT, "o.functional", "{FX_SPOT}", "NULL", "o.quote <> o.functional"),
    (RATES, "o.quote", "{DEPOSIT_RATE,SWAP_RATE,ZERO_RATE}", "ARRAY[o.quote]",
     f"o.kind IN {_DISCOUNTED} OR o.kind = 'INTEREST_RATE_SWAP'"),
    (RATES, "o.base", "{DEPOSIT_RATE,SWAP_RATE,ZERO_RATE}", "ARRAY[o.base]",
     f"o.is_pair AND o.kind IN {_DISCOUNTED}"),
    (RATES, "o.symbol", "{DEPOSIT_RATE,SWAP_RATE,ZERO_RATE}", "ARRAY[o.symbol, o.quote]",
     "o.kind = 'INTEREST_RATE_SWAP'"),
    (PRICE, "o.symbol", "{PRICE}", "ARRAY[o.symbol]", "NOT o.is_pair AND NOT o.is_rate"),
    (FUTURE, "o.contract", "{FUTURES_PRICE}", "ARRAY[o.contract]", "o.contract IS NOT NULL"),
    (VOLATILITY, "o.base || o.quote", "{IMPLIED_VOLATILITY}", "ARRAY[o.base || o.quote, o.quote || o.base]",
     "o.kind = 'OPTION' AND o.is_pair"),
    (VOLATILITY, "o.symbol", "{IMPLIED_VOLATILITY}", "ARRAY[o.symbol]", "o.kind = 'OPTION' AND NOT o.is_pair"),
    (FIXING, "o.symbol", "{RATE_FIXING}", "ARRAY[o.symbol]", "o.kind = 'INTEREST_RATE_SWAP' AND o.has_begun"),
    (SPREAD, "o.party", "{CREDIT_SPREAD}", "ARRAY[o.party]", "o.party IS NOT NULL AND o.contract IS NULL"),
    (SPREAD, "o.entity", "{CREDIT_SPREAD}", "ARRAY[o.entity]", "o.party IS NOT NULL AND o.contract IS NULL"),
)  # fmt: skip
_EACH = " UNION ".join(
    f"SELECT '{what}' AS what, {name}::text AS name, '{kinds}'::text[] AS kinds, {symbols}::text[] AS symbols"
    f" WHERE {when}"
    for what, name, kinds, symbols, when in _NEEDS
)
_SQL = f"""
WITH RECURSIVE things AS (
    SELECT v.kind::text AS kind, v.entity_id, v.risk_id, v.contract_id, v.counterparty_id,
           coalesce(v.start_date < %(as_of_date)s, false) AS has_begun, count(*) AS instruments, 0 AS exposures
    FROM ({applicable_sql("hedges_instrumentversion", "instrument_id")}) v
    WHERE v.status = 'LIVE' AND v.trade_date <= %(as_of_date)s AND v.settlement_date >= %(as_of_date)s
      AND v.entity_id = ANY (%(entities)s::bigint[])
    GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL
    SELECT '', v.entity_id, v.risk_id, NULL, NULL, false, 0, count(*)
    FROM ({applicable_sql("exposures_exposureversion", "exposure_id")}) v
    WHERE v.status = 'OPEN' AND v.expected_date >= %(as_of_date)s AND v.entity_id = ANY (%(entities)s::bigint[])
    GROUP BY v.entity_id, v.risk_id),
o AS (
    SELECT t.*, r.base_unit_id AS base, r.quote_currency_id AS quote, r.market_symbol AS symbol,
           r.kind = 'CURRENCY_PAIR' AS is_pair, r.kind = 'RATE_INDEX' AS is_rate, e.code AS entity,
           e.functional_currency_id AS functional, c.code AS contract, p.code AS party, k.stale_after_days AS days
    FROM things t JOIN treasury_risk r ON r.id = t.risk_id JOIN treasury_entity e ON e.id = t.entity_id
    LEFT JOIN hedges_futurescontract c ON c.id = t.contract_id
    LEFT JOIN treasury_counterparty p ON p.id = t.counterparty_id
    LEFT JOIN treasury_rulepack k ON k.framework = e.accounting_framework AND k.valid_from <= %(as_of_date)s
         AND (k.valid_to IS NULL OR k.valid_to > %(as_of_date)s)),
needs AS (
    SELECT n.what, n.name, n.kinds, n.symbols, min(o.days) AS days, sum(o.instruments)::int AS instruments,
           sum(o.exposures)::int AS exposures
    FROM o CROSS JOIN LATERAL ({_EACH}) n GROUP BY 1, 2, 3, 4),
pairs AS (
    (SELECT symbol FROM treasury_marketquote WHERE kind = 'FX_SPOT' ORDER BY symbol LIMIT 1)
    UNION ALL
    SELECT (SELECT m.symbol FROM treasury_marketquote m WHERE m.kind = 'FX_SPOT' AND m.symbol > p.symbol
            ORDER BY m.symbol LIMIT 1)
    FROM pairs p WHERE p.symbol IS NOT NULL)
SELECT n.what, n.name, n.days, n.instruments, n.exposures, q.quote_date AS newest, q.kind, q.symbol, q.source
FROM needs n LEFT JOIN LATERAL (
    SELECT m.* FROM unnest(n.kinds) AS k (kind)
    CROSS JOIN LATERAL (
        SELECT unnest(n.symbols) AS symbol WHERE n.symbols IS NOT NULL
        UNION ALL
        SELECT p.symbol FROM pairs p WHERE n.symbols IS NULL AND n.name IN (left(p.symbol, 3), right(p.symbol, 3))) s
    CROSS JOIN LATERAL (
        SELECT quote_date, kind, symbol, source FROM treasury_marketquote
        WHERE kind = k.kind AND symbol = s.symbol AND quote_date <= %(as_of_date)s AND recorded_at <= %(known_at)s
        ORDER BY quote_date DESC LIMIT 1) m
    ORDER BY m.quote_date DESC LIMIT 1) q ON true
"""


def needs(*, entity_ids: Sequence[int], on: date, known_at: datetime | None = None) -> list[Row]:
    """Every need of the entities' book with `state` and `age` in days, what is missing first, then the oldest; one
    statement."""
    with connection.cursor() as cursor:
        told: dict[str, Any] = {
            "entities": list(entity_ids),
            "as_of_date": on,
            "known_at": known_at or "infinity",
        }
        cursor.execute(_SQL, told)
        names = [column.name for column in cursor.description or ()]
        rows = [_judged(dict(zip(names, found, strict=True)), on) for found in cursor.fetchall()]
    order = {MISSING: 0, STALE: 1, FRESH: 2}
    return sorted(rows, key=lambda row: (order[row["state"]], -(row["age"] or 0), row["what"], row["name"]))


def _judged(row: Row, on: date) -> Row:
    if row["newest"] is None:
        return row | {"age": None, "state": MISSING}
    age = (on - row["newest"]).days
    is_old = row["what"] != FIXING and row["days"] is not None and age > row["days"]
    return row | {"age": age, "state": STALE if is_old else FRESH}
