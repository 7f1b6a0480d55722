"""What a person typed into "Start a night", and what became of it in words."""

from __future__ import annotations

from typing import Any

from treasury.domain import runs
from treasury.kernel import dates
from treasury.kernel.errors import HedgebookError
from treasury.queries.market import has_rates, without_rates


def start(text: str, actor: Any) -> tuple[int | None, str, bool]:
    """The run's number, the words for the person, and whether it was refused."""
    try:
        as_of = dates.day(text.strip())
    except ValueError:
        return (
            None,
            f"Business date: expected a date like 2026-10-09, got “{text[:20]}”. Nothing was started.",
            True,
        )
    if not has_rates(as_of):
        return None, f"Business date: {without_rates(as_of)}", True
    try:
        asked = runs.request(as_of_date=as_of, actor=actor, new_revision=True)
    except HedgebookError as error:
        return None, f"{error} Nothing was started.", True
    words = "is asked for." if asked.is_new else "is under way already; this is it."
    return asked.run.pk, f"The night of {as_of} {words}", False
