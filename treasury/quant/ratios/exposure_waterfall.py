"""Why the open exposure of one snapshot is another one in the next: parts that add up to the difference, to the unit.

Formula, an exposure: closing = opening + correction + split + new + revised + ended. correction = opening as it is
known now − opening as it was known then; split: what was split off or on; revised = last amount − (opening as known
now + split), new where that is nothing; ended = −last amount, by what it ended with. A later date and another kind move
an amount between months and kinds and add up to nothing. Units: int64 minor units, signed as the exposure. Reference:
rules section 1 (signs, two clocks). Worked example: 100 open, 40 of it split off and settled, 60 revised to 75: opening
100, revised 15, settled −40, closing 75.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Part(IntEnum):
    """The parts in the order in which they are shown."""

    OPENING = 0
    CORRECTION = 1
    SPLIT = 2
    NEW = 3
    REVISED_UP = 4
    REVISED_DOWN = 5
    MOVED = 6
    KIND_CHANGED = 7
    SETTLED = 8
    CANCELLED = 9
    NO_LONGER_EXPECTED = 10
    LAPSED = 11
    CLOSING = 12


class Ending(IntEnum):
    """How an exposure stands at the end; LAPSED: its date or validity is past without a settlement."""

    OPEN = 0
    SETTLED = 1
    CANCELLED = 2
    NO_LONGER_EXPECTED = 3
    LAPSED = 4
    NONE = 5


#: The part that each ending is shown as.
ENDED = {
    Ending.SETTLED: Part.SETTLED,
    Ending.CANCELLED: Part.CANCELLED,
    Ending.NO_LONGER_EXPECTED: Part.NO_LONGER_EXPECTED,
    Ending.LAPSED: Part.LAPSED,
    Ending.NONE: Part.LAPSED,
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Per exposure, shape (n,): amount counted (0: none), month (any rising number) and kind (a code) of it."""

    amount: Ints
    month: Ints
    kind: Ints


@dataclass(frozen=True, slots=True)
class WaterfallRows:
    """One row a part of an exposure that is not zero: its place among the n exposures, part, month, kind, amount."""

    exposure: Ints
    part: Ints
    month: Ints
    kind: Ints
    amount: Ints


def exposure_waterfall(
    opening: Snapshot, restated: Snapshot, closing: Snapshot, carried: Ints, ending: Ints
) -> WaterfallRows:
    """The parts of n exposures as rows. `restated`: the opening as it is known at the end; `closing`: the amount of the
    last version whatever its state; `carried`: what splits moved to it between the two; `ending`: codes of ``Ending``.

    An exposure without a version at the end (``Ending.NONE``) ends as it began.
    """
    none = ending == Ending.NONE
    begin = restated.amount + carried
    known = restated.amount != 0
    last = np.where(none, begin, closing.amount)
    month = np.where(none, restated.month, closing.month)
    kind = np.where(none, restated.kind, closing.kind)
    month_before = np.where(known, restated.month, month)
    kind_before = np.where(known, restated.kind, kind)
    change, fresh = last - begin, begin == 0
    larger = np.abs(last) > np.abs(begin)
    moved = np.where((month_before != month) & ~fresh, begin, 0)
    turned = np.where((kind_before != kind) & ~fresh, begin, 0)
    pieces = [
        (Part.OPENING, opening.month, opening.kind, opening.amount),
        *_shifted(Part.CORRECTION, opening, restated),
        (Part.SPLIT, month_before, kind_before, carried),
        (Part.NEW, month, kind, np.where(fresh, change, 0)),
        (Part.REVISED_UP, month, kind, np.where(~fresh & larger, change, 0)),
        (Part.REVISED_DOWN, month, kind, np.where(~fresh & ~larger, change, 0)),
        (Part.MOVED, month_before, kind_before, -moved),
        (Part.MOVED, month, kind_before, moved),
        (Part.KIND_CHANGED, month, kind_before, -turned),
        (Part.KIND_CHANGED, month, kind, turned),
        *((part, month, kind, np.where(ending == how, -last, 0)) for how, part in ENDED.items()),
        (Part.CLOSING, month, kind, np.where(ending == Ending.OPEN, last, 0)),
    ]
    return _rows(pieces)


def _shifted(part: Part, before: Snapshot, after: Snapshot) -> list[tuple[Part, Ints, Ints, Ints]]:
    """Out of one month and kind into another; the difference alone where both are the same."""
    alike = (before.month == after.month) & (before.kind == after.kind)
    alone = alike | (before.amount == 0) | (after.amount == 0)
    here = before.amount != 0
    return [
        (
            part,
            np.where(alone & ~here, after.month, before.month),
            np.where(alone & ~here, after.kind, before.kind),
            np.where(alone, after.amount - before.amount, -before.amount),
        ),
        (part, after.month, after.kind, np.where(alone, 0, after.amount)),
    ]


def _rows(pieces: list[tuple[Part, Ints, Ints, Ints]]) -> WaterfallRows:
    """Only what is not zero, the parts in their order, within a part the exposures in theirs."""
    found = [np.flatnonzero(amount) for *_, amount in pieces]
    return WaterfallRows(
        exposure=np.concatenate(found),
        part=np.repeat(np.array([int(part) for part, *_ in pieces]), [places.size for places in found]),
        month=np.concatenate([month[at] for (_, month, _, _), at in zip(pieces, found, strict=True)]),
        kind=np.concatenate([kind[at] for (_, _, kind, _), at in zip(pieces, found, strict=True)]),
        amount=np.concatenate([amount[at] for (*_, amount), at in zip(pieces, found, strict=True)]),
    )
