"""Parquet: a column a field; texts, decimals and dates as they are, doubles where a field is a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from treasury.domain.bulk.rows import MOST_IN_A_CELL, Field, RowProblem, Rows, refuse_count, refuse_names
from treasury.kernel.errors import InputError

#: What all rows may take once they are unpacked.
MOST_UNPACKED = 64 * 1024 * 1024
_BATCH = 5_000
_EXPECTED = {
    "text": "texts", "date": "dates (date32) or texts", "decimal": "decimals or texts", "number": "numbers or texts",
    "integer": "integers", "boolean": "booleans",
}  # fmt: skip


def read(content: bytes, fields: Sequence[Field]) -> Rows:
    try:
        return _rows(pq.ParquetFile(pa.BufferReader(content)), {one.name: one for one in fields})
    except (pa.ArrowException, OSError) as error:
        said = str(error).splitlines()[0][:120] if str(error) else "a broken file"
        raise InputError("document", "a Parquet file", got=said) from None


def counted(content: bytes) -> int:
    """The rows that the file says it has; 0 where it says nothing."""
    try:
        return int(pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows)
    except (pa.ArrowException, OSError):
        return 0


def _rows(file: pq.ParquetFile, known: dict[str, Field]) -> Rows:
    refuse_count(file.metadata.num_rows)
    names = tuple(file.schema_arrow.names)
    refuse_names(names, list(known.values()))
    groups = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > MOST_UNPACKED:
        raise InputError("document", f"at most {MOST_UNPACKED} bytes once it is unpacked")
    for column in file.schema_arrow:
        if not _fits(known[column.name].kind, column.type):
            raise InputError(
                column.name, f"a column of {_EXPECTED[known[column.name].kind]}", got=str(column.type)
            )
    rows = Rows(names)
    unpacked = 0
    for batch in file.iter_batches(_BATCH, use_threads=False):
        unpacked += batch.nbytes
        if unpacked > MOST_UNPACKED:
            raise InputError("document", f"at most {MOST_UNPACKED} bytes once it is unpacked")
        _take(rows, [_texts(column) for column in batch.columns])
    refuse_count(rows.count)
    return rows


def _fits(kind: str, of: pa.DataType) -> bool:
    if pa.types.is_dictionary(of):
        of = of.value_type
    is_text = pa.types.is_string(of) or pa.types.is_large_string(of) or pa.types.is_null(of)
    if kind == "boolean":
        return pa.types.is_boolean(of) or pa.types.is_null(of)
    if kind == "integer":
        return pa.types.is_integer(of) or pa.types.is_null(of)
    if kind == "date":
        return is_text or pa.types.is_date32(of)
    if kind == "decimal":
        return is_text or pa.types.is_decimal(of)
    if kind == "number":
        return is_text or pa.types.is_decimal(of) or pa.types.is_floating(of) or pa.types.is_integer(of)
    return is_text


def _texts(column: Any) -> list[str]:
    of = column.type
    if pa.types.is_dictionary(of):
        column = column.dictionary_decode()
        of = column.type
    values = column.to_pylist()
    if pa.types.is_boolean(of):
        return ["" if value is None else str(value).lower() for value in values]
    if pa.types.is_decimal(of):
        return ["" if value is None else format(value, "f") for value in values]
    if pa.types.is_floating(of):
        return ["" if value is None else format(Decimal(repr(value)), "f") for value in values]
    return ["" if value is None else str(value) for value in values]


def _take(rows: Rows, columns: list[list[str]]) -> None:
    for cells in map(list, zip(*columns, strict=True)):
        place = rows.count
        rows.count += 1
        long = [name for name, cell in zip(rows.names, cells, strict=True) if len(cell) > MOST_IN_A_CELL]
        if long:
            expected = f"at most {MOST_IN_A_CELL} characters"
            rows.refused[place] = [RowProblem(name, "too_long", expected) for name in long]
        else:
            rows.cells.append(cells)
            rows.places.append(place)
