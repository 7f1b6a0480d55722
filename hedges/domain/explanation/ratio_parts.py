"""The parts of a hedge ratio, whatever it is over, and the steps from them to each published number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hedges.domain.explanation.parts import Given, Number, Source, Step, Worked
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured, nothing, worked

RATIO, COUNT = "hedge_ratio", "position_count_ratio"


@dataclass(frozen=True, slots=True)
class Parts:
    """Amounts in `unit`, each the last of its steps; None with `because` where a rate is missing or too old."""

    unit: str
    exposure: Sequence[Step]
    derivative: Sequence[Step]
    offset: Sequence[Step]
    total: Step
    hedged: Sequence[Step]
    definition: Given
    designated: Given | None = None
    because: str = ""
    no_designation: str = "only a hedge relationship has a designated ratio"
    notes: dict[str, str] = field(default_factory=dict)


def number(parts: Parts, name: str) -> Worked:
    """A published number of these parts."""
    if name == "designated_hedge_ratio" and parts.designated is None:
        return nothing(parts.no_designation)
    if name == "designated_hedge_ratio":
        assert parts.designated is not None
        given = parts.designated
        step = arithmetic("As documented", "the designated hedge ratio", _float(given.value), [given])
        return worked([step], code=RATIO, field="hedge_ratio")
    if name == "counted_as_hedged_from":
        given = parts.definition
        step = arithmetic(
            "The definition", "cover from which a position is hedged", _float(given.value), [given]
        )
        return worked([step], code=COUNT, field="positions_hedged")
    if name in ("positions_total", "positions_hedged"):
        steps = [parts.total] if name == "positions_total" else list(parts.hedged)
        return worked(steps, code=COUNT, field=name)
    if name == "position_count_ratio":
        return _by_count(parts)
    amounts = {
        "exposure_amount": (parts.exposure, "exposure_amount"),
        "derivative_amount": (parts.derivative, "hedged_amount"),
        "natural_offset_amount": (parts.offset, "hedged_amount"),
    }
    if name in amounts:
        chosen, measure_field = amounts[name]
        return amount(list(chosen), parts.unit, parts.because, code=RATIO, field=measure_field)
    if name == "hedge_amount":
        return amount(_hedge(parts), parts.unit, parts.because, code=RATIO, field="hedged_amount")
    return _by_amount(parts, name)


def added(title: str, parts: Sequence[tuple[str, Step]]) -> Step:
    """A sum of amounts that were worked out before; undefined where one of them is."""
    results = [step.result for _, step in parts]
    known = [Decimal(result) for result in results if result is not None]
    total = sum(known, Decimal(0)) if len(known) == len(results) else None
    given = [Given(name, step.result, from_before(step.title)) for name, step in parts]
    return arithmetic(title, " + ".join(name for name, _ in parts), total, given)


def _hedge(parts: Parts) -> list[Step]:
    named = [("derivatives", parts.derivative[-1]), ("natural offsets", parts.offset[-1])]
    return [*parts.derivative, *parts.offset, added("Hedges", named)]


def _by_amount(parts: Parts, name: str) -> Worked:
    steps: dict[str, list[Step]] = {
        "hedge_ratio": _hedge(parts),
        "open_amount": _hedge(parts),
        "derivative_hedge_ratio": list(parts.derivative),
        "natural_offset_ratio": list(parts.offset),
    }
    hedged = steps[name]
    whole = _hedge(parts)[-1]
    exposure = parts.exposure[-1]
    given = [
        Given("hedged_amount", hedged[-1].result, from_before(hedged[-1].title)),
        Given("exposure_amount", exposure.result, from_before(exposure.title)),
        Given("signed", True, Source("calculation", "inflows and long positions are +")),
    ]
    asked = "open_amount" if name == "open_amount" else "hedge_ratio"
    last = measured(RATIO, asked, given)
    because = "there is no exposure" if exposure.result == 0 else parts.because
    found = [*parts.exposure, *hedged, last]
    if whole.result is None:
        return nothing(parts.because, given, code=RATIO, field=asked)
    return amount(found, parts.unit, because) if asked == "open_amount" else worked(found, because)


def _by_count(parts: Parts) -> Worked:
    given = [
        Given("positions_hedged", parts.hedged[-1].result, from_before(parts.hedged[-1].title)),
        Given("positions_total", parts.total.result, from_before(parts.total.title)),
    ]
    last = measured(COUNT, "position_count_ratio", given)
    return worked([parts.total, *parts.hedged, last], "there is no position")


def _float(value: Number) -> float | None:
    return None if value is None else float(value)
