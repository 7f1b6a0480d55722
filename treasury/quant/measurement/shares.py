"""A base plus a share of an amount, exact until the one rounding that minor units need.

Formula: base + amount · part / whole. Decimal keeps 60 digits in the division; int64 minor units are rounded
half even once, as a whole, so that what is posted from it is round_half_even(cumulative) − already posted.
Units: as the amounts. Reference: rules section 1 and 5. Worked example: −7 + 20 · 1/2 = 3.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.measurement.checks import elementwise
from treasury.quant.numbers import EXACT, Amounts

_DIVISION = Context(prec=60, rounding=ROUND_HALF_EVEN, Emin=-99_999, Emax=99_999)
#: Below it a remainder times a part stays in int64; beyond it Python's integers do the work.
_INT64_ROOT = 2**31


def plus_share(base: Amounts, amount: Amounts, part: ArrayLike, whole: ArrayLike) -> Amounts:
    """base + amount · part / whole, broadcast; ``whole`` is above 0, part = whole gives the amount itself."""
    parts, wholes = np.asarray(part), np.asarray(whole)
    if not np.all(np.asarray(wholes > 0, dtype=bool)):
        raise InputError("whole", "numbers above 0")
    if amount.dtype.kind == "i":
        return _int64_share(base, amount, parts, wholes)
    if amount.dtype.kind == "f":
        return np.asarray(base + np.where(parts == wholes, amount, amount * (parts / wholes)))
    with localcontext(EXACT):
        return np.asarray(base + elementwise(_decimal_share, amount, parts, wholes), dtype=object)


def _decimal_share(amount: Decimal, part: Any, whole: Any) -> Decimal:
    part, whole = Decimal(part), Decimal(whole)
    return amount if part == whole else _DIVISION.divide(amount * part, whole)


def _int64_share(base: Amounts, amount: Amounts, part: Amounts, whole: Amounts) -> Amounts:
    kind: Any = np.int64 if np.all(whole < _INT64_ROOT) else object
    base, amount, part, whole = (np.asarray(array).astype(kind) for array in (base, amount, part, whole))
    quotient, rest = _divided(amount, whole)
    tail, remainder = _divided(rest * part, whole)
    result = base + quotient * part + tail
    up = (2 * remainder > whole) | ((2 * remainder == whole) & (result % 2 != 0))
    return np.asarray(result + np.asarray(up, dtype=bool)).astype(np.int64)


def _divided(top: Amounts, bottom: Amounts) -> tuple[Amounts, Amounts]:
    quotient = top // bottom
    return quotient, top - quotient * bottom
