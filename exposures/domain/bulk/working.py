"""What the worker does with exposures in bulk."""

from __future__ import annotations

from datetime import date

from exposures.domain.bulk import jobs, upsert
from exposures.domain.bulk.progress import reporting
from exposures.models import BulkJob
from treasury.domain.bulk.answers import document


def work(job: BulkJob) -> None:
    told = job.settings
    asked = upsert.Asked(
        content=bytes(job.content.content), media_type=job.media_type, source_system=told["source_system"],
        valid_from=date.fromisoformat(told["valid_from"]), mode=job.mode, reason=told["reason"],
        entity_ids=job.entity_ids,
    )  # fmt: skip
    actor = job.event.actor
    held = upsert.held(asked, actor=actor)
    jobs.checked(job, 0, held.rows.count)
    with reporting(job) as report:
        upsert.recorded(
            asked, held, actor=actor, within=lambda answer: jobs.done(job, answer, document(answer, job.mode)),
            report=report,
        )  # fmt: skip
