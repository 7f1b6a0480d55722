"""Documents that are kept as JSON (effects, volumes, tests, hypotheticals), as terms and tables of a page."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from treasury.web import formats, words
from treasury.web.tables import Column, Table

HIDDEN = ("_id", "digest")
RATIOS = ("ratio", "slope", "squared", "value", "factor", "rate", "level", "limit", "margin")


def said(name: str, value: Any) -> object:
    """One value as a person reads it."""
    if value is None or value == "":
        return formats.why("not defined")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(said(name, one)) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{label(key)} {said(key, one)}" for key, one in value.items())
    number = _number(value)
    if number is None:
        text = str(value)
        return words.label(text) if text.isupper() else words.reason(text) if "_" in text else text
    if any(part in name for part in RATIOS):
        return formats.statistic(float(number))
    whole = number == number.to_integral_value()
    return formats.number(number, 0 if whole else 2)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, (int, float)):
        return Decimal(str(value))
    try:
        return Decimal(str(value)) if any(digit.isdigit() for digit in str(value)) else None
    except InvalidOperation:
        return None


def label(name: str) -> str:
    return words.label(name) if str(name).isupper() else words.sentence(name)


def terms(document: Any) -> list[tuple[str, object]]:
    """The single values of a document."""
    if not isinstance(document, dict):
        return []
    return [
        (label(name), said(name, value))
        for name, value in document.items()
        if not name.endswith(HIDDEN) and not _is_rows(value) and not _is_group(value)
    ]


def tables(document: Any, caption: str = "") -> Iterator[Table]:
    """Its lists of objects, and its groups of values (before and after side by side), as tables."""
    if _is_rows(document):
        yield _table(document, caption)
        return
    if not isinstance(document, dict):
        return
    before, after = document.get("before"), document.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        yield side_by_side(before, after, caption or "Before and after")
        document = {name: value for name, value in document.items() if name not in ("before", "after")}
    for name, value in document.items():
        if _is_rows(value):
            yield _table(value, label(name))
        elif _is_group(value):
            if all(isinstance(one, dict) for one in value.values()):
                yield _table([{"": label(key)} | one for key, one in value.items()], label(name))
            else:
                rows = [{"name": label(key), "value": said(key, one)} for key, one in value.items()]
                yield Table([Column("name", label(name)), Column("value", "Value")], rows,
                            caption=label(name), short=True)  # fmt: skip


def side_by_side(before: dict, after: dict, caption: str) -> Table:
    rows = [
        {"name": label(name), "before": said(name, before.get(name)), "after": said(name, after.get(name))}
        for name in dict.fromkeys([*before, *after])
        if not name.endswith(HIDDEN)
    ]
    columns = [Column("name", "What"), Column("before", "Before"), Column("after", "After")]
    return Table(columns, rows, caption=caption, short=True)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) and bool(value)


def _table(rows: list[dict], caption: str) -> Table:
    names = [
        name for name in dict.fromkeys(name for row in rows for name in row) if not name.endswith(HIDDEN)
    ]
    columns = [
        Column(
            name, label(name), cell=lambda row, name=name: said(name, row.get(name)) if name in row else ""
        )
        for name in names
    ]
    return Table(columns, rows, caption=caption, short=True)
