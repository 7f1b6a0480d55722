"""The commit of an import: all of its rows or none, under one audit event, in a fixed number of statements.

What is recorded are versions like any other: they count once a second person has approved them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from exposures.domain.importing import entitled
from exposures.domain.importing.layout import Layout
from exposures.domain.importing.receiving import MEANWHILE
from exposures.domain.importing.slices import Report, in_slices, unheard
from exposures.domain.importing.stopping import name
from exposures.enums import ImportStatus
from exposures.models import Import
from treasury.domain import audit
from treasury.domain.bulk import plans
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.stopping import never, stoppable

_SQL = Path(__file__).parent / "sql"
#: Exposures that are there by their keys, then new ones by their references: so every import locks them.
_TO_RECORD = """
SELECT row_number FROM exposures_importchange
WHERE exposure_import_id = %(import)s AND attempt = %(attempt)s AND outcome <> 'UNCHANGED'
ORDER BY exposure_id NULLS LAST, reference
"""
BOOK_MOVED = (
    "The book has changed since these rows were checked: check them again and look at what would change."
    " Nothing was recorded."
)


def commit(
    *, import_id: int, actor: Any, attempt: int, reason: str = "", report: Report = unheard,
    within: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Records what the rows of `attempt` change and returns how many versions were made.

    `report` hears how far it is; `within` is told the number in the same transaction.

    Raises Refusal, and records nothing: wrong cells left, nothing to change, committed, changed or stopped by somebody
    meanwhile, another version recorded of one of its exposures meanwhile.
    """
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    layout = Layout.of(found.settings)
    told = {
        "import": found.pk, "attempt": attempt, "source": found.source_system,
        "valid_from": layout.day if layout.valid_from else None,
        "reason": (reason.strip() or f"Import {found.pk}, {found.file_name}")[:400],
    }  # fmt: skip
    try:
        with (
            stoppable(name(import_id)) as ask,
            as_refusal(),
            audit.action("exposures.import.committed", actor=actor, subject=found, reason=reason) as event,
        ):
            plans.by_key()
            _claim(found, attempt, event)
            made = record(told, ask, report)
            if not made:
                raise Refusal(
                    "No row changes anything: the book has all of it already. Nothing was recorded."
                )
            if within:
                within(made)
            ask()
    except Refusal as refusal:
        if refusal.constraint == "exposure_reference" or "is not the next one" in str(refusal):
            raise Refusal(BOOK_MOVED, constraint=refusal.constraint) from refusal
        raise
    return made


def _claim(found: Import, attempt: int, event: int) -> None:
    """One commit of one attempt, whoever is faster; a row with a problem never gets here."""
    if found.status == ImportStatus.STAGED and found.attempt == attempt and found.problem_count:
        raise Refusal(f"{found.problem_count} cells are wrong: mend them first. Nothing was recorded.")
    moved = Import.objects.filter(
        pk=found.pk, status=ImportStatus.STAGED, attempt=attempt, is_checked=True, problem_count=0
    ).update(status=ImportStatus.COMMITTED, commit_event=event)
    if not moved:
        raise Refusal(MEANWHILE)


def record(told: dict[str, Any], ask: Callable[[], None] = never, report: Report = unheard) -> int:
    """What the staged rows without a problem make of the book; returns how many versions. Inside an action.

    `ask` is called between the statements and last of all, and ends it by raising.
    """
    made = 0
    with connection.cursor() as cursor:
        cursor.execute(_sql("moved"), told)
        if cursor.fetchone()[0]:
            raise Refusal(BOOK_MOVED)
        cursor.execute(_TO_RECORD, told)
        to_record = [row[0] for row in cursor.fetchall()]
        for rows in in_slices(to_record, ask, report):
            cursor.execute(_sql("record_exposures"), told | {"rows": rows})
            cursor.execute(_sql("record_versions"), told | {"rows": rows})
            made += int(cursor.rowcount)
    ask()
    return made


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
