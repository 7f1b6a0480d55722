"""What strategy pages read: open exposures with the terms that a value needs, and the exposures to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.db.models.functions import Abs

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql
from treasury.queries.rows import Row, listed
from treasury.queries.version_pages import IN_FORCE, versions

_ITEMS = {
    "exposure_id": "int8", "entity_id": "int8", "risk_id": "int8", "amount": "int8", "expected_date": "date",
    "start_date": "date", "payment_months": "int4", "spread_rate": "float8",
}  # fmt: skip
_FIELDS = ("exposure_id", "entity_id", "risk_id", "kind", "expected_date")


def open_items(at: Mapping[str, Any]) -> Columns:
    """Open exposures of one shard's entities with the terms of floating interest; 0 months where there is none.

    `at`: as_of_date, known_at, shard_number, shard_count (an entity belongs to the shard of its id).
    """
    sql = (
        "SELECT v.exposure_id, v.entity_id, v.risk_id, sign(v.exposure_amount)::int8 * v.capacity_units AS amount,"
        " v.expected_date, coalesce(v.start_date, v.expected_date) AS start_date,"
        " coalesce(v.payment_months, 0)::int4 AS payment_months, coalesce(v.spread_rate, 0)::float8 AS spread_rate"
        f" FROM ({applicable_sql('exposures_exposureversion', 'exposure_id')}) v"
        f" WHERE v.status = '{ExposureStatus.OPEN}' AND v.expected_date >= %(as_of_date)s"
        " AND mod(v.entity_id, %(shard_count)s) = %(shard_number)s ORDER BY v.exposure_id"
    )
    return columns(sql, at, _ITEMS)


def largest_exposures(run: Row, entity_id: int, risk_id: int, *, most: int) -> list[Row]:
    """The largest open exposures of an entity and risk as the run saw them, the next due first."""
    rows = _open(run, [entity_id]).filter(risk_id=risk_id).order_by(Abs("exposure_amount").desc(), "pk")
    found = listed(
        rows.values(*_FIELDS, reference=F("exposure__external_reference"), amount=F("exposure_amount"))[:most]
    )
    return sorted(found, key=lambda row: (row["expected_date"], row["exposure_id"]))


def exposure(run: Row, entity_ids: list[int], exposure_id: int) -> Row | None:
    """One open exposure as the run saw it; None where there is none that the reader sees."""
    found = listed(
        _open(run, entity_ids).filter(exposure_id=exposure_id)
        .values(*_FIELDS, reference=F("exposure__external_reference"), amount=F("exposure_amount"))
    )  # fmt: skip
    return found[0] if found else None


def _open(run: Row, entity_ids: list[int]) -> Any:
    found = versions(
        ExposureVersion,
        "exposure",
        entity_ids=entity_ids,
        on=run["as_of_date"],
        known_at=run["known_at"],
        show=IN_FORCE,
    )
    return found.filter(status=ExposureStatus.OPEN, expected_date__gte=run["as_of_date"])
