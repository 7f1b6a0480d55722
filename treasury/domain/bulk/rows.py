"""Rows that arrive in bulk, as texts: JSON lines, CSV or Parquet become the same table, or are refused by field.

Nothing is guessed: a field that nobody declared, an amount as a JSON number and a row that is no object are wrong, and
each says what was expected. null and an empty cell are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from treasury.kernel.errors import InputError

NDJSON, CSV, PARQUET = "application/x-ndjson", "text/csv", "application/vnd.apache.parquet"
MEDIA_TYPES = (NDJSON, CSV, PARQUET)
MOST_ROWS = 50_000
MOST_BYTES = 32 * 1024 * 1024
#: Characters of one cell; no column of the book holds more.
MOST_IN_A_CELL = 400


class Field(NamedTuple):
    """`kind`: text, decimal (a decimal string), number (also a JSON number), integer, boolean or date."""

    name: str
    meaning: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    example: object = None


class RowProblem(NamedTuple):
    """What is wrong with one field of a row, and what it should have been."""

    field: str
    code: str
    expected: str
    got: str | None = None


@dataclass
class Rows:
    """`cells` of those that could be read, in the order of `names`, with their `places` among all `count`."""

    names: tuple[str, ...]
    cells: list[list[str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    refused: dict[int, list[RowProblem]] = field(default_factory=dict)
    count: int = 0

    def column(self, name: str) -> list[str]:
        """The texts of one field; empty where the request does not have it."""
        if name not in self.names:
            return [""] * len(self.cells)
        at = self.names.index(name)
        return [row[at].strip() for row in self.cells]


def refuse_count(count: int) -> None:
    if not 1 <= count <= MOST_ROWS:
        raise InputError("rows", f"1 to {MOST_ROWS} rows", got=str(count))


def refuse_names(names: Sequence[str], fields: Sequence[Field]) -> None:
    """The columns of a table are fields, each once, and the required ones are there."""
    known = [one.name for one in fields]
    for name in names:
        if name not in known:
            raise InputError(
                name[:60] or "document", "one of the fields " + ", ".join(known), got="an unknown name"
            )
    if len(set(names)) < len(names):
        raise InputError("document", "each field once", got="a field twice")
    for one in fields:
        if one.required and one.name not in names:
            raise InputError(one.name, "a column of this name; it is required", got="none")
