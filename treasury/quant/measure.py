"""A measure: one code, one pure function, one definition, one unit and sign, one reference, one worked
example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import localcontext
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.inputs import REQUIRED, Answer, Input, Result, read_inputs
from treasury.quant.numbers import EXACT


@dataclass(frozen=True, slots=True)
class Measure:
    """An entry of the catalogue. ``formula_of`` takes the inputs as read and fills the answer."""

    code: str
    title: str
    summary: str
    inputs: tuple[Input, ...]
    results: tuple[Result, ...]
    formula: str
    reference: str
    example: dict[str, Any]
    example_result: dict[str, Any]
    used_in: str
    formula_of: Callable[[dict[str, Any], Answer], None]
    example_reasons: tuple[str, ...] = field(default=())

    def calculate(self, raw: Any) -> dict[str, Any]:
        """The answer to one set of inputs: ``{"measure", "result", "reasons"}``; raises ``InputError``."""
        values = read_inputs(self.inputs, raw)
        answer = Answer()
        with (
            localcontext(EXACT),
            np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"),
        ):
            self.formula_of(values, answer)
        return {"measure": self.code, "result": answer.result, "reasons": answer.reasons()}

    def calculate_many(self, raw: list[Any]) -> list[dict[str, Any]]:
        """The answers to an array of inputs, all or nothing: an error names the index."""
        answers = []
        for index, item in enumerate(raw):
            try:
                answers.append(self.calculate(item))
            except InputError as error:
                raise error.at(index) from None
        return answers

    def describe(self) -> dict[str, Any]:
        """The entry as JSON: what the list, the API's schema and the documentation show."""
        return {
            "code": self.code,
            "title": self.title,
            "summary": self.summary,
            "formula": self.formula,
            "reference": self.reference,
            "used_in": self.used_in,
            "inputs": [_describe_input(item) for item in self.inputs],
            "results": [_describe_result(item) for item in self.results],
            "example": {
                "inputs": self.example,
                "result": self.example_result,
                "reasons": list(self.example_reasons),
            },
        }


def _describe_input(item: Input) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": item.name,
        "type": item.kind,
        "unit": item.unit,
        "meaning": item.meaning,
        "expected": item.expected,
        "required": item.default is REQUIRED,
        "default": None if item.default is REQUIRED else _plain_default(item.default),
    }
    if item.nullable:
        entry["nullable"] = True
    if item.choices:
        entry["choices"] = list(item.choices)
    if item.items:
        entry["items"] = [_describe_input(inner) for inner in item.items]
    return entry


def _describe_result(item: Result) -> dict[str, Any]:
    return {
        "name": item.name,
        "in": item.parent,
        "type": item.kind,
        "unit": item.unit,
        "sign": item.sign,
        "meaning": item.meaning,
    }


def _plain_default(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str, dict)) else float(value)
