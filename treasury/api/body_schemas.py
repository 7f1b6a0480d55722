"""Fields of a body as they stand in the contract: by their kind, with the limits that a value is read by."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from treasury.api.body_values import AMOUNT_DIGITS, LARGEST_KEY, MOST_ROWS, RATE_DIGITS, RATIO_DIGITS

if TYPE_CHECKING:
    from treasury.api.bodies import Input

_AMOUNT_PATTERN = rf"^-?[0-9]{{1,{AMOUNT_DIGITS}}}(\.[0-9]{{1,4}})?$"
_BASE64_PATTERN = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
_RATE_PATTERN = rf"^-?[0-9]{{1,{RATE_DIGITS}}}(\.[0-9]{{1,{RATE_DIGITS}}})?$"


def _of(one: Input) -> dict[str, Any]:
    assert one.of is not None
    return one.of.schema


SCHEMAS: dict[str, Callable[[Input], dict[str, Any]]] = {
    "text": lambda one: {"type": "string", "maxLength": one.limit} | ({} if one.blank else {"minLength": 1}),
    "base64": lambda one: {
        "type": "string", "minLength": 1, "maxLength": one.limit, "contentEncoding": "base64",
        "pattern": _BASE64_PATTERN,
    },
    "uuid": lambda one: {"type": "string", "format": "uuid"},
    "amount": lambda one: {"type": "string", "format": "decimal", "pattern": _AMOUNT_PATTERN},
    "rate": lambda one: {"type": "string", "format": "decimal", "pattern": _RATE_PATTERN},
    "share": lambda one: {"type": "number", "minimum": 0, "exclusiveMaximum": 10**RATIO_DIGITS},
    "ratio": lambda one: {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10**RATIO_DIGITS},
    "number": lambda one: {"type": "integer", "minimum": 0, "maximum": one.limit},
    "key": lambda one: {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_KEY},
    "boolean": lambda one: {"type": "boolean"},
    "date": lambda one: {"type": "string", "format": "date"},
    "choice": lambda one: {"type": "string", "enum": list(one.choices)},
    "object": _of,
    "array": lambda one: {
        "type": "array", "minItems": 1 if one.required else 0, "maxItems": MOST_ROWS, "items": _of(one),
    },
}  # fmt: skip
