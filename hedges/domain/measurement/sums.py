"""Changes of layers added up by relationship at its knots, and where they can be relied on."""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.frame import FIRST_KNOT, START, STRUCK, Frame, Posted
from hedges.domain.measurement.periods import IFRS9
from treasury.quant.codes import Reason
from treasury.quant.numbers import Bool, Int, Mask, where_reason


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the values of a relationship are known, (relationships, knots), and why they are not."""

    at_knots: Bool
    known: Bool
    reasons: Mask


def added(frame: Frame, relationship: Int, values: Posted) -> Int:
    """Changes since each layer's start, (relationships, knots)."""
    result = np.zeros(frame.knots.dates.shape, dtype=np.int64)
    np.add.at(result, relationship, values.changes)
    return result


def seen(frame: Frame, parts: list[tuple[Int, Posted]]) -> Seen:
    """A relationship is known where every layer's start and every knot that something hangs on have values.

    Under IFRS 9 the end of a month is no such knot: its cumulative figures are the same whatever lies between.
    """
    shape = frame.knots.dates.shape
    at_knots, needed = np.ones(shape, dtype=bool), frame.knots.needed.copy()
    needed[frame.found["framework"] != IFRS9] = True
    known = np.ones(shape[0], dtype=bool)
    stale, broken = np.zeros(shape[0], dtype=bool), np.zeros(shape[0], dtype=bool)
    for relationship, values in parts:
        np.logical_and.at(at_knots, relationship, values.known[:, FIRST_KNOT:])
        begun = values.known[:, STRUCK] & values.known[:, START]
        np.logical_and.at(known, relationship, begun)
        asked = np.concatenate([np.ones((relationship.size, 2), dtype=bool), needed[relationship]], axis=1)
        np.logical_or.at(stale, relationship, (values.stale & asked).any(axis=1))
        np.logical_or.at(broken, relationship, (values.not_built & asked).any(axis=1))
    known &= (at_knots | ~needed).all(axis=1)
    why = where_reason(~known & stale, Reason.STALE_DATA)
    why |= where_reason(~known & broken, Reason.CURVE_NOT_BUILT)
    why |= where_reason(~known & ~stale & ~broken, Reason.MISSING_DATA)
    return Seen(at_knots, known, why)


def carried(changes: Int, at_knots: Bool) -> Int:
    """Where a knot has no value the one before stands for it, so that it moves nothing."""
    result = changes.copy()
    for knot in range(1, changes.shape[1]):
        result[:, knot] = np.where(at_knots[:, knot], changes[:, knot], result[:, knot - 1])
    return result
