"""What is posted is the rounded cumulative amount less what was posted already.

Formula: posted_t = round_half_even(cumulative_t) − Σ posted before t, so that the postings always add up to the
rounded cumulative amount. Units: amounts in major units (Decimal, float64) to int64 minor units; int64 amounts
are minor units already. Reference: rules section 1.
Worked example: cumulative 10.125, then 10.135 in cents → 1012 (half even), then 1014 − 1012 = 2.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.kernel.money import MINOR_UNIT_LIMIT, round_to_minor_units
from treasury.quant.measurement.checks import changes, column, elementwise, fitted
from treasury.quant.numbers import EXACT, Amounts, Int


def rounded_minor_units(cumulative: ArrayLike, unit_exponents: ArrayLike) -> Int:
    """Cumulative amounts in int64 minor units, half even; ``unit_exponents`` broadcast (``money.exponents``)."""
    array = column("cumulative", cumulative)
    places: Int = fitted("unit_exponents", np.asarray(unit_exponents, dtype=np.int64), array.shape)
    if array.dtype.kind == "i":
        return np.asarray(array)
    if array.dtype.kind == "f":
        return round_to_minor_units(array, places)
    with localcontext(EXACT):
        counts = elementwise(_minor_units, array, places)
    if counts.size and np.abs(counts).max() >= MINOR_UNIT_LIMIT:
        raise InputError("cumulative", "amounts below 2^53 minor units")
    return counts.astype(np.int64)


def _minor_units(amount: Decimal, places: int) -> int:
    return int(amount.scaleb(int(places)).to_integral_value(ROUND_HALF_EVEN))


def amounts_to_post(cumulative: ArrayLike, already_posted: ArrayLike, unit_exponents: ArrayLike) -> Int:
    """int64 minor units to post now, of cumulative amounts and of what was posted; same shape."""
    rounded = rounded_minor_units(cumulative, unit_exponents)
    posted: Amounts = np.asarray(already_posted)
    if posted.dtype.kind not in "iu" or posted.shape != rounded.shape:
        raise InputError(
            "already_posted", f"int64 minor units of shape {rounded.shape}", got=str(posted.dtype)
        )
    return np.asarray(rounded - posted.astype(np.int64))


def postings(cumulative: ArrayLike, unit_exponents: ArrayLike) -> Int:
    """int64 minor units to post in each period, of cumulative amounts with the periods on the last axis."""
    return np.asarray(changes(rounded_minor_units(cumulative, unit_exponents)))
