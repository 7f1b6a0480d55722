"""Exposures as columns: amounts in int64 minor units, dates as ordinals."""

from collections.abc import Mapping
from typing import Any

from exposures.enums import FIRM_KINDS, ExposureStatus
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql

_SPEC = {
    "exposure_id": "int8",
    "entity_id": "int8",
    "risk_id": "int8",
    "amount": "int8",
    "expected_date": "date",
    "is_firm": "bool",
}


def open_exposures(at: Mapping[str, Any]) -> Columns:
    """Open exposures of one shard's entities, up to their expected date; what is past it has to be amended first.

    `at`: as_of_date, known_at, shard_number, shard_count (an entity belongs to the shard of its id).
    """
    firm = ", ".join(f"'{kind}'" for kind in FIRM_KINDS)
    sql = (
        "SELECT v.exposure_id, v.entity_id, v.risk_id, sign(v.exposure_amount)::int8 * v.capacity_units AS amount,"
        f" v.expected_date, v.kind IN ({firm}) AS is_firm"
        f" FROM ({applicable_sql('exposures_exposureversion', 'exposure_id')}) v"
        f" WHERE v.status = '{ExposureStatus.OPEN}' AND v.expected_date >= %(as_of_date)s"
        " AND mod(v.entity_id, %(shard_count)s) = %(shard_number)s ORDER BY v.exposure_id"
    )
    return columns(sql, at, _SPEC)
