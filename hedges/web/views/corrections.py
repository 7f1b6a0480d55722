"""What today's knowledge would change of what was published: the list that goes with a correction."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from exposures.domain.bulk.jobs import OPEN
from exposures.enums import BulkStatus
from hedges.domain.changes import corrections, measuring_again
from hedges.models import MeasurementResult
from hedges.web.found_entity import entity_of
from hedges.web.how import linked
from hedges.web.measurement_tables import LABELS, how_of_run
from treasury.kernel.errors import HedgebookError
from treasury.models import Entity
from treasury.web import formats
from treasury.web.page import action, page_of_now, refuse_readers
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table, link_cell

STOP_POLLING = 286  # htmx: take this answer and ask no more


@page_of_now
def corrections_page(request: HttpRequest, code: str) -> HttpResponse:
    scope, entity = request.book, entity_of(request.book, code)
    progress = _progress(request, entity)
    before = measuring_again.before(progress["job"])
    months = corrections.months(entity, measuring=False, before=before)
    found = [one for month in months for one in month.found or ()]
    open_months = [f"{month.period_end:%Y-%m}" for month in months if month.found is None]
    context = {
        "page_title": f"Corrections of {entity.code}",
        "table": None if open_months and not found else _table(scope, found),
        "open_months": open_months,
        **progress,
    }
    return render(request, "hedges/corrections.html", context)


@page_of_now
def corrections_progress(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that renews itself while the worker measures."""
    context = _progress(request, entity_of(request.book, code))
    answer = render(request, "hedges/parts/corrections_progress.html", context)
    if not context["live"]:
        answer.status_code = STOP_POLLING
        answer["HX-Refresh"] = "true"
    return answer


@action
def corrections_measure(request: HttpRequest, code: str) -> HttpResponse:
    """The worker is asked to measure again, or to end it."""
    entity = entity_of(request.book, code)
    refuse_readers(request.book, entity.pk)
    try:
        if "cancel" in request.POST:
            measuring_again.cancel(entity=entity, actor=request.user)
            messages.info(request, "The measuring is cancelled. Nothing was kept of it.")
        else:
            measuring_again.ask(entity=entity, actor=request.user)
    except HedgebookError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(request.book.link(reverse("accounting-corrections", args=[entity.code])))


def _progress(request: HttpRequest, entity: Entity) -> dict:
    job = measuring_again.newest(entity)
    live = job is not None and job.status in OPEN
    failed = job is not None and job.status in (BulkStatus.REFUSED, BulkStatus.FAILED)
    return {
        "entity": entity,
        "job": job,
        "live": live,
        "ended": job.status_reason if job is not None and failed else "",
        "may_measure": request.book.may_write_at(entity.pk),
    }


def _table(scope: Scope, found: list[corrections.Correction]) -> Table:
    def published(row: dict) -> object:
        one = row["of"]
        href = how_of_run(scope, MeasurementResult, one.run_id, one.relationship_id)(one.field)
        return linked(formats.number(one.published, 2), href)

    columns = [
        Column("period_end", "Period end", "day"),
        Column(
            "code",
            "Relationship",
            cell=lambda row: link_cell(
                row["of"].code, scope.link(reverse("relationship", args=[row["of"].relationship_id]))
            ),
        ),
        Column("field", "Amount", cell=lambda row: LABELS.get(row["of"].field, row["of"].field)),
        Column("published", "Published", "money", cell=published),
        Column("recomputed", "With what is known now", "money", cell=_recomputed),
        Column("difference", "Difference", "money"),
        Column("currency", "In"),
    ]
    rows = [
        {"of": one, "period_end": one.period_end, "difference": one.difference, "currency": one.currency}
        for one in found
    ]
    return Table(
        columns, rows, caption="Published amounts that would be other ones now", short=True,
        empty="What is known now changes nothing that was published.",
        next_step="A corrected version or rate of a closed month shows here before it is posted.",
    )  # fmt: skip


def _recomputed(row: dict) -> object:
    one = row["of"]
    if one.recomputed is None:
        return formats.why(one.reasons[0] if one.reasons else None)
    return formats.number(one.recomputed, 2)
