"""What has become of the designated units of each item: when their flow happened, when they were lost.

Units are lost from the top down and happen from unit 0 up. The flow of a forecast or commitment has happened when its
item is recognised, at the latest when it is settled or its date is reached (`recognition`). A forecast that is not
expected any more is lost at once under IFRS 9 and IAS 39 (6.5.12(b), 39.101(c)); under ASC 815 it waits until two
months after the documented period, unless it is known that it will not occur (815-30-40-4, 40-5). A net investment
leaves when it is disposed of. Units count once: what stays after a change of volume is not designated anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exposures.enums import ExposureKind, ExposureStatus
from hedges.domain.measurement.months import months_after
from hedges.queries.measurement_columns import KINDS, STATUSES
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.enums import AccountingFramework
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns

OPEN, SETTLED, NO_LONGER_EXPECTED = (
    STATUSES.index(status)
    for status in (ExposureStatus.OPEN, ExposureStatus.SETTLED, ExposureStatus.NO_LONGER_EXPECTED)
)
NET_INVESTMENT = KINDS.index(ExposureKind.NET_INVESTMENT)
ASC815 = FRAMEWORKS.index(AccountingFramework.ASC815)
#: A time allowed beyond the documented period (815-30-40-4).
MONTHS_ALLOWED = 2


@dataclass(frozen=True, slots=True)
class Events:
    """One row an event: relationship's row, date, units (≥ 0) that begin, happen or are lost."""

    relationship: Int
    date: Int
    begun: Int
    happening: Int
    lost: Int


def events(found: Columns, items: Columns, facts: Columns, as_of: int) -> Events:
    """Of every item's units up to the date, in no particular order."""
    fresh = np.flatnonzero(items["struck_on"] >= items["period_from"])
    layer = {name: values[fresh] for name, values in items.items()}
    relationship = np.searchsorted(found["relationship_id"], layer["relationship_id"])
    waits = found["framework"][relationship] == ASC815
    allowed = months_after(found["hedge_end_date"][relationship], MONTHS_ALLOWED)
    size = layer["unit_to"] - layer["unit_from"]
    zero = np.zeros_like(size)
    parts = [(relationship, layer["period_from"], size, zero, zero)]
    first = np.searchsorted(facts["exposure_id"], layer["exposure_id"], side="left")
    count = np.searchsorted(facts["exposure_id"], layer["exposure_id"], side="right") - first
    left = size.copy()
    for number in range(int(count.max(initial=0))):
        rows = np.flatnonzero(count > number)
        fact = first[rows] + number
        seen = {name: values[fact] for name, values in facts.items()}
        begin = np.maximum(seen["counts_from"], layer["period_from"][rows])
        counts = seen["counts_to"] > layer["period_from"][rows]
        gone_on, alive = _alive(layer, rows, seen, begin, waits[rows], allowed[rows])
        lost = np.where(counts & (gone_on <= as_of) & (gone_on < seen["counts_to"]), left[rows] - alive, 0)
        lost = np.maximum(lost, 0)
        left[rows] -= lost
        on = _happens_on(seen, begin, layer["recognised_on"][rows])
        happening = np.where(counts & (on <= as_of) & (on < seen["counts_to"]), left[rows], 0)
        left[rows] -= happening
        own = relationship[rows]
        parts += [
            (own, gone_on, zero[rows], zero[rows], lost),
            (own, on, zero[rows], happening, zero[rows]),
        ]
    return _joined(parts)


def _alive(layer: Columns, rows: Int, seen: Columns, begin: Int, waits: Int, allowed: Int) -> tuple[Int, Int]:
    """How many units of the layer are left by this version, and from when on."""
    units = layer["units"][rows]
    same_side = np.sign(seen["amount_units"]) == np.sign(units)
    capacity = np.where(same_side, np.abs(seen["amount_units"]), 0)
    remains = np.clip(capacity - layer["unit_from"][rows], 0, np.abs(units))
    # Net assets that shrink are not disposed of: what was taken to equity stays there.
    remains = np.where(seen["kind"] == NET_INVESTMENT, np.abs(units), remains)
    expected = np.isin(seen["status"], (OPEN, SETTLED))
    doubtful = (seen["status"] == NO_LONGER_EXPECTED) & waits
    return np.where(doubtful, np.maximum(begin, allowed), begin), np.where(expected, remains, 0)


def _happens_on(seen: Columns, begin: Int, recognised_on: Int) -> Int:
    """The date of the flow by this version; a date beyond all where it does not say one."""
    never = np.iinfo(np.int64).max
    settled = np.where(
        seen["kind"] == NET_INVESTMENT, begin, np.maximum(np.minimum(begin, seen["expected_date"]), 0)
    )
    reached = np.where(seen["kind"] == NET_INVESTMENT, never, np.maximum(begin, seen["expected_date"]))
    reached = np.where(seen["counts_from"] >= recognised_on, begin, reached)
    return np.select([seen["status"] == SETTLED, seen["status"] == OPEN], [settled, reached], never)


def _joined(parts: Sequence[tuple[Int, ...]]) -> Events:
    rows = [np.concatenate(column) for column in zip(*parts, strict=True)]
    something = (rows[2] + rows[3] + rows[4]) > 0
    return Events(*(column[something] for column in rows))
