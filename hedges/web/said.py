"""One value of a document that is kept as JSON (effects, terms, hypotheticals), as a person reads it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from treasury.web import formats, words

RATIOS = ("ratio", "slope", "squared", "value", "factor", "rate", "level", "limit", "margin")


def said(name: str, value: Any) -> object:
    """`name` tells a ratio from an amount."""
    if value is None or value == "":
        return formats.why("not defined")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(said(name, one)) for one in value)
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
