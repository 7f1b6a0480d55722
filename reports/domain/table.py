"""One table for the page, the API and the files: columns that say what they hold, rows, and totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from treasury.queries.rows import Row

#: Kinds of a column: text and label (a code), day and month, amount (in `unit`), rate, count.
NUMERIC = ("amount", "rate", "count")


@dataclass(frozen=True)
class Field:
    """`unit` is the key of the row's column that names the unit of an amount."""

    key: str
    label: str
    kind: str = "text"
    unit: str = "currency"


@dataclass
class ReportTable:
    """`totals` are rows of the same columns; the first column of each says what it is the total of. `note` is what is
    said of the table as a whole, in the page and the files."""

    code: str
    title: str
    fields: Sequence[Field]
    rows: Iterable[Row]
    paragraph: str = ""
    note: str = ""
    totals: Sequence[Row] = field(default_factory=list)


def texts(*fields: tuple[str, str]) -> list[Field]:
    return [Field(key, label) for key, label in fields]


def labels(*fields: tuple[str, str]) -> list[Field]:
    return [Field(key, label, "label") for key, label in fields]


def amounts(*fields: tuple[str, str], unit: str = "currency") -> list[Field]:
    return [Field(key, label, "amount", unit) for key, label in fields]
