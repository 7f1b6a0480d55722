"""The tables of strategies side by side: one column a strategy, one row a number, what differs marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hedges.web.strategy.side_by_side import Line, Stood, assumptions
from treasury.web import formats
from treasury.web.asked import raw, words
from treasury.web.tables import Column, Table

#: A table with more numbers than this is looked at on its own page.
MOST_NUMBERS = 400
#: The column of a table whose rows have units of their own.
UNIT = "unit"
COMMON = {
    "hedge_ratio": "Hedge ratio",
    "cost": "Cost today, paid +",
    "expected": "Expected, gain +",
    "worst": "Worst case, gain +",
}
COMMON_WORDS = (
    "Cost is what is paid today. Expected and worst are against today's spot rate, in the money of each column, over"
    " what its page looks at: scenarios of a programme and of the frontier, the rates shown of an option, the one move"
    " of a what-if."
)


def heads(stood: Sequence[Stood]) -> list[str]:
    """Titles, told apart where two are the same."""
    return [
        one.title
        if sum(other.title == one.title for other in stood) == 1
        else f"{one.title} ({one.word[:12]})"
        for one in stood
    ]


def common_lines(stood: Sequence[Stood]) -> list[Line]:
    lines = [
        Line(
            "Money in", (*(one.common.currency for one in stood),), (*(one.common.currency for one in stood),)
        )
    ]
    for name, label in COMMON.items():
        values = tuple(getattr(one.common, name) for one in stood)
        show: Callable[[Any], object] = formats.ratio if name == "hedge_ratio" else formats.number
        shown = tuple(
            formats.why(one.common.why.get(name, "missing_data")) if value is None else show(value)
            for one, value in zip(stood, values, strict=True)
        )
        lines.append(Line(label, values, shown))
    counts = tuple(len(one.answer.lines) if one.answer else None for one in stood)
    lines.append(Line("Trades of today", counts, tuple("" if one is None else str(one) for one in counts)))
    held = tuple(one.held for one in stood)
    return [*lines, Line("Its numbers are", held, held)]


def table(stood: Sequence[Stood], lines: Sequence[Line], caption: str, *, marked: bool = False) -> Table:
    """`marked`: with the word whether they differ."""
    numbered = any(line.number for line in lines)
    rows = [
        {"name": line.name, "number": line.number, "differs": "TERMS_DIFFER" if line.differs else ""}
        | {f"value{place}": value for place, value in enumerate(line.values)}
        | {f"shown{place}": shown for place, shown in enumerate(line.shown)}
        for line in lines
    ]
    columns = [
        Column("name", "Input" if marked else "Of" if numbered else "Number"),
        *([Column("number", "Number")] if numbered else []),
        *([Column("differs", "Differs", "state", cell=_differs)] if marked else []),
        *(
            Column(
                f"value{place}", head, "statistic" if not marked else "text", cell=_cell(place), value=_value(place)
            )
            for place, head in enumerate(heads(stood))
        ),
    ]  # fmt: skip
    return Table(columns, rows, caption=caption, short=True, sortable=False)


def assumed(stood: Sequence[Stood]) -> Table:
    return table(stood, assumptions(stood), "Assumptions", marked=True)


def numbers(stood: Sequence[Stood]) -> list[tuple[str, list[Line]]]:
    """Each table of strategies of one page, number by number; none of different pages. No lines: it is too long."""
    known = [one.answer for one in stood if one.answer]
    if len(known) < 2 or len({one.tool for one in stood}) > 1:
        return []
    captions = dict.fromkeys(part.table.caption for one in known for part in one.sections if part.table)
    return [(caption, _lines([_table(one, caption) for one in stood])) for caption in captions]


def _table(one: Stood, caption: str) -> Table | None:
    sections = one.answer.sections if one.answer else []
    return next((part.table for part in sections if part.table and part.table.caption == caption), None)


def _lines(tables: Sequence[Table | None]) -> list[Line]:
    found = [_by_place(one) if one else {} for one in tables]
    keys = list(dict.fromkeys(key for cells in found for key in cells))
    if len(keys) > MOST_NUMBERS:
        return []
    lines = []
    for key in keys:
        cells = [cells.get(key) for cells in found]
        labels = {cell[0] for cell in cells if cell}
        lines.append(
            Line(
                key[0],
                tuple(cell[1] if cell else None for cell in cells),
                tuple(cell[2] if cell else "" for cell in cells),
                labels.pop() if len(labels) == 1 else "Value",
            )
        )
    return lines


def _by_place(table: Table) -> dict[tuple[str, int, str], tuple[str, object, object]]:
    """Label, value and look of each cell, by what its row says first (counted where several do) and its column."""
    seen: dict[str, int] = {}
    found = {}
    first, *others = table.all_columns
    has_units = any(column.key == UNIT for column in others)
    for row in table.rows:
        name = words(first, row)
        seen[name] = seen.get(name, -1) + 1
        for column in others:
            if column.key == UNIT:
                continue
            label = (row[UNIT] or "Value") if has_units else f"{column.label} {column.unit}".strip()
            found[name, seen[name], column.key] = (label, raw(column, row), column.show(row))
    return found


def _differs(row: dict) -> object:
    return formats.state(row["differs"]) if row["differs"] else "the same"


def _cell(place: int) -> Callable[[dict], Any]:
    return lambda row: row[f"shown{place}"]


def _value(place: int) -> Callable[[dict], Any]:
    return lambda row: row[f"value{place}"]
