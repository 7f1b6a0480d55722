"""Exposures in bulk into the book, in one transaction: new ones get a first version, changed ones a further one, and
those that are as they were none. What is recorded is an import like any other: one decision, one way back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

from exposures.domain.bulk import checking
from exposures.domain.bulk.checking import Held
from exposures.domain.bulk.fields import NAMES
from exposures.domain.importing import staging
from exposures.domain.importing.committing import BOOK_MOVED, record
from exposures.domain.importing.slices import Report, unheard
from exposures.enums import BulkMode, ImportStatus
from exposures.models import Import, ImportFile, ImportProblem
from treasury.domain import audit
from treasury.domain.bulk import plans
from treasury.domain.bulk.answers import AMENDED, CREATED, UNCHANGED, Answer, RowsRefused, answer
from treasury.domain.bulk.rows import RowProblem
from treasury.domain.refusals import Refusal, as_refusal
from treasury.queries.access import may_write

_SQL = Path(__file__).parent / "sql"
_OUTCOMES = {"NEW": CREATED, "CHANGED": AMENDED, "UNCHANGED": UNCHANGED}
_NOTHING = dict.fromkeys(("external_reference", "id", "version_id", "version_number"))
#: Somebody else may change an exposure between the look at it and its next version; then it is looked at again.
_TIMES = 3


@dataclass(frozen=True)
class Asked:
    """`mode`: whether wrong rows stop the others. `entity_ids`: where rows may be recorded at all; None: anywhere."""

    content: bytes
    media_type: str
    source_system: str
    valid_from: date
    mode: str = BulkMode.ALL_OR_NOTHING
    reason: str = ""
    entity_ids: Collection[int] | None = None


class _NothingNew(Exception):
    """Every row is as it was or wrong: there is nothing to record, and nothing stays of having looked."""

    def __init__(self, found: Answer) -> None:
        self.found = found


def upsert(asked: Asked, *, actor: Any) -> Answer:
    """Raises InputError where the request cannot be read, RowsRefused where a row is wrong and all or nothing was asked
    for, Refusal where the book does not take it; then nothing is recorded."""
    return recorded(asked, held(asked, actor=actor), actor=actor)


def held(asked: Asked, *, actor: Any) -> Held:
    source = asked.source_system
    if not source.strip() or not source.isprintable() or source != source.strip() or len(source) > 20:
        raise Refusal("Name the source in at most 20 characters, e.g. ERP.")
    if not may_write(actor):
        raise Refusal("You have no role that records exposures. Nothing was changed.")
    return checking.check(
        asked.content, asked.media_type, valid_from=asked.valid_from, actor=actor, entity_ids=asked.entity_ids
    )


def recorded(
    asked: Asked, found: Held, *, actor: Any, within: Callable[[Answer], None] | None = None,
    report: Report = unheard,
) -> Answer:  # fmt: skip
    """`within`: what else is written in the same transaction, once the answer stands. `report` hears how many rows are
    held against the book."""
    for attempt in range(_TIMES):
        try:
            with (
                as_refusal(),
                audit.action("exposures.bulk.recorded", actor=actor, reason=asked.reason) as event,
            ):
                made = _record(asked, found, event, report)
                if within:
                    within(made)
                return made
        except _NothingNew as nothing:
            if within:
                with (
                    as_refusal(),
                    audit.action("exposures.bulk.found_unchanged", actor=actor, reason=asked.reason),
                ):
                    within(nothing.found)
            return nothing.found
        except Refusal as refusal:
            moved = str(refusal) == BOOK_MOVED or "is not the next one" in str(refusal)
            if not moved and refusal.constraint != "exposure_reference":
                raise
            if attempt == _TIMES - 1:
                raise Refusal(
                    "The book changes too fast for these rows: send them again. Nothing was recorded."
                ) from None
    raise AssertionError


def _record(asked: Asked, found: Held, event: int, report: Report) -> Answer:
    count = found.rows.count
    if found.checked is None:
        return _without_rows(asked, found)
    with (
        connection.cursor() as cursor
    ):  # one bulk of a source after the other: each sees what the one before recorded
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"bulk {asked.source_system}"]
        )
    plans.by_key()
    staged = _staged(asked, found)
    problems = staging.stage(
        found.checked,
        found.layout,
        import_id=staged.pk,
        attempt=1,
        source_system=asked.source_system,
        report=report,
    )
    wrong = _problems(staged.pk, found) if problems else {}
    if wrong and asked.mode == BulkMode.ALL_OR_NOTHING:
        raise RowsRefused(wrong, count)
    told = {
        "import": staged.pk, "attempt": 1, "source": asked.source_system, "valid_from": asked.valid_from,
        "reason": staged_reason(asked, staged.pk), "event": event,
    }  # fmt: skip
    made = record(told, report=lambda done, of: report(count, count))  # it is alive, and may be cancelled
    fine = _fine(told)
    references = _references(found)
    if not made:
        raise _NothingNew(answer(fine, wrong, count, references=references, nothing=_NOTHING))
    state = Import.objects.filter(pk=staged.pk)
    state.update(is_checked=True, row_count=count, problem_count=problems)
    state.update(status=ImportStatus.COMMITTED, commit_event=event)
    return answer(fine, wrong, count, references=references, nothing=_NOTHING, import_id=staged.pk)


def staged_reason(asked: Asked, import_id: int) -> str:
    return (asked.reason.strip() or f"Import {import_id}, in bulk from {asked.source_system}")[:400]


def _staged(asked: Asked, found: Held) -> Import:
    digest = hashlib.sha256(asked.content).hexdigest()
    # The same rows may come again: they are then unchanged. Only files that a person uploads are taken once.
    staged = Import.objects.create(
        source_system=asked.source_system, settings=found.layout.as_json(), is_row_wise=asked.mode == BulkMode.ROW_WISE,
        file_name=f"{found.rows.count:,} rows in bulk", fingerprint=hashlib.sha256(uuid4().bytes).hexdigest(),
    )  # fmt: skip
    ImportFile.objects.create(
        exposure_import=staged, name=staged.file_name, content=asked.content, digest=digest
    )
    Import.objects.filter(pk=staged.pk).update(attempt=1, entity_ids=found.entity_ids)
    return staged


def _problems(import_id: int, found: Held) -> dict[int, list[RowProblem]]:
    """By index; of a row that could not be read what was found then."""
    wrong: dict[int, list[RowProblem]] = {}
    staged = ImportProblem.objects.filter(exposure_import_id=import_id, attempt=1).order_by(
        "row_number", "id"
    )
    for number, field, code, expected, value in staged.values_list(
        "row_number", "field", "code", "expected", "value"
    ):
        wrong.setdefault(number - 1, []).append(RowProblem(NAMES.get(field, field), code, expected, value))
    return wrong | found.rows.refused


def _fine(told: dict[str, Any]) -> dict[int, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute((_SQL / "answers.sql").read_text(encoding="utf-8"), told)
        return {
            number - 1: {
                "outcome": _OUTCOMES[outcome], "external_reference": reference, "id": exposure_id,
                "version_id": version_id, "version_number": version_number,
            }
            for number, reference, outcome, exposure_id, version_id, version_number in cursor.fetchall()
        }  # fmt: skip


def _references(found: Held) -> dict[int, dict[str, Any]]:
    rows = found.rows
    names = rows.column("external_reference")
    return {
        place: {"external_reference": name} for place, name in zip(rows.places, names, strict=True) if name
    }


def _without_rows(asked: Asked, found: Held) -> Answer:
    """No row could be read at all."""
    if asked.mode == BulkMode.ALL_OR_NOTHING:
        raise RowsRefused(found.rows.refused, found.rows.count)
    raise _NothingNew(answer({}, found.rows.refused, found.rows.count, references={}, nothing=_NOTHING))
