"""Rows out as columns and columns in as rows, by COPY: the only way the night reads and writes the book.

Out: binary COPY of fixed-width columns, so that the bytes become numpy arrays without a row being touched. A query
has no nulls (it coalesces them to a value of the type) and casts each column to the type that its spec names. In: text
COPY of columns that are ready as texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]

#: What a column is cast to in SQL -> how its bytes are read. `text(n)` is rpad(x, n): n ASCII characters.
WIRE = {
    "int4": ">i4",
    "int8": ">i8",
    "float8": ">f8",
    "bool": "?",
    "date": ">i4",
    "timestamptz": ">i8",
    "uuid": "V16",
}
_HEADER, _TRAILER = 19, 2
#: Day 0 of a `date` on the wire, as numpy's day number and as Python's ordinal.
DATE_ORIGIN = 730120


@dataclass(frozen=True, slots=True)
class Read:
    """What came out: the columns, how many rows, and the bytes' digest."""

    columns: Columns
    row_count: int
    digest: str


def columns(sql: str, params: Mapping[str, Any], spec: Mapping[str, str]) -> Columns:
    """The columns of a query. `spec`: column name -> type, in the query's order; dates come as Python ordinals."""
    return read(sql, params, spec).columns


def read(sql: str, params: Mapping[str, Any], spec: Mapping[str, str]) -> Read:
    """The columns of a query with the SHA-256 over the bytes that Postgres sent."""
    data = raw(sql, params, binary=True)
    rows = np.frombuffer(data, _row_type(spec), offset=_HEADER, count=_row_count(data, spec))
    for number, (name, kind) in enumerate(spec.items()):
        if rows.size and not np.all(rows[f"_{number}"] == _width(kind)):
            raise ValueError(f"column {name}: not every value is a {kind}; coalesce nulls in the query")
    return Read(
        {name: _native(rows[name], kind) for name, kind in spec.items()}, rows.size, sha256(data).hexdigest()
    )


def raw(sql: str, params: Mapping[str, Any], *, binary: bool = False) -> bytearray:
    """The bytes of a query's COPY."""
    data = bytearray()
    options = "(FORMAT binary)" if binary else "(FORMAT text)"
    # The cursor of the driver itself: the one that logs statements (debug, counting tests) takes no parameters here.
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY ({sql}) TO STDOUT {options}", params) as copy,
    ):
        for block in copy:
            data += block
    return data


def write(table: str, values: Mapping[str, Sequence[str]]) -> int:
    """Copies columns of texts into a table in one statement, also where there is no row; returns how many there are.

    `\\N` is null.
    """
    names = list(values)
    count = len(values[names[0]])
    statement = f"COPY {connection.ops.quote_name(table)} ({', '.join(names)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for start in range(0, count, 10_000):
            parts = [values[name][start : start + 10_000] for name in names]
            copy.write("".join(f"{row}\n" for row in map("\t".join, zip(*parts, strict=True))))
    return count


NULL = "\\N"


def repeated(value: Any, count: int) -> list[str]:
    """One value for every row."""
    return [str(value)] * count


def whole(values: NDArray[Any], defined: NDArray[np.bool_] | None = None) -> list[str]:
    """Integers, null where not defined."""
    return _masked([str(value) for value in values.tolist()], defined)


def floats(values: NDArray[np.float64]) -> list[str]:
    """Doubles by their shortest exact text, null where NaN."""
    return [NULL if value != value else repr(value) for value in (values + 0.0).tolist()]


def amounts(
    minor_units: NDArray[np.int64], exponents: NDArray[np.int64], defined: NDArray[np.bool_]
) -> list[str]:
    """Minor units as exact decimals, null where not defined."""
    cells = zip(minor_units.tolist(), np.broadcast_to(exponents, minor_units.shape).tolist(), strict=True)
    return _masked([_decimal(value, exponent) for value, exponent in cells], defined)


def texts(values: Iterable[str]) -> list[str]:
    """Texts, with what COPY gives a meaning taken out of them."""
    return [str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for value in values]


def words(values: Iterable[Sequence[str]]) -> list[str]:
    """Arrays of code words (letters and underscores)."""
    return ["{" + ",".join(value) + "}" for value in values]


def booleans(values: NDArray[np.bool_], defined: NDArray[np.bool_] | None = None) -> list[str]:
    return _masked(["t" if value else "f" for value in values.tolist()], defined)


def float_arrays(values: NDArray[np.float64]) -> list[str]:
    """One array per row of a matrix; NaN is a null element."""
    return [
        "{" + ",".join("NULL" if v != v else repr(v) for v in row) + "}" for row in (values + 0.0).tolist()
    ]


def _decimal(value: int, exponent: int) -> str:
    if exponent == 0:
        return str(value)
    whole_part, rest = divmod(abs(value), 10**exponent)
    return f"{'-' if value < 0 else ''}{whole_part}.{rest:0{exponent}d}"


def _masked(cells: list[str], defined: NDArray[np.bool_] | None) -> list[str]:
    if defined is None:
        return cells
    shown = np.broadcast_to(defined, (len(cells),)).tolist()
    return [cell if there else NULL for cell, there in zip(cells, shown, strict=True)]


def _wire(kind: str) -> str:
    return f"S{kind[5:-1]}" if kind.startswith("text(") else WIRE[kind]


def _width(kind: str) -> int:
    return np.dtype(_wire(kind)).itemsize


def _row_type(spec: Mapping[str, str]) -> np.dtype[Any]:
    fields: list[tuple[str, str]] = [("_count", ">i2")]
    for number, (name, kind) in enumerate(spec.items()):
        fields += [(f"_{number}", ">i4"), (name, _wire(kind))]
    return np.dtype(fields)


def _row_count(data: bytearray, spec: Mapping[str, str]) -> int:
    count, rest = divmod(len(data) - _HEADER - _TRAILER, _row_type(spec).itemsize)
    if rest:
        raise ValueError(f"rows are not of one width; nulls or other types than {dict(spec)}?")
    return count


def _native(values: NDArray[Any], kind: str) -> NDArray[Any]:
    if kind == "date":
        return values.astype(np.int64) + DATE_ORIGIN
    if kind.startswith("text("):
        return np.char.rstrip(values.astype(str))
    if kind in ("bool", "uuid"):
        return np.ascontiguousarray(values)
    return values.astype(
        {"int4": np.int64, "int8": np.int64, "timestamptz": np.int64, "float8": np.float64}[kind]
    )
