"""The book's own CHECK constraints asked beforehand, of many unsaved versions at once, and the way in:
each row hears of its own.

There is one definition of what a trade of a kind has: that of the table. It is read from the catalogue and put to a
temporary table of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from hedges.models import InstrumentVersion
from treasury.domain.bulk.rows import RowProblem
from treasury.domain.refusals import MESSAGES

_TABLE = InstrumentVersion._meta.db_table
_COLUMNS = [
    field
    for field in InstrumentVersion._meta.concrete_fields
    if not field.generated and field.name not in ("event", "recorded_at", "author", "content_digest")
]
_CHECKS = """
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype = 'c' ORDER BY conname
"""


def refused(versions: Mapping[int, InstrumentVersion]) -> dict[int, list[RowProblem]]:
    """By index the constraints that a version breaks."""
    if not versions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE bulk_terms ON COMMIT DROP AS SELECT * FROM {_TABLE} WITH NO DATA"
        )
        _write(
            "bulk_terms",
            _COLUMNS,
            ([_value(field, version, place) for field in _COLUMNS] for place, version in versions.items()),
        )
        cursor.execute(_CHECKS, [_TABLE])
        asked = " UNION ALL ".join(
            f"SELECT id, '{name}' AS broken FROM bulk_terms WHERE NOT ({expression})"
            for name, expression in cursor.fetchall()
        )
        cursor.execute(f"SELECT id, broken FROM ({asked}) AS found ORDER BY id, broken")
        found: dict[int, list[RowProblem]] = {}
        for place, name in cursor.fetchall():
            expected = MESSAGES.get(name) or f"terms that {name.replace('_', ' ')} allows"
            found.setdefault(place, []).append(RowProblem("", name, expected))
        cursor.execute("DROP TABLE bulk_terms")
        return found


def record(versions: Iterable[InstrumentVersion]) -> None:
    """Into the book by COPY, inside an action: what the triggers write is not among the columns."""
    columns = [field for field in _COLUMNS if not field.primary_key]
    _write(_TABLE, columns, ([getattr(version, field.attname) for field in columns] for version in versions))


def _write(table: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(str(field.column) for field in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _value(field: Any, version: InstrumentVersion, place: int) -> Any:
    if field.primary_key:
        return place
    return 1 if field.name == "version_number" else getattr(version, field.attname)
