"""From when on the flow of a designated forecast or commitment stands in the books, and how much of it is still hedged.

The flow has happened when the item that it led to is recognised, not when that item is paid: on the first day of the
approved version of the exposure that says so (6.5.9, 6.5.11(d); IAS 39.97, 39.98; ASC 815-30-35-38). What was
designated as recognised, and interest that follows its item over a term, have no such day. Units are still hedged until
their payment or until they are taken out; what is gained on them by then offsets their remeasurement (IAS 21.28).
"""

import numpy as np

from exposures.enums import ExposureKind, ExposureStatus
from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.knots import last_day
from hedges.enums import ReleasePattern
from hedges.queries.measurement_columns import KINDS, PATTERNS, STATUSES
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

FORECASTS = [
    KINDS.index(kind)
    for kind in (ExposureKind.FORECAST, ExposureKind.HIGHLY_PROBABLE_FORECAST, ExposureKind.FIRM_COMMITMENT)
]
RECOGNISED = [
    KINDS.index(kind) for kind in (ExposureKind.RECOGNISED_ASSET, ExposureKind.RECOGNISED_LIABILITY)
]
WITH_FLOW = [PATTERNS.index(name) for name in (ReleasePattern.WITH_ITEM, ReleasePattern.BASIS_ADJUSTMENT)]
OPEN = STATUSES.index(ExposureStatus.OPEN)
#: A date after all others.
NEVER = int(np.iinfo(np.int32).max)


def recognised_on(found: Columns, items: Columns, facts: Columns) -> Int:
    """Of every layer of items; `NEVER` where the item is not in the books, or always was."""
    says_so = (facts["status"] == OPEN) & np.isin(facts["kind"], RECOGNISED)
    exposure, day = facts["exposure_id"][says_so], facts["counts_from"][says_so]
    exposure, first = np.unique(exposure, return_index=True)
    place = np.minimum(np.searchsorted(exposure, items["exposure_id"]), max(exposure.size - 1, 0))
    relationship = np.searchsorted(found["relationship_id"], items["relationship_id"])
    can = np.isin(items["kind"], FORECASTS) & np.isin(found["pattern"][relationship], WITH_FLOW)
    if not exposure.size:
        return np.full(can.size, NEVER, dtype=np.int64)
    return np.where(can & (exposure[place] == items["exposure_id"]), day[first][place], NEVER)


def hedged_until(items: Columns) -> Int:
    """The day on which the hedged flow of each layer stops moving: its payment, or the layer's last day."""
    return np.minimum(last_day(items), items["expected_date"])


def in_force(frame: Frame, items: Columns) -> tuple[Int, Int]:
    """Units that stand in the books and are still hedged from each knot on, and all that are hedged."""
    own = frame.relationship(items)
    dates, size = frame.knots.dates[own], np.abs(items["units"])[:, None]
    hedged = (items["period_from"][:, None] <= dates) & (dates < hedged_until(items)[:, None])
    booked = hedged & (items["recognised_on"][:, None] <= dates)
    return _added(frame, own, booked, size), _added(frame, own, hedged, size)


def _added(frame: Frame, own: Int, there: Bool, size: Int) -> Int:
    result = np.zeros(frame.knots.dates.shape, dtype=np.int64)
    np.add.at(result, own, np.where(there, size, 0))
    return result
