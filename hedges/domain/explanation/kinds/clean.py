"""A swap without what has accrued: the same steps for every kind of swap."""

from __future__ import annotations

from hedges.domain.explanation.kinds.forward import remainder
from hedges.domain.explanation.parts import Given, Step, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.steps import amount, arithmetic, from_before
from hedges.domain.explanation.written import number
from treasury.quant import catalogue

#: Where a measure has no such result.
MEANINGS = {
    "clean_value": "Present value − accrued interest",
    "accrued_amount": "Received − paid interest for the elapsed part of the running period",
}


def clean_steps(value: Step, accrued: Step) -> list[Step]:
    """Value, what has accrued, and the difference."""
    known = value.result is not None and accrued.result is not None
    result = float(value.result or 0) - float(accrued.result or 0) if known else None
    given = [
        Given("present_value", value.result, from_before("the value of the swap")),
        Given("accrued_amount", accrued.result, from_before("what has accrued")),
    ]
    text = f"{number(value.result)} − ({number(accrued.result)}) = {number(result)}"
    clean = arithmetic("Clean value", "present value − accrued interest", result, given, numbers=text)
    return [value, accrued, clean]


def clean_value(found: Priced, steps: list[Step], code: str) -> Worked:
    """The last of the steps, rounded."""
    return amount(steps, found.currency, found.because, **_named(steps, code, "clean_value"))


def accrued_amount(found: Priced, steps: list[Step], code: str) -> Worked:
    """What is left of the rounded value, so that the parts add up."""
    title, formula = "Accrued interest, so that the parts add up", "present value − clean value"
    last = remainder(steps[0], steps[-1], title, formula, found.currency)
    return amount([*steps, last], found.currency, found.because, **_named(steps, code, "accrued_amount"))


def _named(steps: list[Step], code: str, field: str) -> dict[str, str]:
    """The measure's own field where the value's measure has one, else what is done with its value."""
    if steps[0].code == code and any(one.name == field for one in catalogue.measure(code).results):
        return {"code": code, "field": field}
    return {"formula": MEANINGS[field]}
