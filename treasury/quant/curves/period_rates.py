"""The floating rate of a period: projected from a curve, or its fixing once the period has begun.

Formula: f = (D(start)/D(end) − 1)/accrual. Units: simple rate per year, accrual in the period's own day count.
Reference: rules section 3.
Worked example: D(start) 0.99, D(end) 0.98, accrual 0.5 → 0.0204081632653061.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import Float, floats


def period_rates(
    start: ArrayLike,
    end: ArrayLike,
    start_factor: ArrayLike,
    end_factor: ArrayLike,
    accruals: ArrayLike,
    known_fixing: ArrayLike = np.nan,
) -> Float:
    """Rates per period; all arguments broadcast. ``start`` and ``end`` count from the as-of date, in days or
    years.

    A period that starts today (0) takes the fixing if one is known, else the curve; one that began earlier
    has only the fixing (NaN where it is missing), whatever its ``start_factor``. A period that has ended
    has no rate: NaN. No period ends before it begins.
    """
    arrays = (
        np.asarray(start),
        np.asarray(end),
        *map(floats, (start_factor, end_factor, accruals, known_fixing)),
    )
    if len({array.shape for array in arrays}) > 1:
        arrays = np.broadcast_arrays(*arrays)
    begin, finish, start_factors, end_factors, accrual, fixing = arrays
    with np.errstate(all="ignore"):
        rates = np.asarray(start_factors / end_factors)
        rates -= 1.0
        rates /= accrual
    # Few periods have begun: they are put right one by one instead of choosing for every period.
    begun = np.flatnonzero(begin <= 0)
    if begun.size:
        flat, known = rates.reshape(-1), fixing.reshape(-1)[begun]
        own = np.where((begin.reshape(-1)[begun] < 0) | ~np.isnan(known), known, flat[begun])
        flat[begun] = np.where(finish.reshape(-1)[begun] < 0, np.nan, own)
    return rates
