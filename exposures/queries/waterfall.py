"""Exposures at two snapshots as columns, with what splits moved between them: the source of the waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from exposures.enums import ExposureKind, ExposureStatus
from treasury.kernel.money import MINOR_UNIT_LIMIT
from treasury.quant.ratios.exposure_waterfall import Ending, Snapshot
from treasury.queries.copy import columns
from treasury.queries.known import applicable_sql

KINDS = list(ExposureKind.values)
_ENDINGS = {
    ExposureStatus.SETTLED: Ending.SETTLED,
    ExposureStatus.CANCELLED: Ending.CANCELLED,
    ExposureStatus.NO_LONGER_EXPECTED: Ending.NO_LONGER_EXPECTED,
}
_SPEC = {
    "exposure_id": "int8", "entity_id": "int8", "risk_id": "int8",
    "opening": "int8", "opening_month": "int8", "opening_kind": "int8",
    "restated": "int8", "restated_month": "int8", "restated_kind": "int8",
    "closing": "int8", "closing_month": "int8", "closing_kind": "int8",
    "carried": "int8", "ending": "int8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Snapshots:
    """What `exposure_waterfall` takes, with the exposure, entity and risk of each row."""

    exposure_id: NDArray[np.int64]
    entity_id: NDArray[np.int64]
    risk_id: NDArray[np.int64]
    opening: Snapshot
    restated: Snapshot
    closing: Snapshot
    carried: NDArray[np.int64]
    ending: NDArray[np.int64]


def snapshots(
    *, entity_ids: Sequence[int], since: date, since_known_at: datetime, until: date, until_known_at: datetime
) -> Snapshots:
    """One read. Months count from year 0; an exposure whose risk has changed has a row for each of its risks."""
    found = columns(
        _SQL,
        {
            "entity_ids": list(entity_ids), "since": since, "since_known": since_known_at, "until": until,
            "known": until_known_at,
        },
        _SPEC,
    )  # fmt: skip
    if found["exposure_id"].size and np.abs(found["carried"]).max() >= MINOR_UNIT_LIMIT:
        raise ValueError("splits carry more minor units than an amount can have")
    opening, restated, closing = (
        Snapshot(found[name], found[f"{name}_month"], found[f"{name}_kind"])
        for name in ("opening", "restated", "closing")
    )
    return Snapshots(
        found["exposure_id"], found["entity_id"], found["risk_id"], opening, restated, closing, found["carried"],
        found["ending"],
    )  # fmt: skip


def _at(day: str, known: str) -> str:
    inner = applicable_sql("exposures_exposureversion", "exposure_id")
    inner = inner.replace("%(as_of_date)s", f"%({day})s").replace("%(known_at)s", f"%({known})s")
    return (
        "SELECT v.exposure_id, v.entity_id, v.risk_id, v.version_number, v.status, v.expected_date,"
        " sign(v.exposure_amount)::int8 * v.capacity_units AS units,"
        f" v.status = '{ExposureStatus.OPEN}' AND v.expected_date >= %({day})s::date AS counts,"
        " extract(year FROM v.expected_date)::int8 * 12 + extract(month FROM v.expected_date)::int8 - 1 AS month,"
        f" array_position(ARRAY[{', '.join(repr(kind) for kind in KINDS)}], v.kind::text)::int8 - 1 AS kind"
        f" FROM ({inner}) v WHERE v.entity_id = ANY (%(entity_ids)s)"
    )


def _snapshot(letter: str, name: str, *, counted: bool) -> str:
    amount = f"CASE WHEN {letter}.counts THEN {letter}.units END" if counted else f"{letter}.units"
    return (
        f" coalesce({amount}, 0)::int8 AS {name}, coalesce({letter}.month, 0)::int8 AS {name}_month,"
        f" coalesce({letter}.kind, 0)::int8 AS {name}_kind,"
    )


#: Of a version that a split made: how much more the exposure had by it than by the approved version before it.
_SPLITS = (
    "SELECT v.exposure_id, v.version_number, CASE WHEN v.status = 'CANCELLED' THEN 0 ELSE"
    " sign(v.exposure_amount)::int8 * v.capacity_units END - coalesce(b.units, 0) AS units"
    " FROM exposures_exposureversion v JOIN exposures_exposureversionapproval a ON a.version_id = v.id"
    " AND a.decision = 'APPROVED' AND a.recorded_at <= %(known)s"
    " LEFT JOIN LATERAL (SELECT CASE WHEN w.status = 'CANCELLED' THEN 0 ELSE"
    " sign(w.exposure_amount)::int8 * w.capacity_units END AS units"
    " FROM exposures_exposureversion w JOIN exposures_exposureversionapproval p ON p.version_id = w.id"
    " AND p.decision = 'APPROVED' WHERE w.exposure_id = v.exposure_id AND w.version_number < v.version_number"
    " ORDER BY w.version_number DESC LIMIT 1) b ON true"
    " WHERE v.split_of_id IS NOT NULL AND v.entity_id = ANY (%(entity_ids)s)"
)
_ENDING = " ".join(f"WHEN c.status = '{status}' THEN {int(ending)}" for status, ending in _ENDINGS.items())
_SQL = (
    f"WITH o AS MATERIALIZED ({_at('since', 'since_known')}), r AS MATERIALIZED ({_at('since', 'known')}),"
    f" c AS MATERIALIZED ({_at('until', 'known')}), splits AS ({_SPLITS}),"
    " carried AS (SELECT s.exposure_id, c.risk_id, sum(s.units)::int8 AS units FROM splits s"
    " JOIN c ON c.exposure_id = s.exposure_id AND s.version_number <= c.version_number"
    " LEFT JOIN r ON r.exposure_id = s.exposure_id"
    " WHERE s.version_number > coalesce(r.version_number, 0) GROUP BY 1, 2),"
    " x AS (SELECT exposure_id, entity_id, risk_id FROM o UNION SELECT exposure_id, entity_id, risk_id FROM r"
    " UNION SELECT exposure_id, entity_id, risk_id FROM c)"
    " SELECT x.exposure_id, x.entity_id, x.risk_id,"
    + _snapshot("o", "opening", counted=True)
    + _snapshot("r", "restated", counted=True)
    + _snapshot("c", "closing", counted=False)
    + " coalesce(t.units, 0)::int8 AS carried,"
    # what was over before the first snapshot and is over still is no part of what happened between them
    f" (CASE WHEN c.exposure_id IS NULL OR NOT r.counts AND NOT c.counts THEN {int(Ending.NONE)}"
    f" WHEN c.counts THEN {int(Ending.OPEN)} {_ENDING}"
    f" ELSE {int(Ending.LAPSED)} END)::int8 AS ending"
    " FROM x LEFT JOIN o USING (exposure_id, risk_id) LEFT JOIN r USING (exposure_id, risk_id)"
    " LEFT JOIN c USING (exposure_id, risk_id) LEFT JOIN carried t USING (exposure_id, risk_id)"
    " ORDER BY x.exposure_id, x.risk_id"
)
