"""What the worker does with trades in bulk."""

from __future__ import annotations

from datetime import date

from exposures.domain.bulk import jobs
from exposures.enums import BulkMode
from exposures.models import BulkJob
from hedges.domain.bulk import upsert
from treasury.domain.bulk.answers import document


def work(job: BulkJob) -> None:
    told = job.settings
    asked = upsert.Asked(
        bytes(job.content.content), job.media_type, source_system=told["source_system"],
        valid_from=date.fromisoformat(told["valid_from"]), is_row_wise=job.mode == BulkMode.ROW_WISE,
        reason=told["reason"], entity_ids=job.entity_ids,
    )  # fmt: skip
    actor = job.event.actor
    held = upsert.held(asked, actor=actor, told=lambda done, count: jobs.checked(job, done, count))
    upsert.recorded(
        asked, held, actor=actor, within=lambda answer: jobs.done(job, answer, document(answer, job.mode))
    )  # fmt: skip
