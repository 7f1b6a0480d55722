"""Exposures and hedges of an entity at three points: as the first run saw them, as they are known since, and at last.

The same choice as the night's: open items up to their date that are no natural offset; live instruments up to their
settlement that are no sold option. `units` are what counted (0: nothing); `code` says why a version did not count.
"""

from __future__ import annotations

from datetime import date, datetime

from exposures.enums import ExposureStatus
from hedges.enums import InstrumentKind, InstrumentStatus, OptionSide
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql

COUNTS, ENDED, DUE, OFFSET = 0, 1, 2, 3
_POINTS = ("a", "r", "c")
_FIELDS = {"units": "int8", "day": "date", "code": "int8"}


def exposures(
    *, entity_id: int, risk_id: int | None, since: tuple[date, datetime], until: tuple[date, datetime]
) -> Columns:
    return _joined(_exposures, entity_id, risk_id, since, until)


def hedges(
    *, entity_id: int, risk_id: int | None, since: tuple[date, datetime], until: tuple[date, datetime]
) -> Columns:
    """With `is_offset`: whether the row is a natural offset."""
    return _joined(_hedges, entity_id, risk_id, since, until)


def _exposures(day: str, known: str) -> str:
    offsets = (
        f"SELECT i.offset_exposure_id FROM ({_at('hedges_instrumentversion', 'instrument_id', day, known)}) h"
        " JOIN hedges_instrument i ON i.id = h.instrument_id AND i.offset_exposure_id IS NOT NULL"
        f" WHERE h.status = '{InstrumentStatus.LIVE}' AND h.trade_date <= %({day})s AND h.settlement_date >= %({day})s"
    )
    return (
        "SELECT v.exposure_id AS id, v.risk_id, false AS is_offset, v.expected_date AS day,"
        " sign(v.exposure_amount)::int8 * v.capacity_units AS size,"
        f" CASE WHEN v.status <> '{ExposureStatus.OPEN}' THEN {ENDED} WHEN v.expected_date < %({day})s THEN {DUE}"
        f" WHEN v.exposure_id IN ({offsets}) THEN {OFFSET} ELSE {COUNTS} END AS code"
        f" FROM ({_at('exposures_exposureversion', 'exposure_id', day, known)}) v"
    )


def _hedges(day: str, known: str) -> str:
    return (
        "SELECT v.instrument_id AS id, v.risk_id,"
        f" v.kind = '{InstrumentKind.NATURAL_OFFSET}' AS is_offset, v.settlement_date AS day,"
        " sign(v.notional_amount)::int8 * v.capacity_units AS size,"
        f" CASE WHEN v.status <> '{InstrumentStatus.LIVE}' OR v.option_side = '{OptionSide.SOLD}'"
        f" OR v.trade_date > %({day})s THEN {ENDED} WHEN v.settlement_date < %({day})s THEN {DUE}"
        f" ELSE {COUNTS} END AS code"
        f" FROM ({_at('hedges_instrumentversion', 'instrument_id', day, known)}) v"
    )


def _at(table: str, parent: str, day: str, known: str) -> str:
    return (
        applicable_sql(table, parent)
        .replace("%(as_of_date)s", f"%({day})s")
        .replace("%(known_at)s", f"%({known})s")
    )


def _joined(snapshot, entity_id: int, risk_id: int | None, since, until) -> Columns:  # type: ignore[no-untyped-def]
    clocks = {"a": ("since", "since_known"), "r": ("since", "known"), "c": ("until", "known")}
    where = "v.entity_id = %(entity)s" + (" AND v.risk_id = %(risk)s" if risk_id is not None else "")
    parts = ", ".join(f"{name} AS MATERIALIZED ({snapshot(*clocks[name])} WHERE {where})" for name in _POINTS)
    ids = " UNION ".join(f"SELECT id, risk_id, is_offset FROM {name}" for name in _POINTS)
    fields = ", ".join(
        f"(CASE WHEN {name}.code = {COUNTS} THEN {name}.size ELSE 0 END)::int8 AS {name}_units,"
        f" coalesce({name}.day, DATE '2000-01-01') AS {name}_day, coalesce({name}.code, {ENDED})::int8 AS {name}_code"
        for name in _POINTS
    )
    joins = " ".join(f"LEFT JOIN {name} USING (id, risk_id, is_offset)" for name in _POINTS)
    spec = {"id": "int8", "risk_id": "int8", "is_offset": "bool"}
    spec |= {f"{name}_{field}": kind for name in _POINTS for field, kind in _FIELDS.items()}
    return columns(
        f"WITH {parts}, x AS ({ids}) SELECT x.id, x.risk_id, x.is_offset, {fields} FROM x {joins} ORDER BY x.id",
        {
            "entity": entity_id, "risk": risk_id, "since": since[0], "since_known": since[1], "until": until[0],
            "known": until[1],
        },
        spec,
    )  # fmt: skip
