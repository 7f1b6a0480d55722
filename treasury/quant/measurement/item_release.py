"""What is kept in equity leaves it with the hedged items: a share of it with each item, all of it with the last.

Formula, knot by knot: released_k = released_(k−1) + (kept_k − released_(k−1))·leaving_k / still there before k; where
nothing is still there, released_k = kept_k. Units leave because their flow happens or because it is not expected any
more; what leaves at one knot is split between the two in proportion, the second first. Afterwards: of what is gained on
units that are still hedged while their item stands in the books already, change since · such units / units hedged goes
to profit or loss as it arises, as the item is remeasured. What was taken out by then for another reason (a loss that
will not be recovered) is not there any more to be released.
Units: kept cumulative, functional currency, gains +; items in any one unit, never negative. Reference: IFRS 9
6.5.11(d), 6.5.12; IAS 21.28; IAS 39.97 to 39.101; ASC 815-30-35-3, 35-38 to 35-41, 40-4, 40-5; rules section 5.
Worked example: kept 30,800, a quarter happens, the rest later → 7,700, then 30,800. Kept 800 at the one invoice, 900 at
its payment → 800 with the item, 100 afterwards.

A share of what is kept then, not of what is kept at the end: a part that has left is not written again when the rest
goes on to be measured. A knot at which nothing leaves changes nothing.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.measurement.checks import series
from treasury.quant.measurement.columns import ItemReleaseColumns
from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import EXACT, Amounts, Bool, Int


def item_release(
    kept: ArrayLike,
    happening: ArrayLike,
    lost: ArrayLike,
    designated: ArrayLike,
    in_books: ArrayLike,
    hedged: ArrayLike,
    taken: ArrayLike | None = None,
) -> ItemReleaseColumns:
    """Cumulative amounts that left with flows that happened, with flows lost, and afterwards; shape (n, knots).

    ``happening`` and ``lost`` are the units that leave at each knot, ``designated`` the units that have ever been
    designated by then; from each knot on ``hedged`` units are in the hedge, of which ``in_books`` have happened (whole
    numbers, shape (n, knots)). ``taken``: out of what waits, cumulative at each knot, after what leaves there.
    """
    amount = series("kept", kept)
    done, gone = _units("happening", happening, amount.shape), _units("lost", lost, amount.shape)
    ever = _units("designated", designated, amount.shape)
    booked, open_units = _units("in_books", in_books, amount.shape), _units("hedged", hedged, amount.shape)
    if np.any(booked > open_units):
        raise InputError("in_books", "no more units than are hedged")
    out_before = _before(amount, taken)
    left = np.cumsum(done + gone, axis=-1)
    if np.any(left > ever):
        raise InputError("designated", "no fewer units than have left")
    if np.any(ever[..., 1:] < ever[..., :-1]):
        raise InputError("designated", "units that do not fall")
    leaving = done + gone
    waiting = ever - left + leaving
    moves = (leaving > 0) | _changes(ever) | _changes(booked) | _changes(open_units)
    with localcontext(EXACT):
        zero = amount - amount
        with_items, with_lost, with_none = zero.copy(), zero.copy(), zero.copy()
        happened, lost_so_far, afterwards = zero[..., 0], zero[..., 0], zero[..., 0]
        since, before = amount[..., 0], afterwards
        for knot in range(amount.shape[-1]):
            if knot:  # Up to here, and where nothing waited all of it: what is designated only now has no share in it.
                ever_before, left_before = ever[..., knot - 1], left[..., knot - 1]
                all_left = (left_before == ever_before) & (left_before > 0)
                whole = np.where(all_left, 1, np.maximum(open_units[..., knot - 1], 1))
                part = np.where(all_left, 1, booked[..., knot - 1])
                afterwards = plus_share(before, amount[..., knot] - since, part, whole)
            rest = amount[..., knot] - happened - lost_so_far - afterwards - out_before[..., knot]
            out, there = leaving[..., knot], waiting[..., knot]
            last = (there == out) & (ever[..., knot] > 0)
            part = plus_share(
                zero[..., 0], rest, np.where(last, np.maximum(there, 1), out), np.maximum(there, 1)
            )
            not_expected = plus_share(zero[..., 0], part, gone[..., knot], np.maximum(out, 1))
            happened, lost_so_far = happened + part - not_expected, lost_so_far + not_expected
            since = np.where(moves[..., knot], amount[..., knot], since)
            before = np.where(moves[..., knot], afterwards, before)
            with_items[..., knot], with_lost[..., knot] = happened, lost_so_far
            with_none[..., knot] = afterwards
    return ItemReleaseColumns(with_items, with_lost, with_none)


def _before(amount: Amounts, values: ArrayLike | None) -> Amounts:
    """What was taken out up to the knot before."""
    taken = np.asarray(amount - amount) if values is None else series("taken", values)
    if taken.shape != amount.shape:
        raise InputError("taken", f"the shape {amount.shape} of kept", got=str(taken.shape))
    first = taken[..., :1]
    return np.concatenate([first - first, taken[..., :-1]], axis=-1)


def _changes(units: Int) -> Bool:
    """Where units differ from those of the knot before."""
    return np.asarray(np.diff(units, axis=-1, prepend=units[..., :1]) != 0)


def _units(field: str, values: ArrayLike, shape: tuple[int, ...]) -> Int:
    array = np.asarray(values)
    if array.dtype.kind not in "iu" or array.shape != shape or (array.size and array.min() < 0):
        raise InputError(field, f"whole numbers from 0 of the shape {shape}", got=str(array.shape))
    if array.size and array.astype(np.float64).sum(axis=-1).max() >= 2.0**62:
        raise InputError(field, "units that add up to less than 2^62")
    return array.astype(np.int64)
