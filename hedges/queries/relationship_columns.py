"""Hedge relationships and what they use, as columns: units in int64 minor units, dates as ordinals.

`at` holds as_of_date, known_at, shard_number, shard_count, drafts, only and entity_id; `by` says whose id gives a row
its shard: `relationship_id` or `entity_id`. Rows come in the order of relationships, then of exposures or instruments.
"""

from collections.abc import Mapping
from typing import Any

from exposures.enums import ExposureStatus
from hedges.enums import AssessmentMethod, DesignatedComponent, HedgeType, InstrumentStatus
from hedges.queries.columns import DESIGNATED, IN_FORCE, OF_ENTITY
from treasury.enums import AccountingFramework
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql

#: Codes as small integers in columns: positions in these lists.
FRAMEWORKS = list(AccountingFramework.values)
HEDGE_TYPES = list(HedgeType.values)
COMPONENTS = list(DesignatedComponent.values)
METHODS = list(AssessmentMethod.values)

_AT_SPOT = "('RECOGNISED_ASSET', 'RECOGNISED_LIABILITY', 'NET_INVESTMENT')"
_EXPOSURES = applicable_sql("exposures_exposureversion", "exposure_id")
_INSTRUMENTS = applicable_sql("hedges_instrumentversion", "instrument_id")


def relationships(at: Mapping[str, Any], *, by: str) -> Columns:
    """Relationships that are designated on the date."""
    sql = (
        "SELECT r.relationship_id, r.id AS version_id, r.entity_id, r.risk_id,"
        f" {_code(FRAMEWORKS, 'r.framework')} AS framework, {_code(HEDGE_TYPES, 'r.hedge_type')} AS hedge_type,"
        f" {_code(COMPONENTS, 'r.designated_component')} AS component,"
        f" {_code(METHODS, 'r.assessment_method')} AS method, r.struck_from AS accounting_from,"
        " r.hedge_end_date, r.designated_hedge_ratio::float8, r.rationale <> '' AS has_rationale"
        f" FROM ({DESIGNATED}) r WHERE {_shard(by)} ORDER BY r.relationship_id"
    )
    spec = dict.fromkeys(["relationship_id", "version_id", "entity_id", "risk_id"], "int8")
    spec |= dict.fromkeys(["framework", "hedge_type", "component", "method"], "int4")
    spec |= {
        "accounting_from": "date",
        "hedge_end_date": "date",
        "designated_hedge_ratio": "float8",
        "has_rationale": "bool",
    }
    return columns(sql, at, spec)


def items(at: Mapping[str, Any], *, by: str) -> Columns:
    """Designated units of exposures, with the terms they had when they were designated.

    `units` are those designated, signed like the exposure; `units_left` is how many of them there still are: fewer
    after a cut, none after a cancellation; what was settled as planned has done its part and keeps its units.
    """
    sql = (
        "SELECT r.relationship_id, a.exposure_id, r.entity_id, sign(d.exposure_amount)::int8 * a.units AS units,"
        " CASE WHEN c.id IS NULL OR c.status = "
        + f"'{ExposureStatus.CANCELLED}'"
        + " OR sign(c.exposure_amount) <>"
        " sign(d.exposure_amount) THEN 0 ELSE sign(d.exposure_amount)::int8 * least(a.units, c.capacity_units) END"
        " AS units_left, coalesce(c.capacity_units, 0) AS capacity, d.expected_date,"
        " coalesce(d.start_date, d.expected_date) AS start_date, coalesce(d.payment_months, 0)::int4 AS payment_months,"
        f" coalesce(d.spread_rate, 0)::float8 AS spread_rate, d.kind IN {_AT_SPOT} AS at_spot"
        f" FROM ({_allocated('itemallocation', 'exposure')}) a"
        f" JOIN ({DESIGNATED}) r ON r.relationship_id = a.relationship_id"
        " JOIN exposures_exposureversion d ON d.id = a.version_id"
        f" LEFT JOIN ({_EXPOSURES}) c ON c.exposure_id = a.exposure_id"
        f" WHERE {_shard(by)} ORDER BY r.relationship_id, a.exposure_id"
    )
    spec = dict.fromkeys(
        ["relationship_id", "exposure_id", "entity_id", "units", "units_left", "capacity"], "int8"
    )
    spec |= {"expected_date": "date", "start_date": "date", "payment_months": "int4", "spread_rate": "float8"}
    return columns(sql, at, spec | {"at_spot": "bool"})


def added_items(relationship_id: int, versions: Mapping[int, int]) -> Columns:
    """The same columns for units that a change would add: `versions` says how many of each exposure version."""
    sql = (
        "SELECT %(relationship)s::bigint AS relationship_id, d.exposure_id, d.entity_id,"
        " sign(d.exposure_amount)::int8 * a.units AS units, sign(d.exposure_amount)::int8 * a.units AS units_left,"
        " d.capacity_units AS capacity, d.expected_date, coalesce(d.start_date, d.expected_date) AS start_date,"
        " coalesce(d.payment_months, 0)::int4 AS payment_months, coalesce(d.spread_rate, 0)::float8 AS spread_rate,"
        f" d.kind IN {_AT_SPOT} AS at_spot FROM exposures_exposureversion d"
        " JOIN unnest(%(versions)s::bigint[], %(units)s::bigint[]) AS a (id, units) ON a.id = d.id"
        " ORDER BY d.exposure_id"
    )
    at = {"relationship": relationship_id, "versions": list(versions), "units": list(versions.values())}
    spec = dict.fromkeys(
        ["relationship_id", "exposure_id", "entity_id", "units", "units_left", "capacity"], "int8"
    )
    spec |= {"expected_date": "date", "start_date": "date", "payment_months": "int4", "spread_rate": "float8"}
    return columns(sql, at, spec | {"at_spot": "bool"})


def instruments(at: Mapping[str, Any], *, by: str) -> Columns:
    """Designated units of notionals, signed like the notional; `units_left`: none after an unwinding.

    `is_cover` is false for a sold option: it gives no protection, and the bought leg of a collar counts once.
    """
    gone = f"('{InstrumentStatus.UNWOUND}', '{InstrumentStatus.CANCELLED}')"
    sql = (
        "SELECT r.relationship_id, a.instrument_id, r.entity_id, c.risk_id,"
        " sign(c.notional_amount)::int8 * a.units AS units,"
        f" CASE WHEN c.status IN {gone} THEN 0"
        " ELSE sign(c.notional_amount)::int8 * least(a.units, c.capacity_units) END AS units_left,"
        " c.option_side <> 'SOLD' AS is_cover"
        f" FROM ({_allocated('instrumentallocation', 'instrument')}) a"
        f" JOIN ({DESIGNATED}) r ON r.relationship_id = a.relationship_id"
        f" JOIN ({_INSTRUMENTS}) c ON c.instrument_id = a.instrument_id"
        f" WHERE {_shard(by)} ORDER BY r.relationship_id, a.instrument_id"
    )
    spec = dict.fromkeys(
        ["relationship_id", "instrument_id", "entity_id", "risk_id", "units", "units_left"], "int8"
    )
    return columns(sql, at, spec | {"is_cover": "bool"})


def item_cover(at: Mapping[str, Any]) -> Columns:
    """Units of each exposure that are designated under its entity's own framework, any part of value but the rest.

    Only with an instrument of the same risk: a proxy offsets changes, but covers no amount (rules section 2).
    """
    sql = (
        "SELECT a.exposure_id, sum(a.unit_to - a.unit_from)::int8 AS units FROM hedges_itemallocation a"
        " JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        f" JOIN ({DESIGNATED}) r ON r.relationship_id = w.relationship_id"
        " JOIN treasury_entity e ON e.id = r.entity_id AND e.accounting_framework = a.framework"
        f" WHERE {IN_FORCE} AND a.designated_component IN ('WHOLE', 'SPOT', 'INTRINSIC') AND {_shard('entity_id')}"
        " AND EXISTS (SELECT FROM hedges_instrumentallocation b JOIN hedges_instrumentversion i"
        " ON i.id = b.instrument_version_id WHERE b.relationship_version_id = w.id AND i.risk_id = a.risk_id)"
        " GROUP BY a.exposure_id ORDER BY a.exposure_id"
    )
    return columns(sql, at, {"exposure_id": "int8", "units": "int8"})


def _allocated(table: str, subject: str) -> str:
    """Units by relationship and subject; several runs of units of one subject come together."""
    return (
        f"SELECT w.relationship_id, a.{subject}_id, sum(a.unit_to - a.unit_from)::int8 AS units,"
        f" min(a.{subject}_version_id) AS version_id FROM hedges_{table} a"
        f" JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id WHERE {IN_FORCE}"
        f" GROUP BY w.relationship_id, a.{subject}_id"
    )


def _code(codes: list[str], column: str) -> str:
    return f"(array_position(ARRAY{codes}::varchar[], {column}) - 1)::int4"


def _shard(by: str) -> str:
    return f"mod(r.{by}, %(shard_count)s) = %(shard_number)s AND {OF_ENTITY}"
