"""Steps: a measure of the catalogue asked again with named inputs, a piece of arithmetic, the rounding to the unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isnan
from typing import Any

import numpy as np

from hedges.domain import rounding
from hedges.domain.explanation import written
from hedges.domain.explanation.parts import CALCULATION, Given, Listing, Number, Source, Step, Worked
from treasury.kernel.errors import InputError
from treasury.kernel.money import exponent, from_minor_units
from treasury.quant import catalogue
from treasury.quant.inputs import REQUIRED


def plain(value: Any) -> Any:
    """A JSON value: exact decimals as text, numpy's numbers as Python's, NaN as none."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value


def measured(
    code: str,
    field: str,
    given: Sequence[Given],
    *,
    title: str = "",
    listings: Sequence[Listing] = (),
    place: int | None = None,
) -> Step:
    """The catalogue's own answer to the inputs; `place` picks a row or an element of a result that is an array.

    An input that is missing leaves the result undefined, and so does one that the measure refuses.
    """
    measure = catalogue.measure(code)
    nullable = {item.name for item in measure.inputs if item.nullable}
    needed = {item.name for item in measure.inputs if item.default is REQUIRED} - nullable
    inputs = {one.name: plain(one.value) for one in given}
    missing = any(inputs.get(name) is None for name in needed)
    inputs = {name: value for name, value in inputs.items() if value is not None or name in nullable}
    result: Number = None
    answered = False
    if not missing:
        try:
            result = _picked(measure.calculate(inputs)["result"], field, place)
            answered = True
        except InputError:
            result = None
    return Step(
        title=title or measure.title,
        formula=measure.formula,
        written=written.put_in(code, field, inputs, result),
        result=result,
        code=code,
        field=field,
        inputs=inputs,
        given=tuple(given),
        listings=tuple(listings),
        answered=answered,
    )


def arithmetic(
    title: str,
    formula: str,
    result: Number | np.floating[Any],
    given: Sequence[Given] = (),
    *,
    listings: Sequence[Listing] = (),
    numbers: str = "",
) -> Step:
    """A sum that is no measure of its own; `numbers` is the formula with the numbers put in."""
    found: Number = plain(result) if isinstance(result, np.generic) else result
    if isinstance(found, float) and isnan(found):
        found = None
    return Step(
        title=title,
        formula=formula,
        written=numbers,
        result=found,
        given=tuple(given),
        listings=tuple(listings),
    )


def worked(steps: Sequence[Step], because: str = "", **more: str) -> Worked:
    """The last step's result as it stands: a ratio, a rate, a count."""
    number = steps[-1].result
    return Worked(steps, number, because if number is None else "", **_named(steps[-1], more))


def amount(steps: Sequence[Step], unit: str, because: str = "", **more: str) -> Worked:
    """The last step's result after the one rounding step, half even at the unit's decimals."""
    number = rounded(steps[-1].result, unit)
    return Worked(steps, number, because if number is None else "", **_named(steps[-1], more))


def nothing(because: str, given: Sequence[Given] = (), **more: str) -> Worked:
    """A number that is not there."""
    steps = [arithmetic("Not worked out", "", None, given)] if given else []
    return Worked(steps, None, because, **more)


def rounded(value: Number, unit: str) -> Decimal | None:
    """An amount in minor units of its unit: exact ones as they are, float64 through the night's rounding."""
    if value is None:
        return None
    if isinstance(value, float):
        found = rounding.rounded(np.array([value]), np.array([exponent(unit)]))
        return from_minor_units(int(found.minor[0]), unit) if found.defined[0] else None
    return Decimal(value).quantize(Decimal(1).scaleb(-exponent(unit)))


def from_before(step: str) -> Source:
    """The result of an earlier step."""
    return Source(CALCULATION, f"worked out above: {step}")


def _named(last: Step, more: dict[str, str]) -> dict[str, str]:
    return {"code": last.code, "field": last.field} | more


def _picked(result: dict[str, Any], field: str, place: int | None) -> Number:
    """`buckets.coverage_ratio` of a place is that row's field; an amount comes as exact text."""
    found: Any = result
    for name in field.split("."):
        found = found[name]
        if isinstance(found, list) and place is not None:
            found = found[place]
    return Decimal(found) if isinstance(found, str) else found
