"""Calendar months of ordinals, as arrays."""

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import Int

#: Ordinal of 1970-01-01, from which numpy counts.
_EPOCH = 719_163


def month_of(days: ArrayLike) -> Int:
    """Months since January 1970."""
    return _dates(days).astype("datetime64[M]").astype(np.int64)


def month_ends(months: ArrayLike) -> Int:
    """The last day of each month."""
    return _first_days(np.asarray(months, dtype=np.int64) + 1) - 1


def months_after(days: ArrayLike, months: int) -> Int:
    """The same day of a later month, or its last day where it is shorter."""
    ordinals = np.asarray(days, dtype=np.int64)
    later = month_of(ordinals) + months
    return np.minimum(ordinals - _first_days(later - months) + _first_days(later), month_ends(later))


def _dates(days: ArrayLike) -> np.ndarray:
    return (np.asarray(days, dtype=np.int64) - _EPOCH).astype("datetime64[D]")


def _first_days(months: ArrayLike) -> Int:
    starts = np.asarray(months, dtype=np.int64).astype("datetime64[M]").astype("datetime64[D]")
    return starts.astype(np.int64) + _EPOCH
