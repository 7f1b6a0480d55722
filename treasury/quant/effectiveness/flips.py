"""What would flip the status of a relationship: for each criterion the room left and the value at its nearer limit.

``flips_at`` is the limit that is nearer to the value (for a miss the one that is missed): where the criterion's own
status changes. ``status_then`` is the relationship's status if this criterion alone crossed it: a pass that is lost
fails a relationship that it decides on (too few observations leave it open), a miss that is mended helps only where no
other deciding criterion fails or is open. A criterion that decides nothing changes nothing.
Units: as the criterion's value; margin + room left, − missed by. Reference: rules section 4.
Worked example: dollar offset 0.95 within 0.80–1.25 → margin 0.15, flips at 0.80, NOT_EFFECTIVE then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from treasury.quant.codes import EffectivenessStatus

EFFECTIVE, NOT_EFFECTIVE, INCONCLUSIVE, NOT_TESTED = (
    status.name
    for status in (
        EffectivenessStatus.EFFECTIVE,
        EffectivenessStatus.NOT_EFFECTIVE,
        EffectivenessStatus.INCONCLUSIVE,
        EffectivenessStatus.NOT_TESTED,
    )
)
#: A miss of it decides nothing, it leaves the test open.
COUNT = "observation_count"


def flips(status: str, criteria: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """``criteria``: rows with criterion, effectiveness_status, is_deciding, value, lower_limit, upper_limit, margin."""
    deciding = [row for row in criteria if row["is_deciding"]]
    return [
        {
            "criterion": row["criterion"],
            "is_deciding": row["is_deciding"],
            "value": row["value"],
            "margin": row["margin"],
            "flips_at": _nearer_limit(row),
            "status_then": _status_then(status, row, deciding),
        }
        for row in criteria
    ]


def _nearer_limit(row: Mapping[str, Any]) -> float | None:
    value, lower, upper = row["value"], row["lower_limit"], row["upper_limit"]
    if value is None or lower is None or upper is None:
        return lower if upper is None else upper if lower is None else None
    return float(lower if value - lower <= upper - value else upper)


def _status_then(status: str, row: Mapping[str, Any], deciding: Sequence[Mapping[str, Any]]) -> str:
    own = row["effectiveness_status"]
    if status == NOT_TESTED or not row["is_deciding"] or own not in (EFFECTIVE, NOT_EFFECTIVE, INCONCLUSIVE):
        return status
    others = {one["effectiveness_status"] for one in deciding if one["criterion"] != row["criterion"]}
    if own == EFFECTIVE:
        if row["criterion"] == COUNT:
            return INCONCLUSIVE
        return NOT_EFFECTIVE
    if NOT_EFFECTIVE in others:
        return NOT_EFFECTIVE
    return INCONCLUSIVE if others - {EFFECTIVE} else EFFECTIVE
