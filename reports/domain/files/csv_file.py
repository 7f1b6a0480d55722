"""A table as CSV: a head with the names of the columns and the rows; UTF-8, CRLF, one line at a time.

Totals stand in a file of several tables, which people read; one table is data that is added up again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain

from reports.domain.files import cells
from reports.domain.table import NUMERIC, Field, ReportTable
from treasury.queries.rows import Row


class _Line:
    def write(self, text: str) -> str:
        return text


def lines(table: ReportTable, *, with_totals: bool = False) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow([field.key for field in table.fields])
    for row in chain(table.rows, table.totals if with_totals else ()):
        yield writer.writerow([_cell(row.get(field.key), field, row) for field in table.fields])


def of_tables(tables: list[ReportTable]) -> Iterator[str]:
    """Several tables one after another, each under its paragraph and title, with what is said of it."""
    writer = csv.writer(_Line())
    for place, table in enumerate(tables):
        if place:
            yield writer.writerow([])
        head = [table.paragraph, table.title, *filter(None, [table.note])]
        yield writer.writerow([cells.inert(text) for text in head])
        yield from lines(table, with_totals=True)


def _cell(value: object, field: Field, row: Row) -> str:
    if value is None:
        return ""
    if field.kind in NUMERIC and not isinstance(value, str):
        return cells.number(value, field, row)  # type: ignore[arg-type]
    return cells.inert(cells.text(value, field))
