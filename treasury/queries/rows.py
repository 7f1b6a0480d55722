"""Rows as plain dictionaries: what `.values()` gives and a page shows."""

from typing import Any

Row = dict[str, Any]


def listed(found: Any) -> list[Row]:
    """All rows of a `.values()` queryset, in one read."""
    return list(found)


def one(found: Any) -> Row | None:
    """Its first row, or None."""
    return found.first()
