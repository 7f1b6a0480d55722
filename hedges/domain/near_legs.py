"""Cover of what a roll has closed: the near leg takes away that of its trade, position by position.

Sums over a risk or a bucket net by themselves, as the two are due on one date with opposite signs. Where hedges are
taken by the side that they protect, the near leg would cover a position of the other side and the old trade still its
own. Units: int64 minor units, signed (long +).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from hedges.queries import columns
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


def cover(hedges: Columns, at: Mapping[str, Any]) -> Int:
    """Of each hedge (rows in the order of instruments): its notional, with its near leg's; of a near leg 0."""
    pairs = columns.near_legs(at)
    ids = hedges["instrument_id"]
    found = hedges["notional"].copy()
    if not ids.size:
        return found
    near, old = (np.searchsorted(ids, pairs[name]) for name in ("near_leg_id", "instrument_id"))
    there = _is_at(ids, near, pairs["near_leg_id"]) & _is_at(ids, old, pairs["instrument_id"])
    found[old[there]] += found[near[there]]
    found[near[there]] = 0
    return found


def _is_at(ids: Int, place: Int, wanted: Int) -> np.ndarray:
    return np.asarray(ids[np.minimum(place, ids.size - 1)] == wanted)
