"""JSON lines: one object a line. A line that is none is a wrong row, and the others are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from treasury.domain.bulk.rows import MOST_IN_A_CELL, Field, RowProblem, Rows, refuse_count
from treasury.kernel import parsing
from treasury.kernel.errors import InputError, shown

#: Characters of a line; all fields together need fewer.
_LONGEST = 16_384
_EXPECTED = {
    "text": "a text", "date": "a date such as 2026-10-09", "decimal": 'a decimal string such as "-600000.00"',
    "number": "a number", "integer": "a whole number", "boolean": "true or false",
}  # fmt: skip


def read(content: bytes, fields: Sequence[Field]) -> Rows:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("document", "UTF-8", got=f"byte 0x{content[error.start]:02x}") from None
    lines = [line for line in text.split("\n") if line.strip()]
    refuse_count(len(lines))
    known = {one.name: one for one in fields}
    given: list[dict[str, str]] = []
    rows = Rows((), count=len(lines))
    for place, line in enumerate(lines):
        found, wrong = _row(line, known)
        if wrong:
            rows.refused[place] = wrong
        else:
            given.append(found)
            rows.places.append(place)
    there = {name for one in given for name in one} | {one.name for one in fields if one.required}
    rows.names = tuple(name for name in known if name in there)
    rows.cells = [[one.get(name, "") for name in rows.names] for one in given]
    return rows


def _row(line: str, known: Mapping[str, Field]) -> tuple[dict[str, str], list[RowProblem]]:
    if len(line) > _LONGEST:
        return {}, [RowProblem("", "too_long", f"a line of at most {_LONGEST} characters")]
    try:
        value = parsing.document(line)
    except InputError as error:
        return {}, [RowProblem("", "not_json", error.expected, error.got)]
    if not isinstance(value, dict):
        return {}, [RowProblem("", "not_an_object", "an object", shown(value))]
    found: dict[str, str] = {}
    wrong: list[RowProblem] = []
    for name, cell in value.items():
        one = known.get(name)
        if one is None:
            fields = "one of the fields " + ", ".join(known)
            wrong.append(RowProblem(shown(name)[1:-1], "unknown_field", fields, "an unknown name"))
            continue
        text = _text(one.kind, cell)
        if text is None or len(text) > MOST_IN_A_CELL:
            expected = _EXPECTED[one.kind] if text is None else f"at most {MOST_IN_A_CELL} characters"
            wrong.append(
                RowProblem(name, "wrong_type" if text is None else "too_long", expected, shown(cell))
            )
        else:
            found[name] = text
    return found, wrong


def _text(kind: str, cell: Any) -> str | None:
    """The cell as a text, empty for null; None where it is of another type than its field."""
    if cell is None:
        return ""
    if kind == "boolean":
        return {True: "true", False: "false"}.get(cell) if isinstance(cell, bool) else None
    if isinstance(cell, str):
        return None if kind == "integer" else cell
    if kind in ("number", "integer") and isinstance(cell, Decimal) and abs(cell.adjusted()) < 20:
        text = format(cell, "f")
        return text if kind == "number" or cell == cell.to_integral_value() else None
    return None
