"""Scaling by powers of two, which changes no digit and keeps products of huge and tiny numbers within float64."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Amounts, Bool, Float


def exponents(values: Float) -> NDArray[np.int32]:
    """The exponent of the largest size along the last axis: divided by 2^exponent all are at most 1 in size."""
    if values.shape[-1] == 0:
        return np.zeros(values.shape[:-1], dtype=np.int32)
    return np.asarray(np.frexp(np.maximum(values.max(axis=-1), -values.min(axis=-1)))[1], dtype=np.int32)


def within_range(values: Amounts) -> tuple[Amounts, Bool]:
    """Amounts, float64 ones beyond its range as NaN, and where that is (reason ``out_of_range``)."""
    if values.dtype.kind != "f":
        return values, np.zeros(values.shape, dtype=bool)
    undefined = ~np.isfinite(values)
    return (np.where(undefined, np.nan, values) if undefined.any() else values), undefined


def checked_finite(name: str, values: Float) -> Float:
    """The values, none of them NaN or infinite; else the input is refused by its name."""
    if values.size and not (np.isfinite(values.max()) and np.isfinite(values.min())):
        raise InputError(name, "finite numbers")
    return values
