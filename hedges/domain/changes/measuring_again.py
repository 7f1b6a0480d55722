"""Closed months that the worker measures again because somebody asks: how far it is, a stop, and what was found.

What was found is kept with the digest of the inputs that it was found from: it is shown for as long as a month has
these inputs, whichever process shows it, and never for others.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from exposures.domain.bulk import bell, jobs
from exposures.enums import BulkMode, BulkStatus
from exposures.models import BulkAnswer, BulkJob
from exposures.models.bulk import CORRECTIONS
from hedges.domain.changes import corrections
from hedges.domain.changes.corrections import Before, Correction, Month
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import Entity

_UNDER_WAY = "These months are being measured already: wait until that has ended, or cancel it."
_NOTHING = "Nothing is being measured here any more, so there is nothing to cancel."


def ask(*, entity: Entity, actor: Any) -> BulkJob:
    """Asks the worker. Raises Refusal where it is at it already."""
    with as_refusal(), audit.action("hedges.corrections.asked", actor=actor, subject=entity):
        with connection.cursor() as cursor:  # two who ask at once take turns
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"corrections {entity.pk}"]
            )
        if _of(entity).filter(status__in=jobs.OPEN).exists():
            raise Refusal(_UNDER_WAY)
        job = BulkJob.objects.create(
            resource=CORRECTIONS, mode=BulkMode.ALL_OR_NOTHING, entity_ids=[entity.pk]
        )
    transaction.on_commit(lambda: bell.ring(job.pk))
    return job


def cancel(*, entity: Entity, actor: Any) -> None:
    """The worker ends after the month that it is at; nothing is kept of what it found."""
    job = _of(entity).filter(status__in=jobs.OPEN).first()
    if job is None:
        raise Refusal(_NOTHING)
    jobs.cancel(job=job, actor=actor)


def work(job: BulkJob) -> None:
    """What the worker does: months are the rows of this job."""
    entity = Entity.objects.get(pk=job.entity_ids[0])
    found = corrections.months(
        entity, before=before(newest(entity)), report=lambda done, count: jobs.checked(job, done, count)
    )
    document = [_as_json(month) for month in found if month.inputs]
    with audit.action("hedges.corrections.measured", actor=job.event.actor, subject=entity):
        jobs.finished(job, len(found), {"months": document})


def newest(entity: Entity) -> BulkJob | None:
    """The job asked for last; `last_done` is the number of the last one that has found something out."""
    done = _of(entity).filter(status=BulkStatus.DONE, entity_ids=OuterRef("entity_ids"))
    return (
        _of(entity).select_related("event__actor").annotate(last_done=Subquery(done.values("pk")[:1])).first()
    )


def before(job: BulkJob | None) -> Before:
    """What the last one has found out."""
    number = getattr(job, "last_done", None)
    return Before(number, cache(lambda: _read(number))) if number else Before()


def _of(entity: Entity) -> Any:
    return BulkJob.objects.filter(resource=CORRECTIONS, entity_ids=[entity.pk]).order_by("-pk")


def _as_json(month: Month) -> dict[str, Any]:
    return {
        "run_id": month.run_id, "inputs": month.inputs,
        "found": [
            [one.relationship_id, one.code, one.period_end.isoformat(), one.run_id, one.field, one.currency,
             _text(one.published), _text(one.recomputed), list(one.reasons)]
            for one in month.found or ()
        ],
    }  # fmt: skip


def _read(number: int) -> dict[tuple[int, str], tuple[Correction, ...]]:
    told = orjson.loads(bytes(BulkAnswer.objects.get(job_id=number).content))
    return {
        (month["run_id"], month["inputs"]): tuple(
            Correction(
                pk, code, date.fromisoformat(end), run_id, field, currency, _amount(published),
                _amount(recomputed), tuple(reasons),
            )
            for pk, code, end, run_id, field, currency, published, recomputed, reasons in month["found"]
        )
        for month in told["months"]
    }  # fmt: skip


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
