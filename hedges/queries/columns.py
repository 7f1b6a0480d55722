"""Instruments and allocations as columns: amounts in int64 minor units, dates as ordinals, absent terms NaN or 0.

`at` holds as_of_date, known_at, shard_number, shard_count and drafts (ids of relationship versions that count although
they are not approved) in every function; entity_id and only (ids of relationships), None for all, where relationships
are read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hedges.enums import InstrumentKind, InstrumentStatus
from hedges.models import FuturesContract
from hedges.queries import flow_columns
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql

#: Kinds as small integers in columns: the position in this list.
KINDS = list(InstrumentKind.values)

_NAN = "'NaN'::float8"
_INSTRUMENTS = applicable_sql("hedges_instrumentversion", "instrument_id")

#: Column -> (SQL over the version `v` and the instrument `i`, type on the wire).
TERMS: dict[str, tuple[str, str]] = {
    "instrument_id": ("v.instrument_id", "int8"),
    "version_id": ("v.id", "int8"),
    "entity_id": ("v.entity_id", "int8"),
    "kind": (f"array_position(ARRAY{KINDS}::varchar[], v.kind) - 1", "int4"),
    "counterparty_id": ("coalesce(v.counterparty_id, 0)", "int8"),
    "risk_id": ("v.risk_id", "int8"),
    "trade_date": ("v.trade_date", "date"),
    "start_date": ("coalesce(v.start_date, v.trade_date)", "date"),
    "settlement_date": ("v.settlement_date", "date"),
    "notional": ("sign(v.notional_amount)::int8 * v.capacity_units", "int8"),
    "strike_rate": (f"coalesce(v.strike_rate::float8, {_NAN})", "float8"),
    "counter_amount": (f"coalesce(v.counter_amount::float8, {_NAN})", "float8"),
    "fixing_date": ("coalesce(v.fixing_date, v.settlement_date)", "date"),
    "contract_id": ("coalesce(v.contract_id, 0)", "int8"),
    "contract_count": ("coalesce(v.contract_count, 0)", "int4"),
    "entry_price": (f"coalesce(v.entry_price::float8, {_NAN})", "float8"),
    "option_sign": ("CASE v.option_kind WHEN 'CALL' THEN 1 WHEN 'PUT' THEN -1 ELSE 0 END", "int4"),
    "option_side": ("CASE v.option_side WHEN 'BOUGHT' THEN 1 WHEN 'SOLD' THEN -1 ELSE 0 END", "int4"),
    "expiry_date": ("coalesce(v.expiry_date, v.settlement_date)", "date"),
    "near_settlement_date": ("coalesce(v.near_settlement_date, v.trade_date)", "date"),
    "near_rate": (f"coalesce(v.near_rate::float8, {_NAN})", "float8"),
    "pay_fixed": ("coalesce(v.pay_fixed, false)", "bool"),
    "fixed_rate": (f"coalesce(v.fixed_rate::float8, {_NAN})", "float8"),
    "spread_rate": ("coalesce(v.spread_rate::float8, 0)", "float8"),
    "counter_fixed_rate": (f"coalesce(v.counter_fixed_rate::float8, {_NAN})", "float8"),
    "resets_notional": ("coalesce(v.resets_notional, false)", "bool"),
    "offset_exposure_id": ("coalesce(i.offset_exposure_id, 0)", "int8"),
}
_FLOWS = {"instrument_id": "int8"} | flow_columns.COLUMNS

#: An allocation counts on a date within its period; a release that became known after K has not happened yet.
IN_FORCE = (
    "a.recorded_at <= %(known_at)s AND (a.period_from <= %(as_of_date)s"
    " OR a.relationship_version_id = ANY (%(drafts)s::bigint[])) AND %(as_of_date)s <"
    " CASE WHEN a.released_at > %(known_at)s THEN coalesce(a.planned_to, a.period_to) ELSE a.period_to END"
)
#: At a close the relationships of one entity, in the night all.
OF_ENTITY = "(%(entity_id)s::bigint IS NULL OR r.entity_id = %(entity_id)s::bigint)"
#: The version of each relationship that counts; a draft counts as if it were approved and had begun.
_COUNTING = applicable_sql("hedges_hedgerelationshipversion", "relationship_id", drafts="drafts")
#: Relationships under hedge accounting on the date; their allocations may be of an earlier version. `struck_from` is
#: where their changes begin: the day of the documentation, which may be later than the designation date (6.4.1(b)).
DESIGNATED = (
    "SELECT r.*, least(coalesce(r.accounting_from, r.designation_date), %(as_of_date)s::date) AS struck_from"
    f" FROM ({_COUNTING}) r WHERE r.status = 'DESIGNATED' AND r.hedge_end_date >= %(as_of_date)s"
    " AND (coalesce(r.accounting_from, r.designation_date) <= %(as_of_date)s OR r.id = ANY (%(drafts)s::bigint[]))"
    " AND (%(only)s::bigint[] IS NULL OR r.relationship_id = ANY (%(only)s::bigint[]))"
)


def live_instruments(at: Mapping[str, Any], *, by: str = "instrument_id") -> Columns:
    """Live instruments up to their settlement date; `by`: whose id says which shard a row belongs to."""
    where = (
        f"v.status = '{InstrumentStatus.LIVE}' AND v.trade_date <= %(as_of_date)s"
        f" AND v.settlement_date >= %(as_of_date)s AND mod(v.{by}, %(shard_count)s) = %(shard_number)s"
    )
    return _instruments(where, at)


def designated_instruments(at: Mapping[str, Any]) -> Columns:
    """The instruments that the relationships of one shard use, whatever has become of them."""
    return _instruments(f"v.instrument_id IN ({_used()})", at)


def flows(at: Mapping[str, Any], *, designated: bool) -> Columns:
    """Payment dates of swaps, in the order of instruments and dates."""
    chosen = (
        f"v.instrument_id IN ({_used()})"
        if designated
        else "mod(v.instrument_id, %(shard_count)s) = %(shard_number)s"
    )
    sql = (
        f"SELECT v.instrument_id, {flow_columns.CHOSEN} FROM ({_INSTRUMENTS}) v{flow_columns.JOINED}"
        f" WHERE v.flow_days IS NOT NULL AND {chosen} ORDER BY v.instrument_id, {flow_columns.IN_ORDER}"
    )
    return columns(sql, at, _FLOWS)


def of_versions(version_ids: Sequence[int]) -> tuple[Columns, Columns]:
    """Instruments with the terms of these versions, one of each, and the payment dates of their swaps."""
    chosen = ", ".join(f"({expression})::{kind} AS {name}" for name, (expression, kind) in TERMS.items())
    at = {"versions": list(version_ids)}
    rows = columns(
        f"SELECT {chosen} FROM hedges_instrumentversion v JOIN hedges_instrument i ON i.id = v.instrument_id"
        " WHERE v.id = ANY (%(versions)s::bigint[]) ORDER BY v.instrument_id",
        at,
        {name: kind for name, (_, kind) in TERMS.items()},
    )
    paid = columns(
        f"SELECT v.instrument_id, {flow_columns.CHOSEN} FROM hedges_instrumentversion v{flow_columns.JOINED}"
        " WHERE v.flow_days IS NOT NULL AND v.id = ANY (%(versions)s::bigint[])"
        f" ORDER BY v.instrument_id, {flow_columns.IN_ORDER}",
        at,
        _FLOWS,
    )
    return rows, paid


def contracts() -> dict[int, tuple[str, float]]:
    """Futures contracts by id: the symbol of their quotes and the multiplier."""
    rows = FuturesContract.objects.order_by("id").values_list("id", "code", "contract_multiplier")
    return {pk: (code, float(multiplier)) for pk, code, multiplier in rows}


def offset_items(at: Mapping[str, Any]) -> Columns:
    """Exposures that are natural offsets on the date: they are hedges and no exposures."""
    sql = (
        f"SELECT i.offset_exposure_id AS exposure_id FROM ({_INSTRUMENTS}) v"
        " JOIN hedges_instrument i ON i.id = v.instrument_id"
        f" WHERE v.status = '{InstrumentStatus.LIVE}' AND i.offset_exposure_id IS NOT NULL"
        " AND v.trade_date <= %(as_of_date)s AND v.settlement_date >= %(as_of_date)s"
        " AND mod(v.entity_id, %(shard_count)s) = %(shard_number)s"
        " ORDER BY i.offset_exposure_id"
    )
    return columns(sql, at, {"exposure_id": "int8"})


def near_legs(at: Mapping[str, Any]) -> Columns:
    """Near legs of rolls and the trades that they close, of the entities of one shard; those taken back too."""
    sql = (
        "SELECT e.near_leg_id, e.instrument_id FROM hedges_instrumentevent e WHERE e.near_leg_id IS NOT NULL"
        " AND mod(e.entity_id, %(shard_count)s) = %(shard_number)s ORDER BY e.near_leg_id"
    )
    return columns(sql, at, {"near_leg_id": "int8", "instrument_id": "int8"})


def _instruments(where: str, at: Mapping[str, Any]) -> Columns:
    chosen = ", ".join(f"({expression})::{kind} AS {name}" for name, (expression, kind) in TERMS.items())
    sql = (
        f"SELECT {chosen} FROM ({_INSTRUMENTS}) v JOIN hedges_instrument i ON i.id = v.instrument_id"
        f" WHERE {where} ORDER BY v.instrument_id"
    )
    return columns(sql, at, {name: kind for name, (_, kind) in TERMS.items()})


def _used() -> str:
    return (
        "SELECT a.instrument_id FROM hedges_instrumentallocation a"
        " JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        f" JOIN ({DESIGNATED}) r ON r.relationship_id = w.relationship_id"
        f" WHERE {IN_FORCE} AND mod(r.relationship_id, %(shard_count)s) = %(shard_number)s AND {OF_ENTITY}"
    )
