"""Chunks of rows: a pass over a million rows that stays in the processor's cache and in little memory.

No formula's digits depend on them: every row is worked out by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

#: A column of this many float64 takes 128 KiB, so that the columns of a formula fit into a second-level cache.
CHUNK_ROWS = 16_384

Result = TypeVar("Result")


def row_chunks(count: int, rows: int = CHUNK_ROWS) -> Iterator[slice]:
    """Slices that cover ``count`` rows, at most ``rows`` each; one empty slice for no rows."""
    for start in range(0, max(1, count), rows):
        yield slice(start, min(start + rows, count))


def by_chunks(
    formula: Callable[..., Result], *columns: NDArray[Any], rows: int = CHUNK_ROWS, **same: Any
) -> Result:
    """``formula(*columns, **same)``, some rows at a time; the answer is an array or a dataclass of arrays.

    ``columns`` have one row for each row of the answer; what is the same for all rows is given by name.
    """
    count = len(columns[0])
    if count <= rows:
        return formula(*columns, **same)
    whole: Any = None
    for part in row_chunks(count, rows):
        found: Any = formula(*(column[part] for column in columns), **same)
        arrays = _arrays(found)
        if whole is None:
            whole = {name: np.empty((count, *array.shape[1:]), array.dtype) for name, array in arrays.items()}
            kind = type(found)
        for name, array in arrays.items():
            whole[name][part] = array
    return cast(Result, kind(**whole) if is_dataclass(kind) else whole[""])


def _arrays(found: Any) -> dict[str, NDArray[Any]]:
    if is_dataclass(found):
        return {field.name: getattr(found, field.name) for field in fields(found)}
    return {"": found}
