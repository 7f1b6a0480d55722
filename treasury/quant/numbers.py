"""Exact ratios, products and comparisons under the formulas.

``values`` are int64 minor units (the night), Decimal objects (a calculator) or float64. Ratios come back as
float64; where a ratio meets an edge such as 0.80 the comparison is decided on the exact numbers, never on
the float.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.kernel.errors import InputError

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
Mask = NDArray[np.int64]
Amounts = NDArray[Any]
Ratios = ArrayLike | Decimal

#: Sums and products of Decimal inputs are exact at this precision; only a division rounds.
EXACT = Context(prec=2200, rounding=ROUND_HALF_EVEN, Emin=-99_999, Emax=99_999)
_DIVISION = Context(prec=60, rounding=ROUND_HALF_EVEN, Emin=-99_999, Emax=99_999)
_NEAR = 1e-9
_RATIO_SCALE = 1_000_000


def floats(values: Ratios) -> Float:
    """Any array of numbers as float64; Decimal objects are rounded once."""
    return np.asarray(values, dtype=np.float64)


def amounts(values: ArrayLike) -> Amounts:
    """An array of amounts as it is computed on: Decimal objects, int64 minor units, or float64."""
    array = np.asarray(values)
    if array.dtype.kind == "O":
        return array
    return array.astype(np.int64) if array.dtype.kind in "iub" else array.astype(np.float64)


def ratio(numerator: ArrayLike, denominator: ArrayLike) -> Float:
    """numerator / denominator as float64, NaN where the denominator is zero; broadcasts.

    Decimal objects are divided in Decimal and rounded once. A quotient beyond float64 comes back infinite.
    """
    top, bottom = np.broadcast_arrays(amounts(numerator), amounts(denominator))
    if "O" in (top.dtype.kind, bottom.dtype.kind):
        result = np.full(top.shape, np.nan)
        defined = np.asarray(bottom != 0, dtype=bool)
        pairs = zip(top[defined].tolist(), bottom[defined].tolist(), strict=True)
        result[defined] = [float(_DIVISION.divide(Decimal(a), Decimal(b))) for a, b in pairs]
        return result
    result = np.full(top.shape, np.nan)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        np.divide(top, bottom, out=result, where=bottom != 0, casting="unsafe")
    return result


def compare_ratio(numerator: ArrayLike, denominator: ArrayLike, limit: Ratios) -> NDArray[np.int8]:
    """Sign of numerator / denominator − limit, exact: −1 below, 0 at the edge, +1 above; broadcasts.

    ``limit`` is a Decimal, or a float read as the shortest decimal that it prints as (0.8 is eight tenths).
    Where the denominator is zero or the limit NaN the answer is 0: look at those first.
    """
    if isinstance(limit, (Decimal, int, float)):
        limit = np.full((), limit, dtype=object)
    top, bottom, edge = np.broadcast_arrays(amounts(numerator), amounts(denominator), np.asarray(limit))
    with np.errstate(invalid="ignore", over="ignore"):
        edges = floats(edge)
        difference = ratio(top, bottom) - edges
        result = np.nan_to_num(np.sign(difference), nan=0.0).astype(np.int8)
        near = np.abs(difference) <= _NEAR * np.maximum(np.abs(edges), 1e-6)
    tops, bottoms, limits, answers = top.ravel(), bottom.ravel(), edge.ravel(), result.ravel()
    positions = np.flatnonzero(near)
    if top.dtype.kind == bottom.dtype.kind == "i":
        _compare_integers(tops, bottoms, limits, answers, positions)
        return answers.reshape(result.shape)
    for position in positions:
        exact = _fraction(tops[position]) / _fraction(bottoms[position]) - _fraction(limits[position])
        answers[position] = (exact > 0) - (exact < 0)
    return answers.reshape(result.shape)


def times_ratio(values: ArrayLike, ratios: ArrayLike) -> Amounts:
    """amount × ratio: exact for Decimal, half even to the minor unit for int64, plain for float64;
    broadcasts.

    With int64 amounts a ratio has at most six decimals (as policies are stored); more are refused.
    """
    array = amounts(values)
    if array.dtype.kind == "O":
        factors = np.asarray(ratios)
        if factors.dtype.kind == "f":
            factors = np.vectorize(lambda value: Decimal(repr(float(value))), otypes=[object])(factors)
        with localcontext(EXACT):
            return np.asarray(array * factors, dtype=object)
    factor = floats(ratios)
    if array.dtype.kind == "f":
        return np.asarray(array * factor)
    return _int_times_ratio(array, factor)


def _int_times_ratio(array: Int, factor: Float) -> Int:
    millionths = np.rint(factor * _RATIO_SCALE)
    if not np.all(np.abs(factor) < 1000) or not np.allclose(
        millionths, factor * _RATIO_SCALE, rtol=0, atol=1e-4
    ):
        raise InputError("ratio", "a number below 1000 in size with at most six decimals")
    steps = millionths.astype(np.int64)
    whole, rest = np.divmod(array, _RATIO_SCALE)
    tail, remainder = np.divmod(rest * steps, _RATIO_SCALE)
    result = whole * steps + tail
    half = _RATIO_SCALE // 2
    up = (remainder > half) | ((remainder == half) & (result % 2 != 0))
    return np.asarray(result + up, dtype=np.int64)


def round_counts(values: ArrayLike, rounding: str = "nearest") -> Float:
    """Whole contracts: ``nearest`` half away from zero, ``down`` toward zero, ``up`` away from zero,
    ``half_even``.
    """
    array = floats(values)
    if rounding == "half_even":
        return np.asarray(np.rint(array))
    size = np.abs(array)
    if rounding == "nearest":
        whole = np.floor(size)
        size = whole + (size - whole >= 0.5)
    elif rounding == "down":
        size = np.floor(size)
    elif rounding == "up":
        size = np.ceil(size)
    else:
        raise InputError("rounding", "nearest, down, up or half_even", got=str(rounding))
    return np.copysign(size, array) + 0.0


def where_reason(condition: ArrayLike, reason: int) -> Mask:
    """A mask that holds ``reason`` where the condition is true and 0 elsewhere."""
    return np.where(condition, np.int64(int(reason)), np.int64(0))


def finite_or_nan(values: Float) -> tuple[Float, Bool]:
    """The values with infinities turned to NaN, and where that happened (reason ``out_of_range``)."""
    beyond = np.isinf(values)
    return (np.where(beyond, np.nan, values) if beyond.any() else values), beyond


def _fraction(value: Any) -> Fraction:
    if isinstance(value, (float, np.floating)):
        return Fraction(Decimal(repr(float(value))))
    return Fraction(value if isinstance(value, Decimal) else int(value))


def _compare_integers(
    tops: Int, bottoms: Int, limits: Amounts, answers: NDArray[np.int8], positions: Any
) -> None:
    """top/bottom against limit = p/q by top·q − p·bottom in Python's integers, limit by limit."""
    of_limit: dict[Any, list[int]] = {}
    for position, limit in zip(positions.tolist(), limits[positions].tolist(), strict=True):
        of_limit.setdefault(limit, []).append(position)
    for limit, chosen in of_limit.items():
        edge = _fraction(limit)
        top, bottom = tops[chosen].astype(object), bottoms[chosen].astype(object)
        exact = top * edge.denominator - edge.numerator * bottom
        answers[chosen] = np.sign(exact).astype(np.int8) * np.sign(bottoms[chosen]).astype(np.int8)
