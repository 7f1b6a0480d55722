"""Query parameters: each one declared, read strictly, given once; an unknown one is refused."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from treasury.api.problems import ParameterError
from treasury.kernel import dates as dates_written
from treasury.kernel import parsing
from treasury.kernel.errors import InputError, shown

_INTEGER = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"[0-9]{1,10}(\.[0-9]{1,10})?")
_EXPECTED = {
    "text": "a text of 1 to 100 characters",
    "integer": "a whole number from 0 on",
    "decimal": "a number from 0 on with at most 10 decimals, such as 0.95",
    "date": "a date such as 2026-10-09",
    "time": "a time with its zone such as 2026-10-09T18:00:00Z",
    "boolean": "true or false",
}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": 100},
    "integer": {"type": "integer", "format": "int64", "minimum": 0, "maximum": 999_999_999_999_999},
    "decimal": {"type": "string", "format": "decimal", "pattern": r"^[0-9]{1,10}(\.[0-9]{1,10})?$"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "date-time"},
    "boolean": {"type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kind` is text, integer, decimal, date, time, boolean or choice. Without a `lookup` the view itself reads it."""

    name: str
    meaning: str
    kind: str = "text"
    lookup: str = ""
    choices: tuple[str, ...] = ()
    default: Any = None
    maximum: int | None = None
    pattern: str = ""
    required: bool = False

    @property
    def expected(self) -> str:
        if self.kind == "choice":
            return "one of " + ", ".join(self.choices)
        return _EXPECTED[self.kind] if self.maximum is None else f"a whole number from 1 to {self.maximum}"

    @property
    def schema(self) -> dict[str, Any]:
        if self.kind == "choice":
            schema: dict[str, Any] = {"type": "string", "enum": list(self.choices)}
        else:
            schema = dict(_SCHEMAS[self.kind])
        if self.maximum is not None:
            schema |= {"minimum": 1, "maximum": self.maximum}
        if self.pattern:
            schema["pattern"] = self.pattern
        return schema if self.default is None else schema | {"default": self.default}

    def read(self, text: str) -> Any:
        try:
            value = _READERS[self.kind](self, parsing.text(text, self.name, 100))
        except ValueError as error:
            expected = error.expected if isinstance(error, InputError) else self.expected
            raise ParameterError(self.name, expected, got=shown(text)) from None
        if self.maximum is not None and not 1 <= value <= self.maximum:
            raise ParameterError(self.name, self.expected, got=shown(text))
        return value


def one_of(name: str, choices: Any, meaning: str, *, lookup: str = "") -> Parameter:
    """A parameter over the members of an enumeration."""
    return Parameter(name, meaning, "choice", lookup or name, choices=tuple(choices.values))


def dates(column: str, meaning: str) -> tuple[Parameter, Parameter]:
    """The two ends of a range of dates, both included: `<column>_from` and `<column>_to`."""
    return (
        Parameter(f"{column}_from", f"{meaning} on this date or later.", "date", lookup=f"{column}__gte"),
        Parameter(f"{column}_to", f"{meaning} on this date or earlier.", "date", lookup=f"{column}__lte"),
    )


def read(parameters: Sequence[Parameter], query: QueryDict) -> dict[str, Any]:
    """The values of the parameters that were given, and the defaults of the others."""
    known = {parameter.name: parameter for parameter in parameters}
    values = {name: parameter.default for name, parameter in known.items() if parameter.default is not None}
    for name, texts in query.lists():
        if name not in known:
            allowed = "one of the parameters " + ", ".join(known) if known else "no parameters"
            raise ParameterError(shown(name)[1:-1], allowed, got="an unknown name")
        if len(texts) != 1:
            raise ParameterError(name, "a parameter once", got=f"{len(texts)} times")
        values[name] = known[name].read(texts[0])
    for name, parameter in known.items():
        if parameter.required and name not in values:
            raise ParameterError(name, f"{parameter.expected}; it is required", got="nothing")
    return values


def lookups(parameters: Sequence[Parameter], values: dict[str, Any]) -> dict[str, Any]:
    """The values as conditions on the rows; an array column contains an array of one."""
    given = [item for item in parameters if item.lookup and item.name in values]
    return {
        item.lookup: [values[item.name]] if item.lookup.endswith("__contains") else values[item.name]
        for item in given
    }


def _text(parameter: Parameter, text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _integer(parameter: Parameter, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _decimal(parameter: Parameter, text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _date(parameter: Parameter, text: str) -> date:
    return dates_written.day(text)


def _time(parameter: Parameter, text: str) -> datetime:
    return dates_written.moment(text)


def _boolean(parameter: Parameter, text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _choice(parameter: Parameter, text: str) -> str:
    if text not in parameter.choices:
        raise ValueError(text)
    return text


_READERS: dict[str, Callable[[Parameter, str], Any]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "boolean": _boolean,
    "choice": _choice,
}
