"""An explanation as text for a terminal: sentence, formula, steps with inputs and sources, result against stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hedges.domain.explanation.as_json import shown
from hedges.domain.explanation.parts import Explanation, Listing, Step
from hedges.domain.explanation.written import number

#: Elements of an array that a line shows.
SHORT = 6


def as_text(found: Explanation) -> str:
    return "\n".join(_lines(found))


def _lines(found: Explanation) -> Iterator[str]:
    subject, worked = found.subject, found.worked
    yield f"{subject.field} of {subject.name}, run {subject.run_id} of {subject.as_of_date}"
    yield ""
    yield f"{found.title}: {found.sentence}"
    yield from _if(found.formula, "Formula")
    yield from _if(", ".join(part for part in (found.meaning, found.unit, found.sign) if part), "This field")
    yield from _if(found.reference, "Reference")
    for place, step in enumerate(worked.steps, start=1):
        yield ""
        yield from _step(place, step)
    yield ""
    unit = f" {subject.unit}" if subject.unit else ""
    if found.problem:
        yield f"Not worked out again: {found.problem}"
    elif worked.number is None:
        yield f"Worked out again: not defined, {worked.because}"
    else:
        yield f"Worked out again: {shown(worked.number, subject.unit)}{unit}"
    stored = shown(found.stored, subject.unit)
    reasons = f" ({', '.join(found.reasons)})" if found.reasons else ""
    yield f"Stored:           {'nothing' + reasons if stored is None else f'{stored}{unit}'}"
    yield "They agree." if found.agrees else "THEY DO NOT AGREE."


def _step(place: int, step: Step) -> Iterator[str]:
    code = f" ({step.code})" if step.code else ""
    yield f"{place}. {step.title}{code}"
    yield from _if(step.formula, "   formula")
    yield from _if(step.written, "   numbers")
    for one in step.given:
        yield f"   {one.name} = {_value(one.value)}"
        yield f"      {one.source.text}"
    for listing in step.listings:
        yield from _listing(listing)
    if step.result is not None or step.code:
        yield f"   = {_value(step.result)}"


def _listing(listing: Listing) -> Iterator[str]:
    yield f"   {listing.title}: {listing.row_count} rows"
    yield "      " + " | ".join(listing.columns)
    for row in listing.rows:
        yield "      " + " | ".join(_value(cell) for cell in row)
    if listing.row_count > len(listing.rows):
        yield f"      … and {listing.row_count - len(listing.rows)} more"
    if listing.total is not None:
        yield f"      total {_value(listing.total)}"


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        first = ", ".join(_value(one) for one in value[:SHORT])
        return f"[{first}, … {len(value)} in all]" if len(value) > SHORT else f"[{first}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_value(one)}" for name, one in value.items()) + "}"
    return number(value)


def _if(text: str, name: str) -> Iterator[str]:
    if text:
        yield f"{name}: {text}"
