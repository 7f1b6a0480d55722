"""Bodies of writes: each field declared once, which gives the contract and reads what comes, strictly.

An unknown field, a missing one, a float or exponent for money, a text for a number and a date that is none are refused
with the path of the field (`items[1].amount`). null is as if the field were left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.kernel import dates, parsing
from treasury.kernel.errors import InputError, shown
from treasury.kernel.money import exponent

#: Digits of the columns that hold money and ratios: NUMERIC(20, 4) and NUMERIC(9, 6).
_AMOUNT_DIGITS, _RATIO_DIGITS, _RATIO_PLACES = 16, 3, 6
_AMOUNT_PATTERN = rf"^-?[0-9]{{1,{_AMOUNT_DIGITS}}}(\.[0-9]{{1,4}})?$"
_LARGEST_KEY = 999_999_999_999_999
#: What the book dates: beyond it a day's neighbours leave the calendar.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
MOST_ROWS = 1_000


@dataclass(frozen=True)
class Input:
    """One field. `kind` is text, amount, ratio, number, key, boolean, date, choice, object or array.

    `limit`: characters of a text, the largest number, the most rows of an array. `of`: fields of an object or row.
    A text that may be `blank` need not say anything.
    """

    name: str
    meaning: str
    kind: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    limit: int = 400
    blank: bool = False
    default: Any = None
    of: "Body | None" = None
    example: Any = None

    @property
    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"description": self.meaning} | _SCHEMAS[self.kind](self)
        if self.default is not None:
            found["default"] = self.default
        if self.example is not None:
            found["examples"] = [self.example]
        if not self.required and "type" in found:
            found["type"] = [found["type"], "null"]
            if "enum" in found:
                found["enum"] = [*found["enum"], None]
        return found


@dataclass(frozen=True)
class Body:
    """The fields of a JSON object."""

    fields: tuple[Input, ...] = ()
    meaning: str = ""
    example: Any = None
    names: Mapping[str, Input] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", {one.name: one for one in self.fields})

    @property
    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {one.name: one.schema for one in self.fields},
        }
        required = [one.name for one in self.fields if one.required]
        if required:
            found["required"] = required
        if self.meaning:
            found["description"] = self.meaning
        if self.example is not None:
            found["examples"] = [self.example]
        return found

    def read(self, given: Any, path: str = "") -> dict[str, Any]:
        """Every field by name; None where it was left out and has no default."""
        given = parsing.mapping(given, path or "document")
        for name in given:
            if name not in self.names:
                known = "one of the fields " + ", ".join(self.names) if self.names else "no fields"
                raise InputError(_joined(path, shown(name)[1:-1]), known, got="an unknown name")
        return {
            name: self._value(one, given.get(name), _joined(path, name)) for name, one in self.names.items()
        }

    def _value(self, one: Input, value: Any, path: str) -> Any:
        if value is None:
            if one.required:
                raise InputError(path, f"{_ARTICLES[one.kind]}; it is required", got="null or nothing")
            return one.default
        return _READERS[one.kind](one, value, path)


def body(*fields: Input, meaning: str = "", example: Any = None) -> Body:
    return Body(fields, meaning, example)


def refuse_scale(amount: Decimal, unit: str, path: str) -> None:
    """An amount has no more decimals than its unit: JPY none, EUR two."""
    places = amount.normalize().as_tuple().exponent
    if isinstance(places, int) and -places > exponent(unit):
        raise InputError(path, f"at most {exponent(unit)} decimals for {unit}", got=shown(amount))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _text(one: Input, value: Any, path: str) -> str:
    found = parsing.text(value, path, one.limit)
    if not one.blank and not found.strip():
        raise InputError(path, "a text that says something", got=shown(value))
    return found


def _amount(one: Input, value: Any, path: str) -> Decimal:
    expected = 'a decimal string such as "-600000.00"'
    if not isinstance(value, str) or "e" in value.lower():
        raise InputError(path, expected, got=shown(value))
    found = parsing.decimal(value, path, expected)
    places = found.as_tuple().exponent
    if abs(found) >= 10**_AMOUNT_DIGITS or (isinstance(places, int) and places < -4):
        raise InputError(
            path, f"{expected}: {_AMOUNT_DIGITS} digits and 4 decimals at most", got=shown(value)
        )
    return found


def _ratio(one: Input, value: Any, path: str) -> Decimal:
    """Numbers of a document are read as they are written, so that a ratio may be one."""
    expected = f"a number above 0, below {10**_RATIO_DIGITS}, with at most {_RATIO_PLACES} decimals"
    found = parsing.decimal(value, path, expected)
    places = found.normalize().as_tuple().exponent
    if not 0 < found < 10**_RATIO_DIGITS or (isinstance(places, int) and -places > _RATIO_PLACES):
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
    return _number(one, value, path, 1, _LARGEST_KEY)


def _boolean(one: Input, value: Any, path: str) -> bool:
    return parsing.boolean(value, path)


def _date(one: Input, value: Any, path: str) -> date:
    expected = f"a date from {_FIRST_DAY} to {_LAST_DAY}"
    try:
        found = dates.day(parsing.text(value, path, 10))
    except InputError:
        raise
    except ValueError:
        raise InputError(path, expected, got=shown(value)) from None
    if not _FIRST_DAY <= found <= _LAST_DAY:
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


_READERS: dict[str, Callable[[Input, Any, str], Any]] = {
    "text": _text, "amount": _amount, "ratio": _ratio, "number": _number, "key": _key, "boolean": _boolean,
    "date": _date, "choice": _choice, "object": _object, "array": _array,
}  # fmt: skip
_ARTICLES = {
    "text": "a text", "amount": "a decimal string", "ratio": "a number above 0", "number": "a whole number",
    "key": "an id", "boolean": "true or false", "date": "a date such as 2026-10-09", "choice": "one of its values",
    "object": "an object", "array": "an array",
}  # fmt: skip


def _of(one: Input) -> dict[str, Any]:
    assert one.of is not None
    return one.of.schema


_SCHEMAS: dict[str, Callable[[Input], dict[str, Any]]] = {
    "text": lambda one: {"type": "string", "maxLength": one.limit} | ({} if one.blank else {"minLength": 1}),
    "amount": lambda one: {"type": "string", "format": "decimal", "pattern": _AMOUNT_PATTERN},
    "ratio": lambda one: {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10**_RATIO_DIGITS},
    "number": lambda one: {"type": "integer", "minimum": 0, "maximum": one.limit},
    "key": lambda one: {"type": "integer", "format": "int64", "minimum": 1, "maximum": _LARGEST_KEY},
    "boolean": lambda one: {"type": "boolean"},
    "date": lambda one: {"type": "string", "format": "date"},
    "choice": lambda one: {"type": "string", "enum": list(one.choices)},
    "object": _of,
    "array": lambda one: {
        "type": "array", "minItems": 1 if one.required else 0, "maxItems": MOST_ROWS, "items": _of(one),
    },
}  # fmt: skip


def choices(of: Any) -> tuple[str, ...]:
    return tuple(of.values)


def duplicates(rows: Sequence[Mapping[str, Any]], key: str, path: str) -> None:
    """Each row of an array is about another thing."""
    seen: set[Any] = set()
    for place, row in enumerate(rows):
        if row[key] in seen:
            raise InputError(f"{path}[{place}].{key}", "each one once", got=shown(row[key]))
        seen.add(row[key])
