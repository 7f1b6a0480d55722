"""What the checks of every column share: its texts, the empty ones, what a text stands for, what number it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from exposures.domain.importing import numbers
from exposures.domain.importing.grid import Grid
from exposures.domain.importing.layout import Layout
from exposures.domain.importing.problems import CONTROL, Problems
from exposures.queries.import_reference import Reference


class ColumnChecks:
    def __init__(self, grid: Grid, layout: Layout, reference: Reference) -> None:
        self.grid, self.layout, self.reference = grid, layout, reference
        self.count = len(grid.rows)
        self.problems = Problems(grid, layout)
        self.columns = {
            name: self._texts(name) for name in (*layout.columns, *layout.fixed) if layout.has(name)
        }
        self.ids: dict[str, NDArray[np.int64]] = {}
        self.texts: dict[str, list[str]] = {}
        self.units: dict[str, list[str]] = {}
        self.days: dict[str, tuple[NDArray[np.datetime64], NDArray[np.bool_]]] = {}
        self.certainties = np.zeros(self.count, dtype=np.int64)

    def _texts(self, name: str) -> list[str]:
        column = self.layout.column_of(name)
        return self.grid.column(column) if column else [self.layout.fixed[name]] * self.count

    def _empty(self, name: str) -> NDArray[np.bool_]:
        return np.array([not text for text in self.columns[name]], dtype=bool)

    def _line(self, name: str, most: int) -> None:
        texts = pd.Series(self.columns[name], dtype=object)
        control = texts.str.contains(CONTROL, regex=True).to_numpy(dtype=bool)
        self.problems.add(
            name, control, "control_character", "a text on one line, without control characters"
        )
        long = texts.str.len().to_numpy() > most
        self.problems.add(name, long, "too_long", f"at most {most} characters")

    def _looked_up(
        self, name: str, table: Mapping[str, int], code: str, expected: str, missing: str
    ) -> NDArray[np.int64]:
        """What each text stands for, −1 where nothing; each different text is looked up once."""
        places, different = pd.factorize(pd.Series(self.columns[name], dtype=object))
        known = np.array([table.get(text, -1) for text in different.tolist()] or [-1], dtype=np.int64)
        found = known[places]
        self.problems.add(name, self._empty(name), "missing", missing)
        self.problems.add(name, found < 0, code, expected)
        return found

    def _number(
        self, name: str, exponents: NDArray[np.int64], expected: str, decimals: str | Sequence[str]
    ) -> NDArray[np.int64]:
        self.problems.add(name, self._empty(name), "missing", expected)
        found, codes = numbers.minor_units(
            self.columns[name], exponents, decimal=self.layout.decimal, thousands=self.layout.thousands
        )
        self.problems.add(name, codes == numbers.NOT_A_NUMBER, numbers.NOT_A_NUMBER, expected)
        self.problems.add(name, codes == numbers.TOO_MANY_DECIMALS, numbers.TOO_MANY_DECIMALS, decimals)
        self.problems.add(
            name, codes == numbers.TOO_LARGE, numbers.TOO_LARGE, "fewer than 2^53 of the smallest unit"
        )
        return found

    def _example(self) -> str:
        return f"-1{self.layout.thousands}234{self.layout.decimal}50"
