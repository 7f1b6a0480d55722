"""The lower of two cumulative changes, in absolute amounts: what a cash flow hedge may keep in equity.

Formula: L = sign(a)·min(|a|, |b|), 0 where the signs differ or one of them is zero. Units: as the amounts,
gains +.
Reference: IFRS 9 6.5.11(a); IAS 39.96(a); rules section 5. Worked example: 40 and 42 → 40; −10 and 5 → 0.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.measurement.checks import only_where
from treasury.quant.numbers import Amounts


def lower_of(first: Amounts, second: Amounts) -> Amounts:
    """The one of smaller size where both have the same sign, else zero; arrays of one shape."""
    same_sign = np.asarray(((first > 0) & (second > 0)) | ((first < 0) & (second < 0)), dtype=bool)
    smaller = np.where(np.asarray(np.abs(first) <= np.abs(second), dtype=bool), first, second)
    return only_where(same_sign, smaller)
