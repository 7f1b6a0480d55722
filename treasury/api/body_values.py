"""Values of a body, read strictly: by the kind of their field, with the path of what is refused.

An amount and a rate are decimal strings and never a float, a whole number is no text, a date lies within the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from treasury.kernel import dates, parsing
from treasury.kernel.errors import InputError, shown

if TYPE_CHECKING:
    from treasury.api.bodies import Input

#: Digits of the columns that hold money, ratios and rates: NUMERIC(20, 4), NUMERIC(9, 6), NUMERIC(20, 10).
AMOUNT_DIGITS, RATIO_DIGITS, RATIO_PLACES, RATE_DIGITS = 16, 3, 6, 10
LARGEST_KEY = 999_999_999_999_999
#: What the book dates: beyond it a day's neighbours leave the calendar.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
MOST_ROWS = 1_000
_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _text(one: Input, value: Any, path: str) -> str:
    found = parsing.text(value, path, one.limit)
    if not one.blank and not found.strip():
        raise InputError(path, "a text that says something", got=shown(value))
    return found


def _uuid(one: Input, value: Any, path: str) -> str:
    found = parsing.text(value, path, 40)
    if not _UUID.fullmatch(found):
        raise InputError(path, "a UUID", got=shown(value))
    return found


def _amount(one: Input, value: Any, path: str) -> Decimal:
    expected = 'a decimal string such as "-600000.00"'
    if not isinstance(value, str) or "e" in value.lower():
        raise InputError(path, expected, got=shown(value))
    found = parsing.decimal(value, path, expected)
    places = found.as_tuple().exponent
    if abs(found) >= 10**AMOUNT_DIGITS or (isinstance(places, int) and places < -4):
        raise InputError(path, f"{expected}: {AMOUNT_DIGITS} digits and 4 decimals at most", got=shown(value))
    return found


def _ratio(one: Input, value: Any, path: str) -> Decimal:
    """Numbers of a document are read as they are written, so that a ratio may be one."""
    expected = f"a number above 0, below {10**RATIO_DIGITS}, with at most {RATIO_PLACES} decimals"
    found = parsing.decimal(value, path, expected)
    places = found.normalize().as_tuple().exponent
    if not 0 < found < 10**RATIO_DIGITS or (isinstance(places, int) and -places > RATIO_PLACES):
        raise InputError(path, expected, got=shown(value))
    return found


def _rate(one: Input, value: Any, path: str) -> Decimal:
    """As it was quoted or dealt: a decimal string, never a float."""
    expected = 'a decimal string such as "1.0825"'
    if not isinstance(value, str) or "e" in value.lower():
        raise InputError(path, expected, got=shown(value))
    found = parsing.decimal(value, path, expected)
    if abs(found) >= 10**RATE_DIGITS or found != round(found, RATE_DIGITS):
        raise InputError(
            path, f"{expected}: {RATE_DIGITS} digits and {RATE_DIGITS} decimals at most", got=shown(value)
        )
    return found


def _share(one: Input, value: Any, path: str) -> Decimal:
    """A ratio that may be 0."""
    expected = f"a number from 0, below {10**RATIO_DIGITS}, with at most {RATIO_PLACES} decimals"
    found = parsing.decimal(value, path, expected)
    if not 0 <= found < 10**RATIO_DIGITS or found != round(found, RATIO_PLACES):
        raise InputError(path, expected, got=shown(value))
    return found


def _number(one: Input, value: Any, path: str, lowest: int = 0, highest: int | None = None) -> int:
    highest = one.limit if highest is None else highest
    expected = f"a whole number from {lowest} to {highest}"
    if isinstance(value, str):
        raise InputError(path, expected, got=shown(value))
    found = parsing.integer(value, path, expected)
    if not lowest <= found <= highest:
        raise InputError(path, expected, got=shown(value))
    return found


def _key(one: Input, value: Any, path: str) -> int:
    return _number(one, value, path, 1, LARGEST_KEY)


def _boolean(one: Input, value: Any, path: str) -> bool:
    return parsing.boolean(value, path)


def _date(one: Input, value: Any, path: str) -> date:
    expected = f"a date from {FIRST_DAY} to {LAST_DAY}"
    try:
        found = dates.day(parsing.text(value, path, 10))
    except InputError:
        raise
    except ValueError:
        raise InputError(path, expected, got=shown(value)) from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise InputError(path, expected, got=shown(value))
    return found


def _choice(one: Input, value: Any, path: str) -> str:
    return parsing.choice(value, path, one.choices)


def _object(one: Input, value: Any, path: str) -> dict[str, Any]:
    assert one.of is not None
    return one.of.read(value, path)


def _array(one: Input, value: Any, path: str) -> list[dict[str, Any]]:
    assert one.of is not None
    rows = parsing.array(value, path, 1 if one.required else 0, MOST_ROWS)
    return [one.of.read(row, f"{path}[{place}]") for place, row in enumerate(rows)]


READERS: dict[str, Callable[[Input, Any, str], Any]] = {
    "text": _text, "base64": _text, "uuid": _uuid,
    "amount": _amount, "rate": _rate, "ratio": _ratio, "share": _share, "number": _number,
    "key": _key, "boolean": _boolean, "date": _date, "choice": _choice, "object": _object, "array": _array,
}  # fmt: skip
ARTICLES = {
    "text": "a text", "base64": "a text", "uuid": "a UUID",
    "amount": "a decimal string", "rate": "a decimal string", "ratio": "a number above 0",
    "share": "a number from 0", "number": "a whole number",
    "key": "an id", "boolean": "true or false", "date": "a date such as 2026-10-09", "choice": "one of its values",
    "object": "an object", "array": "an array",
}  # fmt: skip
