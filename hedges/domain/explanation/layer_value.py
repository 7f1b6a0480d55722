"""One value of a layer, worked out again from the market: its parts in one step, and the difference to what counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedges.domain.explanation.parts import CALCULATION, Given, Number, Source, Step
from hedges.domain.explanation.steps import rounded
from hedges.domain.explanation.written import number

MEASURED = Source(CALCULATION, "the layer's value that the measurement was made with")


@dataclass(frozen=True, slots=True)
class Again:
    """`value`: in the functional currency, not rounded; None where it is not opened up, for the reason in `because`."""

    day: int
    steps: Sequence[Step]
    value: float | None
    given: Sequence[Given] = ()
    because: str = ""


def together(title: str, again: Again, counted: Decimal, currency: str) -> Step:
    """The formula, every input with its origin, the result beside the value that counted."""
    value: Number = rounded(again.value, currency)
    given: dict[tuple[str, str], Given] = {}
    for one in (*(given for step in again.steps for given in step.given), *again.given):
        if one.value is not None or one.source.refers_to:
            given.setdefault((one.name, one.source.text), one)
    listed = list(given.values())
    listed.append(Given("measured_with", counted, MEASURED))
    if value is not None:
        said = Source(CALCULATION, "worked out again − measured with")
        listed.append(Given("difference", Decimal(value) - counted, said))
    formulas = [step.formula for step in again.steps if step.formula]
    formula = "; then ".join(dict.fromkeys(formulas))
    written = "; ".join(step.written for step in again.steps if step.written)
    if again.because:
        written = f"{written}; {again.because}" if written else again.because
    if value is not None:
        written = f"{written}; rounded {number(value)} {currency}"
    listings = [listing for step in again.steps for listing in step.listings]
    return Step(
        title=title, formula=formula, written=written, result=value, given=listed, listings=listings, folded=True
    )  # fmt: skip
