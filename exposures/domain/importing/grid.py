"""The cells of a file as texts, row by row, with what could not be read as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from treasury.domain.refusals import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_767

#: What stands in `flaws`: a cell that has no value to read.
FORMULA, CELL_ERROR = "formula_without_value", "cell_error"


@dataclass(frozen=True)
class Grid:
    """`rows` are those below the heading; `row_numbers` and the columns count from 1, as in a spreadsheet."""

    header: list[str]
    rows: list[list[str]]
    row_numbers: list[int]
    flaws: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many cells a row has to have: those of the heading, else of the first row."""
        return len(self.header) or (len(self.rows[0]) if self.rows else 0)

    def column(self, number: int) -> list[str]:
        return [row[number - 1].strip() if len(row) >= number else "" for row in self.rows]

    def with_cells(self, cells: dict[tuple[int, int], str]) -> Grid:
        """The same with some cells put right."""
        if not cells:
            return self
        place = {number: at for at, number in enumerate(self.row_numbers)}
        rows = list(self.rows)
        for (row_number, column), value in cells.items():
            if row_number in place:
                row = list(rows[place[row_number]])
                row += [""] * (column - len(row))
                row[column - 1] = value
                rows[place[row_number]] = row
        flaws = {at: code for at, code in self.flaws.items() if at not in cells}
        return replace(self, rows=rows, flaws=flaws)


class Reader:
    """Takes the rows of a file in their order and holds them to the limits while they come.

    `limit` rows below the heading are enough; 0: all of them.
    """

    def __init__(self, header_row: int, limit: int = 0) -> None:
        self.header_row, self.limit = header_row, limit
        self.header: list[str] = []
        self.rows: list[list[str]] = []
        self.row_numbers: list[int] = []

    def take(self, number: int, cells: list[str]) -> bool:
        """Whether more rows are wanted."""
        if len(cells) > MAX_COLUMNS:
            raise Refusal(
                f"Row {number} has {len(cells)} columns; at most {MAX_COLUMNS} are read. Is it the right separator?"
            )
        if number == self.header_row:
            self.header = [cell.strip() for cell in cells]
            while self.header and not self.header[-1]:
                self.header.pop()
        elif number > self.header_row and any(cell.strip() for cell in cells):
            if self.limit and len(self.rows) >= self.limit:
                return False
            if len(self.rows) >= MAX_ROWS:
                raise Refusal(f"The file has more than {MAX_ROWS} rows: split it into several files.")
            self.rows.append(cells)
            self.row_numbers.append(number)
        return True

    def take_all(self, rows: Iterable[list[str]]) -> None:
        for number, cells in enumerate(rows, 1):
            if not self.take(number, cells):
                return

    def grid(self, flaws: dict[tuple[int, int], str] | None = None) -> Grid:
        if self.header_row and not self.header:
            raise Refusal(
                f"Row {self.header_row} has no headings: say in which row they stand, or 0 for none."
            )
        if not self.rows:
            raise Refusal("There is no row below the headings: nothing to import.")
        return Grid(self.header, self.rows, self.row_numbers, flaws or {})
