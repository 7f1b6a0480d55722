"""Inputs and results of a measure: how they are named, read, checked and written.

An ``Input`` reads one value strictly (``kernel.parsing``) and says what it expects; a ``Result`` describes
one published field; ``Answer`` collects the fields of an answer so that what is undefined is null, never
NaN, and has a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from treasury.kernel import parsing
from treasury.kernel.errors import InputError, shown
from treasury.kernel.money import plain
from treasury.quant.codes import Reason, reason_names
from treasury.quant.numbers import Amounts

REQUIRED: Any = object()


@dataclass(frozen=True, slots=True)
class Input:
    """One input: ``kind`` is decimal, number, integer, boolean, choice, label, decimals, numbers, booleans,
    table (rows of numbers, all of one length), object or rows (of objects).

    Bounds: ``minimum`` and ``maximum`` include their edge, ``above`` and ``below`` do not. ``items`` are
    the fields of an object, or of each row; an object without them has free names. A default of None makes
    it optional; null then counts as not given. One that is ``nullable`` has to be given, if only as null.
    """

    name: str
    kind: str
    unit: str = ""
    meaning: str = ""
    default: Any = REQUIRED
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    choices: tuple[str, ...] = ()
    items: tuple[Input, ...] = ()
    minimum_length: int = 1
    nullable: bool = False

    @property
    def expected(self) -> str:
        """What is expected, in words: ``a number above 0``."""
        nouns = {
            "decimal": "a number or a decimal string",
            "number": "a number or a decimal string",
            "integer": "a whole number",
            "boolean": "true or false",
            "label": "a text or a whole number",
            "object": "an object",
            "choice": "one of " + ", ".join(self.choices),
            "decimals": "an array of numbers or decimal strings",
            "numbers": "an array of numbers or decimal strings",
            "booleans": "an array of true or false",
            "table": "an array of arrays of numbers",
            "rows": "an array of objects",
        }
        bounds = [
            f"{word} {limit:g}"
            for word, limit in (
                ("above", self.above),
                ("from", self.minimum),
                ("below", self.below),
                ("up to", self.maximum),
            )
            if limit is not None
        ]
        return " ".join([nouns[self.kind], *bounds, *(["or null"] if self.nullable else [])])

    def read(self, value: Any, path: str) -> Any:
        """The value as the formula takes it: Decimal, float, int, bool, str, list, or dict."""
        if self.kind in ("decimals", "numbers", "booleans"):
            return self._scalars(value, path, self.kind[:-1], self.minimum_length)
        if self.kind == "table":
            return self._table(value, path)
        if self.kind == "rows":
            elements = parsing.array(value, path, self.minimum_length)
            return [read_inputs(self.items, element, f"{path}[{i}]") for i, element in enumerate(elements)]
        if self.kind == "object":
            return read_inputs(self.items, value, path) if self.items else dict(parsing.mapping(value, path))
        return self._scalar(value, path, self.kind)

    def _scalars(self, value: Any, path: str, kind: str, minimum_length: int) -> list[Any]:
        elements = parsing.array(value, path, minimum_length)
        return [self._scalar(element, f"{path}[{i}]", kind) for i, element in enumerate(elements)]

    def _table(self, value: Any, path: str) -> list[list[float]]:
        rows = parsing.array(value, path, self.minimum_length)
        table = [self._scalars(row, f"{path}[{i}]", "number", 1) for i, row in enumerate(rows)]
        for i, row in enumerate(table):
            if len(row) != len(table[0]):
                expected = f"{len(table[0])} elements, as many as {path}[0]"
                raise InputError(f"{path}[{i}]", expected, got=str(len(row)))
        return table

    def _scalar(self, value: Any, path: str, kind: str) -> Any:
        if kind == "boolean":
            return parsing.boolean(value, path)
        if kind == "choice":
            return parsing.choice(value, path, self.choices)
        if kind == "label":
            return (
                parsing.text(value, path)
                if isinstance(value, str)
                else parsing.integer(value, path, self.expected)
            )
        expected = self.expected if kind == self.kind else "a number or a decimal string"
        read: Callable[[Any, str, str], Any] = getattr(parsing, kind)
        result = read(value, path, expected)
        outside = (
            (self.minimum is not None and result < self.minimum)
            or (self.maximum is not None and result > self.maximum)
            or (self.above is not None and result <= self.above)
            or (self.below is not None and result >= self.below)
        )
        if outside:
            raise InputError(path, self.expected, got=shown(value))
        return result


@dataclass(frozen=True, slots=True)
class Result:
    """One published field: ``kind`` is number, amount, count, text, flag, list; ``parent`` holds the array
    it is in."""

    name: str
    unit: str
    meaning: str
    sign: str = ""
    kind: str = "number"
    parent: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether the field carries numbers."""
        return self.kind in ("number", "amount", "count", "numbers")


class Answer:
    """The fields of one answer; every null has a reason."""

    def __init__(self) -> None:
        self.result: dict[str, Any] = {}
        self.mask = 0

    def because(self, reasons: int) -> None:
        """Adds reasons, a bit mask of ``codes.Reason``."""
        self.mask |= int(reasons)

    def number(self, value: Any) -> float | None:
        """A float64 for the answer: NaN is null; infinity is null with reason ``out_of_range``."""
        result = float(value)
        if np.isinf(result):
            self.because(Reason.OUT_OF_RANGE)
            return None
        return None if np.isnan(result) else result + 0.0

    def numbers(self, values: Iterable[Any]) -> list[float | None]:
        """``number`` for each element."""
        return [self.number(value) for value in values]

    def count(self, value: Any, of: str) -> int | None:
        """A whole number for the answer; NaN is null. From 2^53 on it is none, and the input ``of`` is refused."""
        result = self.number(value)
        if result is None:
            return None
        if abs(result) >= 2**53:
            raise InputError(of, "a size that takes fewer than 2^53 contracts", got=f"{result:.3g} contracts")
        return int(result)

    def put(self, **fields: Any) -> None:
        """Sets fields in the order they are given."""
        self.result.update(fields)

    def reasons(self) -> list[str]:
        """The reasons' words. Formulas give a reason for all that they leave undefined; a null without any was
        lost beyond float64 on the way (0 times infinity)."""
        if not self.mask and _holds_null(self.result):
            self.because(Reason.OUT_OF_RANGE)
        return reason_names(self.mask)


def _holds_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_null(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_holds_null(inner) for inner in value)
    return value is None


def amount(value: Decimal | None) -> str | None:
    """An exact amount as an unrounded decimal string; None stays null."""
    return None if value is None else plain(value)


def exact(values: Decimal | Sequence[Decimal | None] | None) -> Amounts:
    """Decimals as an array of objects of shape (n,), on which the formulas compute exactly."""
    sequence = list(values) if isinstance(values, (list, tuple)) else [values]
    result = np.empty(len(sequence), dtype=object)
    result[:] = sequence
    return result


def read_inputs(inputs: Sequence[Input], raw: Any, path: str = "") -> dict[str, Any]:
    """All inputs of an object, read and checked; unknown and missing ones are refused by name."""
    given = parsing.mapping(raw, path or "inputs")
    prefix = f"{path}." if path else ""
    names = [item.name for item in inputs]
    for name in given:
        if name not in names:
            word = name if name.isascii() and name.isprintable() else shown(name)
            raise InputError(
                prefix + word[:80], "one of the inputs " + ", ".join(names), got="an unknown name"
            )
    values: dict[str, Any] = {}
    for item in inputs:
        value = given.get(item.name)
        optional = item.default is not REQUIRED
        if item.name not in given or (value is None and optional and item.default is None):
            if not optional:
                raise InputError(prefix + item.name, item.expected, got="nothing")
            values[item.name] = item.default
        elif value is None and item.nullable:
            values[item.name] = None
        else:
            values[item.name] = item.read(value, prefix + item.name)
    return values


def same_length(values: Mapping[str, Any], first: str, *others: str) -> None:
    """Refuses arrays that are not as long as the first one."""
    length = len(values[first])
    for other in others:
        if len(values[other]) != length:
            raise InputError(other, f"{length} elements, as many as {first}", got=str(len(values[other])))


def rising(values: Mapping[str, Any], name: str, path: str = "") -> None:
    """Refuses an array in which an element is not above the one before it: years or dates in the wrong order."""
    for index, (earlier, later) in enumerate(pairwise(values[name]), start=1):
        if later <= earlier:
            raise InputError(f"{path}{name}[{index}]", "above the one before it", got=shown(later))


def ordered(values: Mapping[str, Any], *names: str, path: str = "") -> None:
    """Refuses limits out of order: each given one must be at least the given one before it."""
    given = [name for name in names if values[name] is not None]
    for low, high in pairwise(given):
        if values[high] < values[low]:
            raise InputError(path + high, f"at least {low}", got=shown(values[high]))
