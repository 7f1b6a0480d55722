"""What is wrong with the cells of an import, column by column: the first thing wrong with a cell is what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from exposures.domain.importing.grid import Grid
from exposures.domain.importing.layout import LABELS, Layout

#: Characters that no cell of a table shows; in a problem's value they are replaced.
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\u2028\u2029]")
SHOWN = 400


@dataclass
class Problems:
    """Row numbers, column numbers (0: the whole row), fields, codes, values and expectations, place by place."""

    grid: Grid
    layout: Layout
    row_numbers: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = np.array(self.grid.row_numbers, dtype=np.int64)
        self._wrong: dict[str, NDArray[np.bool_]] = {}

    def wrong(self, name: str) -> NDArray[np.bool_]:
        """Which cells of a field have been found wrong."""
        return self._wrong.setdefault(name, np.zeros(len(self._numbers), dtype=bool))

    def add(
        self,
        name: str,
        where: NDArray[np.bool_],
        code: str,
        expected: str | Sequence[str],
        values: Sequence[str] | None = None,
    ) -> None:
        """`where` counts for cells that nothing was said of yet; `expected` for all of them, or one for each row.

        A field that has one value for the whole file has no column: its problem is the row's.
        """
        new = where & ~self.wrong(name)
        places = np.flatnonzero(new).tolist()
        if not places:
            return
        self._wrong[name] = self._wrong[name] | new
        column = self.layout.column_of(name) or 0
        cells = values if values is not None else (self.grid.column(column) if column else None)
        self.row_numbers += self._numbers[places].tolist()
        self.columns += [column] * len(places)
        self.fields += [name] * len(places)
        self.codes += [code] * len(places)
        self.values += [
            printable(cells[at]) if cells is not None else self.layout.fixed.get(name, "") for at in places
        ]
        self.expected += [expected if isinstance(expected, str) else expected[at] for at in places]

    @property
    def rows_with_problems(self) -> int:
        return len(set(self.row_numbers))

    def column_names(self) -> list[str]:
        header = self.grid.header
        return [
            printable(header[column - 1])[:80]
            if 0 < column <= len(header)
            else LABELS.get(name, "")
            if not column
            else f"column {column}"
            for column, name in zip(self.columns, self.fields, strict=True)
        ]


def printable(text: str) -> str:
    shown = CONTROL.sub("\ufffd", text)
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
