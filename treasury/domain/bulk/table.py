"""CSV in UTF-8: commas, the names of the fields in the first line, points for decimals, ISO dates (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from treasury.domain.bulk.rows import (
    MOST_IN_A_CELL,
    MOST_ROWS,
    Field,
    RowProblem,
    Rows,
    refuse_count,
    refuse_names,
)
from treasury.kernel.errors import InputError


def read(content: bytes, fields: Sequence[Field]) -> Rows:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("document", "UTF-8", got=f"byte 0x{content[error.start]:02x}") from None
    if "\x00" in text:
        raise InputError("document", "a text without the character NUL")
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(lines, [])]
        refuse_names(names, fields)
        rows = Rows(tuple(names))
        for cells in lines:
            if cells:
                _take(rows, cells)
            if rows.count > MOST_ROWS:
                break
    except csv.Error as error:
        raise InputError("document", f"CSV; line {lines.line_num} cannot be read: {error}") from None
    refuse_count(rows.count)
    return rows


def _take(rows: Rows, cells: list[str]) -> None:
    place, width = rows.count, len(rows.names)
    rows.count += 1
    if len(cells) != width:
        rows.refused[place] = [
            RowProblem("", "ragged_row", f"{width} cells, as in the first line", f"{len(cells)} cells")
        ]
    elif any(len(cell) > MOST_IN_A_CELL for cell in cells):
        wrong = [name for name, cell in zip(rows.names, cells, strict=True) if len(cell) > MOST_IN_A_CELL]
        rows.refused[place] = [
            RowProblem(name, "too_long", f"at most {MOST_IN_A_CELL} characters") for name in wrong
        ]
    else:
        rows.cells.append(cells)
        rows.places.append(place)
