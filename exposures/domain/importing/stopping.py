"""An import's check, commit, decision or undoing is stopped by who may do it; nothing of it is recorded then."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from exposures.domain.bulk import jobs
from exposures.domain.importing import entitled
from exposures.models import BulkJob, Import
from exposures.models.bulk import IMPORT_STEPS
from treasury.domain import stopping
from treasury.domain.refusals import Refusal


def name(import_id: int) -> str:
    return f"exposures.import {import_id}"


def stop(*, import_id: int, actor: Any) -> Import:
    """Returns the import as it stands once nobody works on it: what was faster than the stop is recorded.

    Its job is cancelled first: a job that is none any more records nothing, and always says who stopped it. What works
    on the import then, a step in a request too, ends at its next question.
    """
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.stops(actor, found)
    for job in BulkJob.objects.filter(exposure_import=found, resource=IMPORT_STEPS, status__in=jobs.OPEN):
        with suppress(Refusal), stopping.patience():  # it has just ended
            jobs.cancel(job=job, actor=actor)
    stopping.stop(name(import_id))
    found.refresh_from_db()
    return found
