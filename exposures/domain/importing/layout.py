"""How a file is to be read, as a person said it: nothing of it is guessed.

The numbers of rows and columns count from 1, as in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

from treasury.domain.refusals import Refusal

ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}
SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
DECIMALS = {".": "point, 1234.50", ",": "comma, 1234,50"}
THOUSANDS = {"": "none", ",": "comma", ".": "point", " ": "space", "'": "apostrophe"}
DATES = {"ISO": "2026-10-31", "DMY": "31.10.2026 or 31/10/2026", "MDY": "10/31/2026"}
SIGNS = {
    "AS_IS": "as it stands: an inflow is +",
    "REVERSED": "reversed: an inflow is −",
    "DIRECTION": "by a column with a word for each direction",
}
CERTAINTIES = {"FRACTION": "fraction, 0 to 1", "PERCENT": "per cent, 0 to 100"}


class Target(NamedTuple):
    """A field of an exposure that a column may fill; one that `may_be_fixed` may have one value for the whole file."""

    name: str
    label: str
    is_needed: bool = False
    may_be_fixed: bool = False
    help: str = ""


TARGETS = (
    Target("reference", "Reference", True, help="By which the source knows the exposure."),
    Target("entity", "Entity", True, True, "Code of the entity."),
    Target("risk", "Risk", False, True, "Code such as USDEUR; without it the currency against the entity's."),
    Target("kind", "Kind", True, True),
    Target("amount", "Amount", True),
    Target("direction", "Direction", False, help="Where a word says whether it is an inflow."),
    Target("currency", "Currency or unit", False, True),
    Target("expected_date", "Expected date", True),
    Target("window_start", "Window from"),
    Target("window_end", "Window to"),
    Target("certainty", "Certainty", help="Left out: as it was, 1 for a new exposure."),
    Target("status", "Status", help="Left out: as it was, open for a new exposure."),
    Target("description", "Description"),
)
LABELS = {target.name: target.label for target in TARGETS}
FIXABLE = tuple(target.name for target in TARGETS if target.may_be_fixed)


@dataclass(frozen=True)
class Layout:
    """`columns`: field -> column number, `names`: field -> heading of that column, `fixed`: field -> one value."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int = 1
    decimal: str = ""
    thousands: str = ""
    dates: str = ""
    sign: str = ""
    inflow: str = ""
    outflow: str = ""
    certainty: str = "FRACTION"
    valid_from: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Layout:
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in settings.items() if name in known})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def with_headings(self, header: list[str]) -> Layout:
        """The same with the headings of its columns, by which a saved one finds them in the next file."""
        names = {name: header[at - 1] for name, at in self.columns.items() if 0 < at <= len(header)}
        return replace(self, names=names)

    def found_in(self, header: list[str]) -> Layout:
        """A saved one on another file: its columns by their headings, exactly; one without its heading is left out.

        A file without headings keeps the places.
        """
        if not header:
            return self
        places: dict[str, int] = {}
        for number, name in enumerate(header, 1):
            places[name] = -1 if name in places else number
        columns = {
            target: places[name] for target, name in self.names.items() if name and places.get(name, 0) > 0
        }
        return replace(self, columns=columns)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.valid_from)

    def column_of(self, target: str) -> int | None:
        return self.columns.get(target)

    def has(self, target: str) -> bool:
        return target in self.columns or bool(self.fixed.get(target))


def refuse_unfinished(layout: Layout) -> None:
    """Raises Refusal naming what a person still has to say before rows can be checked."""
    missing = [target.label.lower() for target in TARGETS if target.is_needed and not layout.has(target.name)]
    if not (layout.has("risk") or layout.has("currency")):
        missing.append("risk or currency")
    if layout.sign == "DIRECTION" and not (layout.has("direction") and layout.inflow and layout.outflow):
        missing.append("the column of the direction with its two words")
    for name, said in (("decimal mark", layout.decimal), ("order of dates", layout.dates), ("sign", layout.sign),
                       ("date from which it counts", layout.valid_from)):  # fmt: skip
        if not said:
            missing.append(name)
    if missing:
        raise Refusal(f"Say first: {', '.join(missing)}. Nothing is guessed.")
    if layout.decimal == layout.thousands:
        raise Refusal("Decimal and thousands mark are the same: choose two, or no thousands mark.")
