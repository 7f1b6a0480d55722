"""Rows as Arrow tables, batch after batch: a column for each field of a resource, with the type of the book's column.

Amounts, rates and shares are decimal128 with the digits of the database, dates date32, times in UTC to the microsecond;
what is nested is JSON text. Nothing is rounded and nothing becomes a float that is none.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
import pyarrow as pa
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Model
from pyarrow import parquet
from rest_framework import serializers

from treasury.api import rows
from treasury.api.fields import AnyValue, Exact, Money, Ratio
from treasury.api.rows import Row

#: Rows that are in memory at a time, and a row group of a file.
BATCH = 10_000
#: Digits where the column is worked out in the query and has none of its own.
_DIGITS, _PLACES = 38, 10
PARQUET, ARROW = "application/vnd.apache.parquet", "application/vnd.apache.arrow.stream"


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are asked of the database; `read` makes the cells of a row of them, nested ones apart."""

    columns: tuple[str, ...]
    schema: pa.Schema
    cells: tuple[Callable[[Sequence[Any]], Any] | None, ...]
    plan: rows.Plan
    places: dict[str, int]

    @property
    def has_nested(self) -> bool:
        return None in self.cells

    def batch(self, found: Sequence[Sequence[Any]], attached: Sequence[Row]) -> pa.RecordBatch:
        """`attached`: the same rows as the API shows them, where something is nested in them."""
        made = []
        for field, cell in zip(self.schema, self.cells, strict=True):
            if cell is None:
                values: list[Any] = [row[field.name] for row in attached]
                if field.type != pa.bool_():
                    values = [orjson.dumps(value, default=str).decode() for value in values]
            else:
                values = [cell(row) for row in found]
            made.append(pa.array(values, field.type))
        return pa.record_batch(made, schema=self.schema)


def table(serializer: type[serializers.Serializer], model: type[Model]) -> Table:
    how = rows.plan(serializer)
    at = dict(how.plain)
    at |= {name: place for name, place, _ in (*how.converted, *how.money)}
    joined = dict(how.joined)
    fields: list[pa.Field] = []
    cells: list[Callable[[Sequence[Any]], Any] | None] = []
    for name, field in serializer().fields.items():
        place = at.get(name)
        column = how.columns[place] if place is not None else ""
        kind = pa.string() if place is None else _type(field, model, column)
        fields.append(pa.field(name, kind))
        if name in joined:
            cells.append(_joined(joined[name]))
        elif place is None or (isinstance(field, serializers.BooleanField) and column == model._meta.pk.name):
            cells.append(None)  # what is nested, and a yes or no that is worked out of a page of rows
        else:
            cells.append(_as_json(place) if _is_json(field) else _plain(place))
    return Table(how.columns, pa.schema(fields), tuple(cells), how, at)


def batches(
    of: Table, found: Iterable[Sequence[Any]], shown: Callable[[list[Row]], None]
) -> Iterator[pa.RecordBatch]:
    """`shown` fills what is nested in rows, and leaves out what was not known."""
    source = iter(found)
    while taken := list(islice(source, BATCH)):
        attached = [of.plan.row(values) for values in taken] if of.has_nested else []
        if attached:
            shown(attached)
        yield of.batch(taken, attached)


def written(media_type: str, schema: pa.Schema, found: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """The bytes of the file, as they come. One that is cut off lacks its end, and cannot be read by mistake."""
    sink = _Sink()
    if media_type == PARQUET:
        with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
            for batch in found:
                writer.write_batch(batch)
                yield sink.taken()
    else:
        with pa.ipc.new_stream(sink, schema) as stream:
            yield sink.taken()
            for batch in found:
                stream.write_batch(batch)
                yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What was written and not taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, part: Any) -> int:
        data = bytes(part)
        self._parts.append(data)
        self._size += len(data)
        return len(data)

    def taken(self) -> bytes:
        found, self._parts = b"".join(self._parts), []
        return found


def _plain(place: int) -> Callable[[Sequence[Any]], Any]:
    return lambda row: row[place]


def _as_json(place: int) -> Callable[[Sequence[Any]], Any]:
    return lambda row: None if row[place] is None else orjson.dumps(row[place], default=str).decode()


def _joined(places: Sequence[int]) -> Callable[[Sequence[Any]], Any]:
    return lambda row: ".".join(str(row[place]) for place in places)


def _is_json(field: serializers.Field) -> bool:
    if isinstance(field, serializers.ListField):
        return not isinstance(
            field.child, (serializers.CharField, serializers.IntegerField, serializers.FloatField)
        )
    return isinstance(field, (AnyValue, serializers.DictField, serializers.JSONField))


def _type(field: serializers.Field, model: type[Model], column: str) -> pa.DataType:
    if isinstance(field, (Money, Exact, Ratio)):
        return pa.decimal128(*_digits(model, column))
    if isinstance(field, serializers.ListField) and not _is_json(field):
        return pa.list_(_type(field.child, model, column))
    for kind, found in _TYPES:
        if isinstance(field, kind):
            return found
    return pa.string()


_TYPES: tuple[tuple[type[serializers.Field], pa.DataType], ...] = (
    (serializers.DateTimeField, pa.timestamp("us", tz="UTC")),
    (serializers.DateField, pa.date32()),
    (serializers.BooleanField, pa.bool_()),
    (serializers.IntegerField, pa.int64()),
    (serializers.FloatField, pa.float64()),
)


def _digits(model: type[Model], column: str) -> tuple[int, int]:
    """As the database has them; of a column that the query works out, as many as there may be."""
    where: Any = model
    for part in column.split("__"):
        try:
            field = where._meta.get_field(part)
        except FieldDoesNotExist:
            return _DIGITS, _PLACES
        where = field.related_model or where
    if isinstance(field, DecimalField):
        return field.max_digits, field.decimal_places
    return _DIGITS, _PLACES
