"""A commit, decision or undoing of an import with many rows, done by the worker: with how far it is, and a stop.

The step is the same as at once: its person, its attempt and its digest are those of the request, their rights are
looked at when it is done, and all of it is one transaction that ends the job too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from exposures.domain.bulk import bell, jobs
from exposures.domain.bulk.progress import reporting
from exposures.domain.importing import committing, deciding, entitled, undoing
from exposures.enums import BulkMode
from exposures.models import BulkJob, Import
from exposures.models.bulk import IMPORT_STEPS
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import Decision

#: With more rows than that a step is the worker's: it would take more than a second.
AT_ONCE = 2_000
COMMIT, UNDO, DECIDE = "commit", "undo", "decide"
UNDER_WAY = "The import is being worked on already: wait until that has ended, or stop it. Nothing was begun."


def is_long(row_count: int) -> bool:
    return row_count > AT_ONCE


def ask(*, import_id: int, step: str, told: Mapping[str, Any], actor: Any) -> BulkJob:
    """Keeps the step for the worker and rings for it. Raises Refusal: no right to it, or another step is under way."""
    with as_refusal(), audit.action("exposures.import.step_asked", actor=actor, reason=step):
        found = Import.objects.select_for_update(of=("self",)).select_related("event").get(pk=import_id)
        (entitled.decides if step == DECIDE else entitled.works_on)(actor, found)
        if BulkJob.objects.filter(exposure_import=found, status__in=jobs.OPEN).exists():
            raise Refusal(UNDER_WAY)
        job = BulkJob.objects.create(
            resource=IMPORT_STEPS, mode=BulkMode.ALL_OR_NOTHING, settings={"step": step, **told},
            entity_ids=sorted(found.entity_ids), exposure_import=found,
        )  # fmt: skip
    transaction.on_commit(lambda: bell.ring(job.pk))
    return job


def work(job: BulkJob) -> None:
    """What the worker does. Raises Refusal as the step itself does."""
    step, told = job.settings["step"], {name: value for name, value in job.settings.items() if name != "step"}
    found, actor = job.exposure_import, job.event.actor
    assert found is not None
    jobs.checked(job, 0, found.row_count)

    def ended(count: int) -> None:
        jobs.finished(job, count, {"mode": job.mode, "import_id": found.pk, **_NO_ROWS})

    with reporting(job) as report:
        if step == COMMIT:
            committing.commit(import_id=found.pk, actor=actor, report=report, within=ended, **told)
        elif step == UNDO:
            undoing.undo(import_id=found.pk, actor=actor, report=report, within=ended, **told)
        else:
            decision = Decision(told.pop("decision"))
            deciding.decide(
                import_id=found.pk, actor=actor, decision=decision, report=report, within=ended, **told
            )


#: A step has no answer for each row: the import tells of them.
_NO_ROWS: dict[str, Any] = {"created": 0, "amended": 0, "unchanged": 0, "refused": 0, "results": []}
