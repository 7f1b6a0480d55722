"""What was forecast of a flow some months before its day, as it was known then.

Rule: of a flow's versions the newest one that was approved and valid h months before the flow's day (at the end of that
day) says the forecast: its amount, or 0 where it was over then. A part counts as if it had been split off from the
start: what later splits gave or took is added. Months are calendar months; the last day of a shorter month stands for
a day that it has not. Units: int64 minor units, days as ordinals, times in microseconds since 2000. Reference: rules
section 1 (two clocks). Worked example: day 2026-08-31, 6 months before is 2026-02-28.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_EPOCH = date(1970, 1, 1).toordinal()
_CLOCK_EPOCH = date(2000, 1, 1).toordinal()
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class FlowVersions:
    """Versions of flows, shape (v,), those of a flow together and rising; `counts`: it was expected by that version."""

    flow: Ints
    amount: Ints
    counts: Bools
    valid_from: Ints
    valid_to: Ints
    known_at: Ints
    carried: Ints


def forecast_before(versions: FlowVersions, flow_days: Ints, months: int) -> tuple[Ints, Bools]:
    """Of each flow (n,) the forecast ``months`` before its day, and whether there was one; ``flow_days``: (n,), in the
    order of the flows."""
    if not versions.flow.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    starts = np.flatnonzero(np.diff(versions.flow, prepend=versions.flow[0] - 1))
    sizes = np.diff(starts, append=versions.flow.size)
    day = months_before(flow_days, months)
    known = (day - _CLOCK_EPOCH + 1) * _DAY - 1
    day_of, known_of = np.repeat(day, sizes), np.repeat(known, sizes)
    standing = (
        (versions.valid_from <= day_of) & (versions.valid_to > day_of) & (versions.known_at <= known_of)
    )
    place = np.arange(versions.flow.size)
    last = np.maximum.reduceat(np.where(standing, place, -1), starts)
    later = place > np.repeat(last, sizes)
    carried = np.add.reduceat(np.where(later, versions.carried, 0), starts)
    there = (last >= 0) & versions.counts[last]
    forecast = np.where(there, versions.amount[last], 0) + carried
    return forecast, forecast != 0


def months_before(days: Ints, months: int) -> Ints:
    """Each day that many calendar months earlier, as ordinals."""
    dates = (np.asarray(days, np.int64) - _EPOCH).astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    earlier = month - months
    into = (dates - month.astype("datetime64[D]")).astype(np.int64)
    length = ((earlier + 1).astype("datetime64[D]") - earlier.astype("datetime64[D]")).astype(np.int64)
    return np.asarray(
        earlier.astype("datetime64[D]").astype(np.int64) + np.minimum(into, length - 1) + _EPOCH, np.int64
    )
