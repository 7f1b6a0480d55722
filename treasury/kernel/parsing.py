"""The one strict parser of what people and programs send: JSON documents, numbers, decimals, texts.

A number is a JSON number or a decimal string such as ``"-12.50"`` or ``"1e-3"``. Refused, with the field's
name and what was expected: NaN and infinities, numbers beyond float64 (1e400), ``1_000``, full-width
digits, true and false for a number, spaces, empty texts, NUL and lone surrogates, keys given twice,
documents too deep or too large.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from treasury.kernel.errors import InputError, shown

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 32
MAX_DIGITS = 400
SMALLEST, LARGEST = Decimal("5e-324"), Decimal("1.7976931348623157e308")

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_DOCUMENT = "document"


#: Digits of a key of an object, which fits its column.
_KEY_DIGITS = 15


def key(text: str | None) -> int | None:
    """The key of an object as it stands in an address; None for anything else: ``²`` is a digit and no number."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > _KEY_DIGITS:
        return None
    return int(text)


def document(source: str | bytes) -> Any:
    """The value of one JSON document; its numbers are Decimal, exactly as written.

    NaN and Infinity come through as floats, so that the reader of their field can refuse them by its name.
    """
    text = _text_of(source)
    _check_depth(text)
    try:
        return json.loads(
            text,
            parse_float=_json_number,
            parse_int=_json_number,
            parse_constant=float,
            object_pairs_hook=_object,
        )
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError(_DOCUMENT, "valid JSON", got=shown(str(error), 120)) from None


def decimal(value: Any, field: str, expected: str = "a number or a decimal string") -> Decimal:
    """An exact decimal: 0, or between 5e-324 and 1.797e308 in size, with at most 400 digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        raise InputError(field, expected, got=shown(value))
    if isinstance(value, str):
        if len(value) > MAX_DIGITS or not _NUMBER.fullmatch(value):
            raise InputError(field, expected, got=shown(value))
        result = Decimal(value)
    elif isinstance(value, float):
        result = Decimal(repr(value))
    elif isinstance(value, int):
        if value.bit_length() > 1100:
            raise InputError(field, f"{expected} of float64's range", got=shown(value))
        result = Decimal(value)
    else:
        result = value
    if not result.is_finite():
        raise InputError(field, f"{expected}, finite", got=shown(value))
    if result and not SMALLEST <= abs(result) <= LARGEST:
        raise InputError(field, f"{expected} of float64's range", got=shown(value))
    if len(result.as_tuple().digits) > MAX_DIGITS:
        raise InputError(field, f"{expected} of at most {MAX_DIGITS} digits", got=shown(value))
    return result


def number(value: Any, field: str, expected: str = "a number or a decimal string") -> float:
    """A finite float64."""
    if isinstance(value, float) and value - value == 0:
        return value
    return float(decimal(value, field, expected))


def integer(value: Any, field: str, expected: str = "a whole number") -> int:
    """A whole number below 2^53 in size: 9, 9.0 or "9"."""
    result = decimal(value, field, expected)
    if result != result.to_integral_value() or abs(result) >= 2**53:
        raise InputError(field, f"{expected} below 2^53", got=shown(value))
    return int(result)


def boolean(value: Any, field: str) -> bool:
    """true or false, nothing else."""
    if not isinstance(value, bool):
        raise InputError(field, "true or false", got=shown(value))
    return value


def text(value: Any, field: str, limit: int = 200) -> str:
    """A text without NUL and lone surrogates, at most ``limit`` characters."""
    if not isinstance(value, str):
        raise InputError(field, "a text", got=shown(value))
    if len(value) > limit:
        raise InputError(field, f"a text of at most {limit} characters", got=f"{len(value)} characters")
    if "\x00" in value:
        raise InputError(field, "a text without the character NUL", got=shown(value))
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(field, "a text without lone surrogates", got=shown(value))
    return value


def choice(value: Any, field: str, choices: Sequence[str]) -> str:
    """One of a few words."""
    if not isinstance(value, str) or value not in choices:
        raise InputError(field, "one of " + ", ".join(choices), got=shown(value))
    return value


def array(value: Any, field: str, minimum: int = 0, maximum: int = 100_000) -> list[Any]:
    """A JSON array of ``minimum`` to ``maximum`` elements."""
    if not isinstance(value, (list, tuple)):
        raise InputError(field, "an array", got=shown(value))
    if not minimum <= len(value) <= maximum:
        raise InputError(field, f"an array of {minimum} to {maximum} elements", got=str(len(value)))
    return list(value)


def mapping(value: Any, field: str) -> Mapping[str, Any]:
    """A JSON object with text keys."""
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise InputError(field, "an object", got=shown(value))
    return value


def _text_of(source: str | bytes) -> str:
    if len(source) > MAX_BYTES:
        raise InputError(_DOCUMENT, f"at most {MAX_BYTES} bytes", got=f"{len(source)}")
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            _DOCUMENT, "UTF-8", got=f"byte 0x{source[error.start]:02x} at {error.start}"
        ) from None


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _STRUCTURE.finditer(text):
        mark = token.group()
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise InputError(_DOCUMENT, f"at most {MAX_DEPTH} levels of nesting")


def _json_number(literal: str) -> Decimal | str:
    """A number as written; one that is too long or too large stays text, which its field then refuses by
    name."""
    exponent = re.split("[eE]", literal)[1:]
    if len(literal) > MAX_DIGITS or (exponent and len(exponent[0].lstrip("+-")) > 4):
        return literal
    return Decimal(literal)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise InputError(key if key.isprintable() else _DOCUMENT, "each key once", got="a second one")
            seen.add(key)
    return result
