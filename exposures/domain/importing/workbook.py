"""An .xlsx workbook as a grid, streamed: cells as texts, written with the marks that the person chose for the file.

A number is read as the spreadsheet shows it, with its fifteen digits; a cell in a date format is a date. Of a formula
the stored value counts; one without a stored value has none, and its cell is reported.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from exposures.domain.importing import sheet_xml
from exposures.domain.importing.archive import Archive
from exposures.domain.importing.grid import CELL_ERROR, FORMULA, MAX_CELL, MAX_COLUMNS, Grid, Reader
from exposures.domain.importing.layout import Layout
from treasury.domain.refusals import Refusal

MAX_ROW = 1_048_576
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATES = {"ISO": "%Y-%m-%d", "DMY": "%d/%m/%Y", "MDY": "%m/%d/%Y", "": "%Y-%m-%d"}


def sheets(content: bytes) -> list[str]:
    """The names of the sheets in their order."""
    return list(_book(Archive(content)).sheets)


def read(content: bytes, layout: Layout, *, limit: int = 0) -> Grid:
    """The grid of one sheet. Raises Refusal: no such sheet, hostile, broken, the limits."""
    archive = Archive(content)
    book = _book(archive)
    if layout.sheet not in book.sheets:
        raise Refusal(f"Say first which sheet is meant: {', '.join(book.sheets)}.")
    relations = sheet_xml.Relations()
    sheet_xml.parse(archive.blocks("xl/_rels/workbook.xml.rels"), relations)
    part = relations.targets.get(book.sheets[layout.sheet], "")
    if not archive.has(part):
        raise Refusal(f"The sheet {layout.sheet} has no cells in the workbook: save it again.")
    strings, styles = sheet_xml.Strings(), sheet_xml.Styles()
    for name, handler in (("xl/sharedStrings.xml", strings), ("xl/styles.xml", styles)):
        if archive.has(name):
            sheet_xml.parse(archive.blocks(name), handler)
    reader = Reader(layout.header_row, limit)
    sheet = _Sheet(reader, strings.texts, styles.dates(), book.from_1904, layout)
    sheet_xml.parse(archive.blocks(part), sheet)
    return reader.grid(sheet.flaws)


def _book(archive: Archive) -> sheet_xml.Book:
    book = sheet_xml.Book()
    sheet_xml.parse(archive.blocks("xl/workbook.xml"), book)
    if not book.sheets:
        raise Refusal("The workbook has no sheet.")
    return book


class _Sheet(sheet_xml.Handler):
    """Rows to the reader as they end."""

    def __init__(
        self, reader: Reader, strings: list[str], dates: frozenset[str], from_1904: bool, layout: Layout
    ) -> None:
        super().__init__()
        self.flaws: dict[tuple[int, int], str] = {}
        self._reader, self._strings, self._dates, self._layout = reader, strings, dates, layout
        self._origin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self._row, self._column, self._cells = 0, 0, [""]
        self._kind, self._style, self._value, self._has_formula, self._has_value = "", "", "", False, False
        self._shown_dates: dict[float, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r", ""))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value, self._has_formula, self._has_value = "", False, False
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
            if self._row > MAX_ROW:
                raise Refusal(f"The sheet has a row {self._row:,}: the workbook is broken. Save it again.")
            self._column, self._cells = 0, []

    def end(self, name: str, text: str) -> None:
        if name in ("v", "t"):
            self._value, self._has_value = self._value + text, True
        elif name == "c":
            self._cells += [""] * (self._column - len(self._cells))
            self._cells[self._column - 1] = self._shown()
        elif name == "row" and not self._reader.take(self._row, self._cells):
            raise sheet_xml.Enough

    def _place(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        self._column += 1
        if found:
            self._column = 0
            for letter in found[1]:
                self._column = self._column * 26 + ord(letter) - 64
        if self._column > MAX_COLUMNS:
            raise Refusal(f"Row {self._row} has a column beyond the {MAX_COLUMNS}th; so many are not read.")

    def _shown(self) -> str:
        at = (self._row, self._column)
        if self._has_formula and not self._has_value:
            self.flaws[at] = FORMULA
            return "formula"
        if len(self._value) > MAX_CELL:
            raise Refusal(f"Row {self._row} has a cell of more than {MAX_CELL:,} characters.")
        if self._kind == "e":
            self.flaws[at] = CELL_ERROR
            return self._value
        if self._kind == "s":
            return self._string()
        if self._kind == "b":
            return "TRUE" if self._value == "1" else "FALSE"
        if self._kind == "n" and self._value:
            return self._number()
        return self._value

    def _string(self) -> str:
        text = self._value
        if text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(self._strings):
            found = self._strings[int(text)]
            if len(found) > MAX_CELL:
                raise Refusal(f"Row {self._row} has a cell of more than {MAX_CELL:,} characters.")
            return found
        raise Refusal(f"The workbook is broken: row {self._row} has a text that is not there. Save it again.")

    def _number(self) -> str:
        try:
            number = float(self._value)
        except ValueError:
            return self._value
        if not abs(number) < 1e30:
            return self._value
        if self._style in self._dates:
            return self._date(number)
        return f"{Decimal(f'{number:.15g}'):f}".replace(".", self._layout.decimal or ".")

    def _date(self, serial: float) -> str:
        """Day 60 of the 1900 calendar is one that never was; what is earlier is off by one, and not in a book."""
        if not 61 <= serial < 2_958_466:
            return self._value
        if serial in self._shown_dates:
            return self._shown_dates[serial]
        moment = self._origin + timedelta(days=serial)
        day = moment.strftime(_DATES[self._layout.dates])
        self._shown_dates[serial] = day if serial == int(serial) else f"{day} {moment:%H:%M}"
        return self._shown_dates[serial]
