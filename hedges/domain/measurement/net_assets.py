"""A net investment counts for a month with what there is of it at the month's start, at most what is designated.

The change of each month is that of the lesser amount, never below zero; what was booked is not scaled anew.
Reference: IFRS 9 6.5.13; IFRIC 16.11; rules section 5.
"""

from dataclasses import replace

import numpy as np

from hedges.domain.measurement.events import NET_INVESTMENT
from hedges.domain.measurement.frame import FIRST_KNOT, START, Frame, Posted
from hedges.domain.measurement.months import month_ends, month_of
from hedges.domain.measurement.sums import carried
from treasury.quant.measurement.net_assets import counted_changes
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


def capped(frame: Frame, layers: Columns, facts: Columns, values: Posted) -> Posted:
    """Values of item layers, those of net investments with no more than the net assets."""
    rows = np.flatnonzero(layers["kind"] == NET_INVESTMENT)
    if not rows.size:
        return values
    own = {name: column[rows] for name, column in layers.items()}
    knots = frame.knots.dates[frame.relationship(layers)[rows]]
    starts = np.maximum(month_ends(month_of(knots) - 1), own["period_from"][:, None])
    size = np.abs(own["units"])[:, None]
    share = _available(own, facts, starts) / size
    changes = carried(values.changes[rows], values.known[rows, FIRST_KNOT:])
    counted = counted_changes(changes, share)
    minor = values.minor.copy()
    minor[rows, FIRST_KNOT:] = minor[rows, START : START + 1] + np.rint(counted).astype(np.int64)
    return replace(values, minor=minor)


def _available(layers: Columns, facts: Columns, days: Int) -> Int:
    """Units of each layer that there were on some days, (layers, days)."""
    size = np.abs(layers["units"])
    result = np.repeat(size[:, None], days.shape[1], axis=1)
    first = np.searchsorted(facts["exposure_id"], layers["exposure_id"], side="left")
    count = np.searchsorted(facts["exposure_id"], layers["exposure_id"], side="right") - first
    for number in range(int(count.max(initial=0))):
        rows = np.flatnonzero(count > number)
        seen = {name: values[first[rows] + number][:, None] for name, values in facts.items()}
        same_side = np.sign(seen["amount_units"]) == np.sign(layers["units"][rows])[:, None]
        there = np.where(same_side, np.abs(seen["amount_units"]), 0) - layers["unit_from"][rows][:, None]
        on = (seen["counts_from"] <= days[rows]) & (days[rows] < seen["counts_to"])
        result[rows] = np.where(on, np.clip(there, 0, size[rows][:, None]), result[rows])
    return result
