"""What the worker does with market quotes in bulk."""

from __future__ import annotations

from exposures.domain.bulk import jobs
from exposures.enums import BulkMode
from exposures.models import BulkJob
from treasury.domain.bulk import quotes
from treasury.domain.bulk.answers import document


def work(job: BulkJob) -> None:
    actor = job.event.actor
    held = quotes.held(
        content=bytes(job.content.content), media_type=job.media_type, row_wise=job.mode == BulkMode.ROW_WISE,
        actor=actor,
    )  # fmt: skip
    jobs.checked(job, held.row_count, held.row_count)
    quotes.recorded(
        held, actor=actor, reason=job.settings["reason"],
        within=lambda answer: jobs.done(job, answer, document(answer, job.mode)),
    )  # fmt: skip
