"""Tables as one workbook, a sheet each, written row by row in constant memory; amounts are numbers, days are dates.

Totals stand below, an empty row apart, and below them what is said of the table.

The same rows give the same bytes: the workbook's times are fixed. A text that looks like a formula is stored as a
text with the quote prefix, so that it stays one when somebody edits the cell. A sheet that is full goes on in the next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

import xlsxwriter

from reports.domain.files import cells
from reports.domain.table import NUMERIC, Field, ReportTable
from treasury.queries.rows import Row

ROWS_A_SHEET = 1_000_000
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@contextmanager
def workbook(tables: Sequence[ReportTable]) -> Iterator[IO[bytes]]:
    """An open temporary file with the workbook, at its beginning."""
    with tempfile.TemporaryFile() as file:
        write(tables, file)
        file.seek(0)
        yield file


def write(tables: Sequence[ReportTable], file: IO[bytes]) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": _MADE})
    styles = _Styles(book)
    names: set[str] = set()
    for table in tables:
        _sheets(book, table, styles, names)
    book.close()


class _Styles:
    """Cell formats, each made once: by weight and number of decimals."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.month = book.add_format({"num_format": "yyyy-mm"})
        self.quoted = book.add_format({"quote_prefix": True})
        self._numbers: dict[tuple[int, bool], Any] = {}

    def number(self, decimals: int, *, bold: bool) -> Any:
        key = (decimals, bold)
        if key not in self._numbers:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[key] = self.book.add_format({"num_format": pattern, "bold": bold})
        return self._numbers[key]


def _sheets(book: Any, table: ReportTable, styles: _Styles, names: set[str]) -> None:
    sheet, at = None, ROWS_A_SHEET
    totals: list[tuple[Row, bool]] = [(row, True) for row in table.totals]
    if totals:
        totals.insert(0, ({}, False))
    for row, is_total in chain(((row, False) for row in table.rows), totals):
        if at >= ROWS_A_SHEET:
            sheet, at = _sheet(book, table, styles, names), 1
        for column, field in enumerate(table.fields):
            _cell(sheet, at, column, row.get(field.key), field, row, styles, bold=is_total)
        at += 1
    if sheet is None:
        sheet, at = _sheet(book, table, styles, names), 1
    if table.note:
        sheet.write_string(at + 1, 0, table.note, styles.quoted if cells.is_formula(table.note) else None)


def _sheet(book: Any, table: ReportTable, styles: _Styles, names: set[str]) -> Any:
    sheet = book.add_worksheet(_name(table, names))
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, 18 if field.kind in NUMERIC else 16)
    for column, field in enumerate(table.fields):
        sheet.write_string(0, column, field.label, styles.head)
    return sheet


def _name(table: ReportTable, names: set[str]) -> str:
    """At most 31 characters, none that a sheet's name may not have, each name once."""
    base = f"{table.paragraph} {table.title}".strip().translate(_NOT_IN_A_NAME)
    name, count = base[:31].strip(), 1
    while name.lower() in names:
        count += 1
        name = f"{base[: 31 - len(str(count)) - 1].strip()} {count}"
    names.add(name.lower())
    return name


def _cell(
    sheet: Any, at: int, column: int, value: Any, field: Field, row: Row, styles: _Styles, *, bold: bool
) -> None:
    if value is None:
        return
    if field.kind in NUMERIC and not isinstance(value, str):
        digits = cells.decimals(field, row) if field.kind == "amount" else 0
        style = None if field.kind == "rate" else styles.number(digits, bold=bold)
        sheet.write_number(at, column, Decimal(cells.number(value, field, row)), style)
        return
    if isinstance(value, date):
        sheet.write_datetime(at, column, value, styles.month if field.kind == "month" else styles.day)
        return
    text = cells.text(value, field)
    quoted = styles.quoted if cells.is_formula(text) else styles.head if bold and column == 0 else None
    sheet.write_string(at, column, text, quoted)
