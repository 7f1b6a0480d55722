"""A reserve leaves equity as the hedged flows happen, and at once when they are no longer expected.

Formula: released_t = reserve · flows that happened up to t / all designated flows; the whole of it from the
period on in which they are no longer expected; release = change of released; balance = reserve − released.
Units: functional currency for the reserve, any one unit for the flows; gains +. A discontinued hedge's reserve
waits until then. Reference: IFRS 9 6.5.11(d), 6.5.12; IAS 39.100, 39.101; ASC 815-30-40-4, 40-5; rules section
5.
Worked example: reserve 30,800, flows 1/4 then all → released 7,700, 30,800; balance 23,100, 0.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.measurement.checks import booleans, changes, column, fitted, series
from treasury.quant.measurement.columns import ReleaseColumns
from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import EXACT


def reserve_release(
    reserve: ArrayLike,
    happened: ArrayLike,
    designated: ArrayLike,
    no_longer_expected: ArrayLike = False,
) -> ReleaseColumns:
    """Cumulative release, release of each period and balance, shape (n, periods), of frozen reserves (n,).

    ``happened`` is the cumulative amount of designated flows that affected profit or loss, never more than
    ``designated`` (n,) and never falling; ``no_longer_expected`` is one a period.
    """
    frozen = column("reserve", reserve)
    done = series("happened", happened)
    whole = column("designated", designated)
    if not np.all(np.asarray(whole > 0, dtype=bool)):
        raise InputError("designated", "amounts above 0")
    rows = done.shape[:-1]
    frozen = fitted("reserve", frozen, rows)[..., np.newaxis]
    whole = fitted("designated", whole, rows)[..., np.newaxis]
    if whole.dtype.kind != done.dtype.kind or not np.all(
        np.asarray((done <= whole) & (changes(done) >= 0), dtype=bool)
    ):
        raise InputError("happened", "amounts from 0 up to the designated one that do not fall")
    gone = np.logical_or.accumulate(booleans("no_longer_expected", no_longer_expected, done.shape), axis=-1)
    with localcontext(EXACT):
        released = plus_share(frozen - frozen, frozen, np.where(gone, whole, done), whole)
        return ReleaseColumns(released, changes(released), np.asarray(frozen - released))
