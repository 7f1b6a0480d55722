"""Versions of exposures that have ended or entered the books, as columns: the source of forecast accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from exposures.enums import ExposureKind, ExposureStatus
from treasury.queries.copy import Columns, columns

_SPEC = {
    "exposure_id": "int8", "entity_id": "int8", "risk_id": "int8", "version_number": "int8", "amount": "int8",
    "counts": "bool", "valid_from": "date", "valid_to": "date", "known_at": "timestamptz", "carried": "int8",
    "actual": "int8", "flow_date": "date",
}  # fmt: skip
_UNITS = "sign(v.exposure_amount)::int8 * v.capacity_units"
_RECOGNISED = f"('{ExposureKind.RECOGNISED_ASSET}', '{ExposureKind.RECOGNISED_LIABILITY}')"
_OVER = f"('{ExposureStatus.CANCELLED}', '{ExposureStatus.NO_LONGER_EXPECTED}')"


def versions_of_ended(
    *, entity_ids: Sequence[int], since: date, until: date, until_known_at: datetime
) -> Columns:
    """All approved versions of the flows that ended between two days (their expected day), by exposure and number.

    `actual`: what was settled or recognised at last, 0 where it was cancelled or is no longer expected; `carried`: what
    a split took or gave with that version; `known_at` in microseconds since 2000; a validity without an end has a late
    one.
    """
    return columns(
        _SQL,
        {"entity_ids": list(entity_ids), "since": since, "until": until, "known": until_known_at},
        _SPEC,
    )


_APPROVED = (
    " JOIN exposures_exposureversionapproval a ON a.version_id = v.id AND a.decision = 'APPROVED'"
    " AND a.recorded_at <= %(known)s"
)
#: The version that counts at the end, of flows that came to an end within the days asked for.
_ENDED = (
    "SELECT e.exposure_id, e.expected_date AS flow_date,"
    f" CASE WHEN e.status IN {_OVER} THEN 0 ELSE e.units END AS actual FROM ("
    f" SELECT DISTINCT ON (v.exposure_id) v.exposure_id, v.status, v.kind, v.expected_date, {_UNITS} AS units"
    f" FROM exposures_exposureversion v{_APPROVED}"
    " WHERE v.entity_id = ANY (%(entity_ids)s) AND v.valid_from <= %(until)s"
    " ORDER BY v.exposure_id, v.version_number DESC) e"
    f" WHERE (e.status <> '{ExposureStatus.OPEN}' OR e.kind IN {_RECOGNISED})"
    " AND e.expected_date BETWEEN %(since)s AND %(until)s"
)
_SQL = (
    f"WITH ended AS ({_ENDED}) SELECT v.exposure_id, v.entity_id, v.risk_id, v.version_number::int8,"
    f" ({_UNITS})::int8 AS amount, v.status = '{ExposureStatus.OPEN}' AS counts, v.valid_from,"
    " coalesce(v.valid_to, DATE '9999-12-31') AS valid_to, a.recorded_at AS known_at,"
    # what was split off counts as if it had been apart from the start
    f" (CASE WHEN v.split_of_id IS NULL THEN 0 ELSE CASE WHEN v.status = '{ExposureStatus.CANCELLED}' THEN 0"
    f" ELSE {_UNITS} END - coalesce(b.units, 0) END)::int8 AS carried,"
    " ended.actual::int8, ended.flow_date"
    f" FROM ended JOIN exposures_exposureversion v ON v.exposure_id = ended.exposure_id{_APPROVED}"
    " LEFT JOIN LATERAL (SELECT CASE WHEN w.status = 'CANCELLED' THEN 0 ELSE"
    " sign(w.exposure_amount)::int8 * w.capacity_units END AS units"
    " FROM exposures_exposureversion w JOIN exposures_exposureversionapproval p ON p.version_id = w.id"
    " AND p.decision = 'APPROVED' WHERE v.split_of_id IS NOT NULL AND w.exposure_id = v.exposure_id"
    " AND w.version_number < v.version_number ORDER BY w.version_number DESC LIMIT 1) b ON true"
    " ORDER BY v.exposure_id, v.version_number"
)
