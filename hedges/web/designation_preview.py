"""What a designation would be: its tests and hypotheticals, or what it lacks, before it is sent."""

from __future__ import annotations

from typing import Any

from hedges.domain import rehearsal
from hedges.domain.designation import Designation
from hedges.web import assessed
from treasury.kernel.errors import HedgebookError


def preview(made: Designation, actor: Any) -> dict[str, object]:
    """For the template: `missing`, by name, or `tests`."""
    try:
        tests = rehearsal.rehearse(designation=made, actor=actor)
    except HedgebookError as error:
        code = f"{made.relationship.code} cannot be designated: "
        return {"previewed": True, "missing": _sentences(str(error).removeprefix(code))}
    return {"previewed": True, "tests": assessed.tests(list(tests))}


def _sentences(words: str) -> list[str]:
    return [part[:1].upper() + part[1:] for part in words.split("; ")]
