"""Bodies of writes: each field declared once, which gives the contract and reads what comes, strictly.

An unknown field, a missing one, a float or exponent for money, a text for a number and a date that is none are refused
with the path of the field (`items[1].amount`). null is as if the field were left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from treasury.api.body_schemas import SCHEMAS
from treasury.api.body_values import ARTICLES, READERS
from treasury.kernel import parsing
from treasury.kernel.errors import InputError, shown
from treasury.kernel.money import exponent


@dataclass(frozen=True)
class Input:
    """One field. `kind` is text, base64, uuid, amount, rate, ratio, share (a ratio that may be 0), number, key,
    boolean, date, choice, object or array.

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
        found: dict[str, Any] = {"description": self.meaning} | SCHEMAS[self.kind](self)
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
                raise InputError(path, f"{ARTICLES[one.kind]}; it is required", got="null or nothing")
            return one.default
        return READERS[one.kind](one, value, path)


def body(*fields: Input, meaning: str = "", example: Any = None) -> Body:
    return Body(fields, meaning, example)


def refuse_scale(amount: Decimal, unit: str, path: str) -> None:
    """An amount has no more decimals than its unit: JPY none, EUR two."""
    places = amount.normalize().as_tuple().exponent
    if isinstance(places, int) and -places > exponent(unit):
        raise InputError(path, f"at most {exponent(unit)} decimals for {unit}", got=shown(amount))


def choices(of: Any) -> tuple[str, ...]:
    return tuple(of.values)


def duplicates(rows: Sequence[Mapping[str, Any]], key: str, path: str) -> None:
    """Each row of an array is about another thing."""
    seen: set[Any] = set()
    for place, row in enumerate(rows):
        if row[key] in seen:
            raise InputError(f"{path}[{place}].{key}", "each one once", got=shown(row[key]))
        seen.add(row[key])


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
