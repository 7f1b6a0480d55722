"""What today's knowledge would change of what was published: the list that goes with a correction."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.changes import corrections
from hedges.models import MeasurementResult
from hedges.web.found_entity import entity_of
from hedges.web.how import linked
from hedges.web.measurement_tables import LABELS, how_of_run
from treasury.web import formats
from treasury.web.page import page
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table, link_cell


@page
def corrections_page(request: HttpRequest, code: str) -> HttpResponse:
    scope = request.book
    entity = entity_of(scope, code)
    context = {
        "page_title": f"Corrections of {entity.code}",
        "entity": entity,
        "table": _table(scope, corrections.would_change(entity)),
    }
    return render(request, "hedges/corrections.html", context)


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
