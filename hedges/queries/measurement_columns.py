"""What measurement reads, as columns: relationships, their layers, the terms designated, the facts about the items.

Units in int64 minor units, dates as ordinals. `at` holds as_of_date, known_at, shard_number, shard_count, entity_id
(None: every entity) and `finished`, the ids that are left out. Whatever became known after `known_at` has not happened
yet. A fixed number of statements.
"""

from collections.abc import Mapping
from typing import Any

from exposures.enums import ExposureKind, ExposureStatus
from hedges.enums import CostRelation, ExcludedTreatment, HedgeType, ReleasePattern
from hedges.queries import flow_columns
from hedges.queries.columns import OF_ENTITY, TERMS
from hedges.queries.relationship_columns import COMPONENTS, FRAMEWORKS, HEDGE_TYPES
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql

#: Codes as small integers in columns: positions in these lists.
PATTERNS = list(ReleasePattern.values)
TREATMENTS = list(ExcludedTreatment.values)
RELATIONS = list(CostRelation.values)
KINDS = list(ExposureKind.values)
STATUSES = list(ExposureStatus.values)

#: Relationships with hedge accounting that has begun; those that have ended too, since their reserve may still wait.
MEASURED = (
    "SELECT r.*, f.designation_date AS first_designated, coalesce(f.accounting_from, f.designation_date) AS begun_on,"
    " coalesce(r.inception_file_id, f.inception_file_id) AS file_id"
    f" FROM ({applicable_sql('hedges_hedgerelationshipversion', 'relationship_id')}) r"
    " JOIN hedges_hedgerelationshipversion f ON f.relationship_id = r.relationship_id AND f.version_number = 1"
    f" WHERE r.hedge_type <> '{HedgeType.ECONOMIC}'"
    " AND coalesce(f.accounting_from, f.designation_date) <= %(as_of_date)s"
    f" AND {OF_ENTITY}"
)
_MINE = (
    f"{MEASURED} AND mod(r.relationship_id, %(shard_count)s) = %(shard_number)s"
    " AND r.relationship_id <> ALL (%(finished)s::bigint[])"
)
#: The end of a layer as known: a release that became known later has not happened yet.
_END = "CASE WHEN a.released_at > %(known_at)s THEN coalesce(a.planned_to, a.period_to) ELSE a.period_to END"
_LAYER = (
    "r.relationship_id, a.id AS allocation_id, a.unit_from, a.unit_to, a.period_from,"
    f" {_END} AS period_to, coalesce(a.planned_to, a.period_to) AS planned_to,"
    " coalesce(a.struck_on, a.period_from) AS struck_on"
)
_LAYER_TYPES = {
    "relationship_id": "int8",
    "allocation_id": "int8",
    "unit_from": "int8",
    "unit_to": "int8",
    "period_from": "date",
    "period_to": "date",
    "planned_to": "date",
    "struck_on": "date",
}


def relationships(at: Mapping[str, Any]) -> Columns:
    """The relationships to measure, with what their inception file elects."""
    code = "coalesce(array_position(ARRAY{}::varchar[], {}) - 1, -1)::int4"
    sql = (
        "SELECT r.relationship_id, r.id AS version_id, r.entity_id, r.risk_id,"
        f" {code.format(FRAMEWORKS, 'r.framework')} AS framework,"
        f" {code.format(HEDGE_TYPES, 'r.hedge_type')} AS hedge_type,"
        f" {code.format(COMPONENTS, 'r.designated_component')} AS component,"
        " r.first_designated AS designation_date, r.begun_on, r.hedge_end_date,"
        " r.status = 'DISCONTINUED' AS is_discontinued,"
        f" coalesce(array_position(ARRAY{PATTERNS}::varchar[], i.release_pattern) - 1,"
        f" CASE r.hedge_type WHEN 'NET_INVESTMENT' THEN {PATTERNS.index('ON_DISPOSAL')} ELSE 0 END)::int4 AS pattern,"
        f" {code.format(TREATMENTS, 'i.excluded_treatment')} AS treatment,"
        f" {code.format(RELATIONS, 'i.cost_relation')} AS relation,"
        " coalesce(i.basis_excluded, false) AS basis_excluded,"
        " coalesce(i.keeps_basis_in_reserve, false) AS keeps_basis,"
        " coalesce(i.earnings_lag_days, 0)::int4 AS lag_days,"
        " coalesce(i.spot_is_discounted, false) AS spot_is_discounted"
        f" FROM ({_MINE}) r LEFT JOIN hedges_inceptionfile i ON i.id = r.file_id ORDER BY r.relationship_id"
    )
    spec = dict.fromkeys(["relationship_id", "version_id", "entity_id", "risk_id"], "int8")
    spec |= dict.fromkeys(["framework", "hedge_type", "component"], "int4")
    spec |= dict.fromkeys(["designation_date", "begun_on", "hedge_end_date"], "date")
    spec |= {"is_discontinued": "bool", "pattern": "int4", "treatment": "int4", "relation": "int4"}
    spec |= {
        "basis_excluded": "bool",
        "keeps_basis": "bool",
        "lag_days": "int4",
        "spot_is_discounted": "bool",
    }
    return columns(sql, at, spec)


def items(at: Mapping[str, Any]) -> Columns:
    """Layers of exposures with the terms that they were designated with; `units` signed like the exposure."""
    sql = (
        f"SELECT {_LAYER}, a.exposure_id, sign(d.exposure_amount)::int8 * (a.unit_to - a.unit_from) AS units,"
        " d.expected_date, coalesce(d.start_date, d.expected_date) AS start_date,"
        " coalesce(d.payment_months, 0)::int4 AS payment_months, coalesce(d.spread_rate, 0)::float8 AS spread_rate,"
        f" (array_position(ARRAY{KINDS}::varchar[], d.kind) - 1)::int4 AS kind"
        f" FROM {_layers('itemallocation')}"
        " JOIN exposures_exposureversion d ON d.id = a.exposure_version_id"
        f" WHERE {_exists()} ORDER BY r.relationship_id, a.exposure_id, a.unit_from, a.period_from, a.id"
    )
    spec = _LAYER_TYPES | {
        "exposure_id": "int8",
        "units": "int8",
        "expected_date": "date",
        "start_date": "date",
    }
    return columns(sql, at, spec | {"payment_months": "int4", "spread_rate": "float8", "kind": "int4"})


def instruments(at: Mapping[str, Any]) -> Columns:
    """Layers of notionals; `version_id` says with which terms; `units` signed like the notional."""
    sql = (
        f"SELECT {_LAYER}, a.instrument_id, a.instrument_version_id AS version_id,"
        " sign(d.notional_amount)::int8 * (a.unit_to - a.unit_from) AS units"
        f" FROM {_layers('instrumentallocation')}"
        " JOIN hedges_instrumentversion d ON d.id = a.instrument_version_id"
        f" WHERE {_exists()} ORDER BY r.relationship_id, a.instrument_id, a.unit_from, a.period_from, a.id"
    )
    return columns(sql, at, _LAYER_TYPES | {"instrument_id": "int8", "version_id": "int8", "units": "int8"})


def terms(at: Mapping[str, Any]) -> Columns:
    """Terms of the instruments' versions that were designated, in the order of the versions."""
    chosen = ", ".join(f"({expression})::{kind} AS {name}" for name, (expression, kind) in TERMS.items())
    sql = (
        f"SELECT {chosen} FROM hedges_instrumentversion v JOIN hedges_instrument i ON i.id = v.instrument_id"
        f" WHERE v.id IN ({_used('instrument')}) ORDER BY v.id"
    )
    return columns(sql, at, {name: kind for name, (_, kind) in TERMS.items()})


def flows(at: Mapping[str, Any]) -> Columns:
    """Payment dates of designated swaps, in the order of their versions and dates."""
    sql = (
        f"SELECT v.id AS version_id, {flow_columns.CHOSEN} FROM hedges_instrumentversion v{flow_columns.JOINED}"
        f" WHERE v.flow_days IS NOT NULL AND v.id IN ({_used('instrument')})"
        f" ORDER BY v.id, {flow_columns.IN_ORDER}"
    )
    return columns(sql, at, {"version_id": "int8"} | flow_columns.COLUMNS)


def facts(at: Mapping[str, Any]) -> Columns:
    """What was known about each designated exposure and from when to when it counted, in the order of time.

    A version counts from its `valid_from` until a higher one does; `amount_units` signed like the exposure.
    """
    sql = (
        "SELECT s.exposure_id, s.valid_from AS counts_from, coalesce(s.until, '9999-12-31'::date) AS counts_to,"
        f" (array_position(ARRAY{STATUSES}::varchar[], s.status) - 1)::int4 AS status,"
        f" (array_position(ARRAY{KINDS}::varchar[], s.kind) - 1)::int4 AS kind, s.expected_date,"
        " sign(s.exposure_amount)::int8 * s.capacity_units AS amount_units"
        " FROM (SELECT v.*, least(v.valid_to, min(v.valid_from) OVER (PARTITION BY v.exposure_id"
        " ORDER BY v.version_number ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)) AS until"
        " FROM exposures_exposureversion v JOIN exposures_exposureversionapproval p ON p.version_id = v.id"
        " AND p.decision = 'APPROVED' AND p.recorded_at <= %(known_at)s"
        f" WHERE v.exposure_id IN ({_used('exposure', 'itemallocation')})) s"
        " WHERE s.valid_from <= %(as_of_date)s AND (s.until IS NULL OR s.until > s.valid_from)"
        " ORDER BY s.exposure_id, s.valid_from, s.version_number"
    )
    spec = {
        "exposure_id": "int8",
        "counts_from": "date",
        "counts_to": "date",
        "status": "int4",
        "kind": "int4",
    }
    return columns(sql, at, spec | {"expected_date": "date", "amount_units": "int8"})


def _layers(table: str) -> str:
    return (
        f"hedges_{table} a JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        f" JOIN ({_MINE}) r ON r.relationship_id = w.relationship_id"
    )


def _exists() -> str:
    """A layer that is recorded, has begun, and was not taken back on the day that it began."""
    return f"a.recorded_at <= %(known_at)s AND a.period_from <= %(as_of_date)s AND {_END} > a.period_from"


def _used(subject: str, table: str = "instrumentallocation") -> str:
    column = "a.exposure_id" if subject == "exposure" else "a.instrument_version_id"
    return f"SELECT {column} FROM {_layers(table)} WHERE {_exists()}"
