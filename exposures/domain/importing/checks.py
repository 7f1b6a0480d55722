"""Every cell of an import held against what an exposure may be: whole columns at a time, nothing guessed.

Amounts are signed as an exposure is: an inflow is +, an outflow −, in the base unit of the risk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from exposures.domain.importing import dates
from exposures.domain.importing.code_checks import CodeChecks
from exposures.domain.importing.grid import CELL_ERROR, FORMULA, Grid
from exposures.domain.importing.layout import Layout
from exposures.domain.importing.problems import Problems
from exposures.enums import ExposureKind, ExposureStatus
from exposures.queries.import_reference import Reference

MAX_REFERENCE, MAX_DESCRIPTION = 60, 120
CERTAINTY_DECIMALS = 6
_ISO = "the order chosen, e.g. {}"


@dataclass
class Checked:
    """The columns as they were read, row by row; where a cell is wrong or not given its value means nothing."""

    grid: Grid
    problems: Problems
    texts: dict[str, list[str]]
    ids: dict[str, NDArray[np.int64]]
    units: dict[str, list[str]]
    amounts: NDArray[np.int64]
    exponents: NDArray[np.int64]
    certainties: NDArray[np.int64]
    has_certainty: bool
    days: dict[str, tuple[NDArray[np.datetime64], NDArray[np.bool_]]]


def check(grid: Grid, layout: Layout, reference: Reference) -> Checked:
    found = _Check(grid, layout, reference)
    found.shape()
    found.references()
    found.entities()
    found.risks()
    found.words()
    found.amount()
    found.certainty()
    found.dates()
    return found.done()


class _Check(CodeChecks):
    def shape(self) -> None:
        """Rows with more or fewer cells than the heading, and cells of a workbook that have no value."""
        width, rows = self.grid.width, self.grid.rows
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        # a workbook leaves out empty cells at the end, and a spreadsheet's CSV has too many separators there
        filled = np.array([len(row) if len(row) <= width else _filled(row) for row in rows], dtype=np.int64)
        ragged = (filled > width) | ((lengths < width) & (not self.layout.sheet))
        self.problems.add(
            "", ragged, "ragged_row", f"{width} cells, as in the first row", [f"{n} cells" for n in lengths.tolist()]
        )  # fmt: skip
        for code, words in (
            (FORMULA, "a value: the formula has none stored; save the workbook once in a spreadsheet"),
            (CELL_ERROR, "a value, not an error of the spreadsheet"),
        ):
            at = {place for place, found in self.grid.flaws.items() if found == code}
            for name, column in self.layout.columns.items() if at else ():
                where = np.array([(number, column) in at for number in self.grid.row_numbers], dtype=bool)
                self.problems.add(name, where, code, words)

    def references(self) -> None:
        texts = self.columns["reference"]
        self._line("reference", MAX_REFERENCE)
        self.problems.add("reference", self._empty("reference"), "missing", "the reference of the source")
        series = pd.Series(texts, dtype=object)
        rows = pd.Series(self.grid.row_numbers)
        first = rows.groupby(series, sort=False).transform("first").tolist()
        again = series.duplicated(keep="first").to_numpy()
        self.problems.add(
            "reference", again, "duplicate_in_file",
            [f"each reference once; it stands in row {row} already" for row in first],
        )  # fmt: skip
        self.texts["reference"] = texts
        if "description" in self.columns:
            self._line("description", MAX_DESCRIPTION)
            self.texts["description"] = self.columns["description"]

    def words(self) -> None:
        for name, choices in (("kind", ExposureKind), ("status", ExposureStatus)):
            if name not in self.columns:
                continue
            table = {code: at for at, code in enumerate(choices.values)}
            table |= {label.lower(): at for at, label in enumerate(choices.labels)}
            table |= {label.capitalize(): at for at, label in enumerate(choices.labels)}
            expected = f"one of {', '.join(choices.values)}"
            found = self._looked_up(name, table, f"unknown_{name}", expected, expected)
            self.texts[name] = np.array(choices.values)[found].tolist()

    def amount(self) -> None:
        exponents = np.array(
            [self.reference.units.get(unit, 4) for unit in self.units["unit"]], dtype=np.int64
        )
        amounts = self._number("amount", exponents, "an amount in the marks chosen, e.g. " + self._example(), [
            f"at most {decimals} decimals for {unit}" if unit else "at most 4 decimals"
            for decimals, unit in zip(exponents.tolist(), self.units["unit"], strict=True)
        ])  # fmt: skip
        self.problems.add("amount", amounts == 0, "zero_amount", "an amount that is not zero")
        sign = self.layout.sign
        if sign == "REVERSED":
            amounts = -amounts
        elif sign == "DIRECTION":
            amounts = self._directed(amounts)
        kinds = np.array(self.texts["kind"])
        fine = ~self.problems.wrong("kind") & ~self.problems.wrong("amount")
        self.problems.add("amount", fine & (kinds == ExposureKind.RECOGNISED_LIABILITY) & (amounts > 0),
                          "sign_of_kind", "an outflow: a recognised liability is negative")  # fmt: skip
        self.problems.add("amount", fine & (kinds == ExposureKind.RECOGNISED_ASSET) & (amounts < 0),
                          "sign_of_kind", "an inflow: a recognised asset is positive")  # fmt: skip
        self.amounts, self.exponents = amounts, exponents

    def _directed(self, amounts: NDArray[np.int64]) -> NDArray[np.int64]:
        layout = self.layout
        table = {layout.outflow: 0, layout.inflow: 1}
        words = f"{layout.inflow} or {layout.outflow}"
        inflow = self._looked_up("direction", table, "unknown_direction", words, words)
        self.problems.add(
            "amount", amounts < 0, "sign_with_direction", "an amount without a sign: the direction gives it"
        )
        return np.where(inflow == 1, amounts, -amounts)

    def certainty(self) -> None:
        if "certainty" not in self.columns:
            return
        percent = self.layout.certainty == "PERCENT"
        exponent = CERTAINTY_DECIMALS - 2 if percent else CERTAINTY_DECIMALS
        words = "a percentage from 0 to 100" if percent else "a share from 0 to 1"
        found = self._number(
            "certainty", np.full(self.count, exponent), words, f"at most {exponent} decimals"
        )
        self.problems.add(
            "certainty", (found < 0) | (found > 10**CERTAINTY_DECIMALS), "certainty_range", words
        )
        self.certainties = found

    def dates(self) -> None:
        example = dates.ORDERS[self.layout.dates].example
        for name in ("expected_date", "window_start", "window_end"):
            if name not in self.columns:
                continue
            empty = self._empty(name)
            if name == "expected_date":
                self.problems.add(name, empty, "missing", f"a date in {_ISO.format(example)}")
            found, there = dates.days(self.columns[name], self.layout.dates)
            self.problems.add(name, ~there & ~empty, "not_a_date", f"a date in {_ISO.format(example)}")
            self.days[name] = (found, there)
        self._windows()

    def _windows(self) -> None:
        none = (np.zeros(self.count, dtype="datetime64[D]"), np.zeros(self.count, dtype=bool))
        (start, has_start), (end, has_end) = (self.days.get(n, none) for n in ("window_start", "window_end"))
        day, has_day = self.days["expected_date"]
        for name, mine, other in (
            ("window_start", has_start, "window_end"),
            ("window_end", has_end, "window_start"),
        ):
            if name in self.columns:
                rest = np.zeros(self.count, dtype=bool)
                if other in self.columns:
                    rest = self.days[other][1] | self.problems.wrong(other)
                self.problems.add(name, mine & ~rest, "half_a_window", "both ends of the window, or none")
        both = has_start & has_end
        self.problems.add(
            "window_start", both & (start > end), "window_order", "a window that begins before it ends"
        )
        outside = both & has_day & ((day < start) | (day > end)) & ~self.problems.wrong("window_start")
        self.problems.add(
            "expected_date", outside, "date_outside_window", "a date inside the window of its row"
        )

    def done(self) -> Checked:
        return Checked(
            self.grid, self.problems, self.texts, self.ids, self.units, self.amounts, self.exponents,
            self.certainties, "certainty" in self.columns, self.days,
        )  # fmt: skip


def _filled(row: list[str]) -> int:
    """How many cells there are up to the last one that is not empty."""
    for at in range(len(row), 0, -1):
        if row[at - 1].strip():
            return at
    return 0
