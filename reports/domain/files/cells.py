"""What a cell of a file holds: plain codes and numbers; a text that a spreadsheet would run is made inert."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reports.domain.table import Field
from treasury.kernel.money import exponent, plain
from treasury.queries.rows import Row

#: A spreadsheet takes a text that begins with one of these for a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_formula(text: str) -> bool:
    return text.startswith(STARTS_A_FORMULA)


def inert(text: str) -> str:
    """The apostrophe makes a formula a text again."""
    return f"'{text}" if is_formula(text) else text


def decimals(field: Field, row: Row) -> int:
    return exponent(row[field.unit]) if row.get(field.unit) else 2


def number(value: Decimal | int | float, field: Field, row: Row) -> str:
    """An amount with the decimals of its unit, all it has where it has more; a rate without idle zeros."""
    if field.kind == "amount":
        amount = Decimal(value)
        fixed = format(amount, f".{decimals(field, row)}f")
        return fixed if Decimal(fixed) == amount else plain(amount)
    return plain(Decimal(str(value)))


def text(value: object, field: Field) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if field.kind == "month" else value.isoformat()
    return "" if value is None else str(value)
