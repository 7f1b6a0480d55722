"""A table as a file, all its rows and the columns that are shown: CSV with keys and codes, XLSX with labels and words.

Both are made a few rows at a time. A text that a spreadsheet would run is made inert; numbers are numbers, days are
dates, times are UTC. The same rows give the same bytes.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

from treasury.web import words
from treasury.web.asked import raw
from treasury.web.exports import STARTS_A_FORMULA, Line, plain
from treasury.web.tables import Column, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET = 1_000_000
LONGEST_TEXT = 32_000
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_PATTERNS = {"percent": "0.00%", "ratio": "0.00%", "money": "#,##0.00", "count": "0", "rate": "0.0000####"}


def file_of(table: Table, wanted: str) -> HttpResponseBase:
    name = slugify(table.caption) or "table"
    if wanted == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(lines(table), content_type="text/csv; charset=utf-8")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
        write_workbook(table, file)
        file.seek(0)
        answer = FileResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return answer


def lines(table: Table) -> Iterator[str]:
    writer = csv.writer(Line())
    yield writer.writerow([column.key for column in table.columns])
    for row in table.every_row:
        yield writer.writerow([plain(raw(column, row)) for column in table.columns])


def write_workbook(table: Table, file: Any) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": _MADE})
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "quoted": book.add_format({"quote_prefix": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    for column in table.columns:
        pattern = _pattern(column)
        if pattern and pattern not in styles:
            styles[pattern] = book.add_format({"num_format": pattern})
    sheet, at = _sheet(book, table, styles), 1
    for row in table.every_row:
        if at > ROWS_A_SHEET:
            sheet, at = _sheet(book, table, styles), 1
        for place, column in enumerate(table.columns):
            _cell(sheet, at, place, raw(column, row), column, styles)
        at += 1
    book.close()


def _sheet(book: Any, table: Table, styles: dict[str, Any]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, 18)
        sheet.write_string(
            0, place, f"{column.label}, {column.unit}" if column.unit else column.label, styles["head"]
        )
    return sheet


def _pattern(column: Column) -> str:
    if column.kind == "amount":
        return "#,##0" + ("." + "0" * column.places if column.places else "")
    return _PATTERNS.get(column.kind, "")


def _cell(sheet: Any, at: int, place: int, value: object, column: Column, styles: dict[str, Any]) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(at, place, value)
        case int() | float() | Decimal():
            if value == value and abs(value) != float("inf"):
                sheet.write_number(at, place, value, styles.get(_pattern(column)))
        case datetime():
            sheet.write_datetime(at, place, value.astimezone(UTC).replace(tzinfo=None), styles["moment"])
        case date():
            sheet.write_datetime(at, place, value, styles["day"])
        case _:
            text = _in_words(str(value), column)[:LONGEST_TEXT]
            sheet.write_string(
                at, place, text, styles["quoted"] if text.startswith(STARTS_A_FORMULA) else None
            )


def _in_words(text: str, column: Column) -> str:
    if column.kind == "label":
        return words.label(text)
    return words.state(text)[0] if column.kind == "state" else text
