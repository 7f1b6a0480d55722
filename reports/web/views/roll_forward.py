"""Page of the roll-forward: totals by entity, and each relationship by month, beside the measurement of the close."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from hedges.models import HedgeRelationship
from reports.domain import roll_forward
from reports.domain.table import ReportTable
from reports.enums import Movement, Reserve
from reports.queries import roll_forwards
from reports.queries.span import Span
from reports.web.downloads import download
from reports.web.filters import SpanFilters
from reports.web.tables import of_report
from treasury.queries.rows import Row
from treasury.web.filters import choice
from treasury.web.page import page_of_now
from treasury.web.tables import PAGE_SIZE


class RollForwardFilters(SpanFilters):
    reserve = choice("Reserve", [(one.value, one.label.capitalize()) for one in Reserve])
    relationship = forms.CharField(label="Relationship", required=False, max_length=24)


class _Rows(Sequence):
    """Rows that are read when a page asks for them; their number comes from the totals."""

    def __init__(self, span: Span, asked: dict[str, Any], count: int) -> None:
        self.span, self.asked, self.length = span, asked, count

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: Any) -> list[Row]:
        limit = part.stop - part.start
        return roll_forwards.roll_forward(self.span, **self.asked, limit=limit, offset=part.start)


@page_of_now
def roll_forward_page(request: HttpRequest) -> HttpResponseBase:
    scope = request.book
    filters = RollForwardFilters(request)
    span = filters.span(scope.entity_ids)
    asked: dict[str, Any] = {"reserve": filters.value("reserve")}
    if filters.value("relationship"):
        chosen = HedgeRelationship.objects.filter(
            code__iexact=filters.value("relationship"), entity_id__in=scope.entity_ids
        )
        asked["relationship_ids"] = list(chosen.values_list("pk", flat=True))
    file = download(
        request, "roll-forward",
        lambda: [roll_forward.by_relationship(span, **asked), roll_forward.by_entity(span, **asked)],
    )  # fmt: skip
    if file:
        return file
    totals = roll_forward.by_entity(span, **asked)
    rows = _Rows(span, asked, sum(row["relationship_count"] for row in totals.rows))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    idle = {one for one in Movement.values if not any(row[one] for row in totals.rows)}
    fields = [one for one in roll_forward.ROWS if one.key not in idle]
    report = ReportTable("roll-forward", "Roll-forward by relationship", fields, shown.object_list)
    totals.fields = [one for one in totals.fields if one.key not in idle]
    links = {
        "relationship_code": lambda row: scope.link(reverse("relationship", args=[row["relationship_id"]]))
    }
    context = {
        "page_title": "Roll-forward of the reserves",
        "filters": filters,
        "span": span,
        "proof": roll_forward.proof(totals),
        "totals_table": of_report(totals),
        "some_open": any(row["measured"] is None for row in totals.rows),
        "all_open": all(row["measured"] is None for row in totals.rows),
        "table": of_report(
            report, links=links, page=shown, short=False, empty="No reserve has a balance or a movement.",
            next_step="Choose other months; reserves move when a month is closed.",
        ),
    }  # fmt: skip
    return render(request, "reports/roll_forward.html", context)
