"""What every measurement formula asks of its columns, and the sums and differences they share.

A series has its periods on the last axis. Refused by the field's name: shapes that differ, NaN and infinity,
minor units of 2^53 or more, kinds of number that do not mix, an unknown framework.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.kernel.money import MINOR_UNIT_LIMIT
from treasury.quant.codes import Framework
from treasury.quant.numbers import Amounts, Bool, Int, amounts

#: Sums of float64 amounts below it cannot leave float64, whatever the number of periods.
FLOAT_LIMIT = 1e290
#: Sums of int64 changes below it cannot leave int64.
INTEGER_SUM_LIMIT = 2.0**61


def series(field: str, values: ArrayLike, minimum_length: int = 1) -> Amounts:
    """Amounts with at least ``minimum_length`` periods on the last axis, all of them finite."""
    array = amounts(values)
    if array.ndim == 0 or array.shape[-1] < minimum_length:
        raise InputError(field, f"an array of at least {minimum_length} periods", got=str(array.shape))
    return _finite(field, array)


def column(field: str, values: ArrayLike) -> Amounts:
    """Amounts of any shape, all of them finite."""
    return _finite(field, amounts(values))


def _finite(field: str, array: Amounts) -> Amounts:
    if array.dtype.kind == "i":
        if array.size and np.abs(array.astype(np.float64)).sum(axis=-1).max() >= INTEGER_SUM_LIMIT:
            raise InputError(field, "amounts that add up to less than 2^61 minor units")
        fine = bool(np.all((array < MINOR_UNIT_LIMIT) & (array > -MINOR_UNIT_LIMIT)))
    elif array.dtype.kind == "f":
        fine = bool(np.all(np.abs(array) < FLOAT_LIMIT))
    else:
        fine = all(isinstance(value, Decimal) and value.is_finite() for value in array.ravel().tolist())
    if not fine:
        raise InputError(field, "finite amounts, minor units below 2^53")
    return array


def same_shape(first_field: str, first: Amounts, field: str, other: Amounts) -> None:
    """Refuses an array that is not of the first one's shape, or not of its kind of number."""
    if first.shape != other.shape:
        raise InputError(field, f"the shape {first.shape} of {first_field}", got=str(other.shape))
    if first.dtype.kind != other.dtype.kind:
        raise InputError(field, f"the kind of number of {first_field}", got=str(other.dtype))


def frameworks(framework: ArrayLike, shape: tuple[int, ...]) -> Int:
    """``codes.Framework`` per row, broadcast to the rows' shape with one more axis for the periods."""
    known = [int(member) for member in Framework]
    array = np.asarray(framework)
    if array.dtype.kind not in "iu" or not np.isin(array, known).all():
        raise InputError("framework", "one of " + ", ".join(member.name for member in Framework))
    return per_row("framework", array.astype(np.int64), shape)


def per_row(field: str, values: ArrayLike, shape: tuple[int, ...]) -> Any:
    """One value a row, broadcast to the rows' shape with one more axis for the periods."""
    return fitted(field, np.asarray(values), shape)[..., np.newaxis]


def fitted(field: str, array: Any, shape: tuple[int, ...]) -> Any:
    """The array broadcast to a shape, or a refusal by its name."""
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        raise InputError(field, f"the shape {shape}", got=str(array.shape)) from None


def booleans(field: str, values: ArrayLike, shape: tuple[int, ...]) -> Bool:
    """True and false, broadcast to a shape."""
    array = np.asarray(values)
    if array.dtype.kind != "b":
        raise InputError(field, "true or false", got=str(array.dtype))
    result: Bool = fitted(field, array, shape)
    return result


def zero_of(array: Amounts) -> Any:
    """Zero in the array's kind of number."""
    return Decimal(0) if array.dtype.kind == "O" else array.dtype.type(0)


def only_where(condition: Bool, array: Amounts) -> Amounts:
    """The amounts where the condition is true, zero elsewhere."""
    zero = np.empty((), dtype=array.dtype)
    zero[()] = zero_of(array)
    return np.where(condition, array, zero)


def changes(cumulative: Amounts) -> Amounts:
    """Change of each period of cumulative amounts that start from zero."""
    first = cumulative[..., :1]
    return np.concatenate([first, cumulative[..., 1:] - cumulative[..., :-1]], axis=-1)


def running_sums(changes_of_periods: Amounts) -> Amounts:
    """Cumulative amounts of the periods' changes."""
    return np.asarray(np.cumsum(changes_of_periods, axis=-1))


def elementwise(function: Callable[..., Any], *arrays: ArrayLike) -> Amounts:
    """A function of Decimal objects on arrays of them; broadcasts."""
    return np.asarray(np.frompyfunc(function, len(arrays), 1)(*arrays), dtype=object)
