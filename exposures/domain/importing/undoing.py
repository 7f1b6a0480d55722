"""The undoing of an import: a further version of every exposure that it made or changed, never a removal.

What it changed gets its terms from before, what it made is cancelled; from the day on which the import began to count.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from exposures.domain.importing import entitled
from exposures.domain.importing.slices import Report, in_slices, unheard
from exposures.domain.importing.stopping import name
from exposures.enums import ImportStatus
from exposures.models import Import
from treasury.domain import audit
from treasury.domain.bulk import plans
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.stopping import stoppable

_SQL = Path(__file__).parent / "sql"
_TO_UNDO = "SELECT id FROM exposures_exposureversion WHERE event_id = %(event)s ORDER BY exposure_id"
NAMED = 10


def undo(
    *, import_id: int, actor: Any, reason: str, report: Report = unheard,
    within: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Records the reversal and returns how many versions it made. They wait for a second person like any other.

    `report` hears how far it is; `within` is told the number in the same transaction.

    Raises Refusal, and records nothing: not committed, undone already, or an exposure with a later version, named.
    """
    if not reason.strip():
        raise Refusal("Say why the import is undone.")
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    told = {"event": found.commit_event_id, "reason": reason.strip()[:400]}
    with (
        stoppable(name(import_id)) as ask,
        as_refusal(),
        audit.action("exposures.import.undone", actor=actor, subject=found, reason=reason) as event,
    ):
        plans.by_key()
        moved = Import.objects.filter(pk=found.pk, status=ImportStatus.COMMITTED).update(
            status=ImportStatus.UNDONE, undo_event=event
        )
        if not moved:
            raise Refusal(
                "Only an import that is committed can be undone, and only once. Nothing was changed."
            )
        with connection.cursor() as cursor:
            cursor.execute((_SQL / "later_versions.sql").read_text(encoding="utf-8"), told)
            later = [row[0] for row in cursor.fetchall()]
            if later:
                raise Refusal(_later(later))
            cursor.execute(_TO_UNDO, told)
            statement, made = (_SQL / "undo_versions.sql").read_text(encoding="utf-8"), 0
            for versions in in_slices([row[0] for row in cursor.fetchall()], ask, report):
                cursor.execute(statement, told | {"versions": versions})
                made += int(cursor.rowcount)
        if within:
            within(made)
        ask()
        return made


def _later(references: list[str]) -> str:
    more = "" if len(references) <= NAMED else f" and {len(references) - NAMED} more"
    return (
        f"Later versions were recorded of {', '.join(references[:NAMED])}{more}: amend these by hand."
        " Nothing was undone."
    )
