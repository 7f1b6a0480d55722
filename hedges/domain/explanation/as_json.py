"""An explanation as JSON: what the API answers and `manage.py explain --json` prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.explanation.parts import Explanation, Given, Listing, Number, Step
from hedges.domain.explanation.steps import plain, rounded


def as_json(found: Explanation) -> dict[str, Any]:
    """Amounts are decimal strings in their unit's decimals, everything else numbers."""
    subject, worked = found.subject, found.worked
    return {
        "number": {
            "family": subject.family,
            "key": subject.key,
            "name": subject.name,
            "field": subject.field,
            "unit": subject.unit,
            "run": subject.run_id,
            "as_of_date": subject.as_of_date.isoformat(),
            "known_at": subject.known_at.isoformat() if subject.known_at else None,
        },
        "measure": {
            "code": found.code,
            "title": found.title,
            "sentence": found.sentence,
            "meaning": found.meaning,
            "formula": found.formula,
            "unit": found.unit,
            "sign": found.sign,
            "reference": found.reference,
        },
        "inputs": inputs_of(found),
        "steps": [_step(step) for step in worked.steps],
        "unrounded": plain(worked.unrounded),
        "calculated": shown(worked.number, subject.unit),
        "stored": shown(found.stored, subject.unit),
        "agrees": found.agrees,
        "because": worked.because,
        "reasons": list(found.reasons),
        "problem": found.problem,
    }


def measure_step(found: Explanation) -> Step | None:
    """The last step that asks a measure of the catalogue."""
    return found.worked.measure_step


def inputs_of(found: Explanation) -> dict[str, Any]:
    """The inputs of that step, ready for `manage.py calculate`; none where it would refuse them."""
    step = measure_step(found)
    return step.inputs if step and step.answered and step.code == found.code else {}


def shown(value: Number, unit: str) -> Any:
    """An amount as a decimal string with its unit's decimals, as long as it has no more of them."""
    if not isinstance(value, Decimal):
        return plain(value)
    posted = rounded(value, unit) if unit else None
    return format(posted if posted == value else value.normalize(), "f")


def _step(step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "code": step.code,
        "field": step.field,
        "formula": step.formula,
        "written": step.written,
        "result": plain(step.result),
        "inputs": step.inputs,
        "given": [_given(one) for one in step.given],
        "listings": [_listing(one) for one in step.listings],
    }


def _given(one: Given) -> dict[str, Any]:
    source = {"kind": one.source.kind, "text": one.source.text, "refers_to": one.source.refers_to}
    return {"name": one.name, "value": plain(one.value), "source": source}


def _listing(one: Listing) -> dict[str, Any]:
    return {
        "title": one.title,
        "columns": list(one.columns),
        "rows": [[_cell(value) for value in row] for row in one.rows],
        "row_count": one.row_count,
        "total": plain(one.total),
    }


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else plain(value)
