"""Page of the hedging instruments one by one: what the amounts of IFRS 7.24A are made of, with its files."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import HedgeType
from reports.domain.disclosures.instruments_held import instruments_held
from reports.web.downloads import download
from reports.web.tables import in_words, of_report
from reports.web.views.disclosures import DisclosureFilters, asked_of, chosen_entity
from treasury.web.filters import choice, codes
from treasury.web.page import page_of_now
from treasury.web.tables import PAGE_SIZE


class InstrumentFilters(DisclosureFilters):
    hedge = choice("Hedge of", codes(one for one in HedgeType.values if one != HedgeType.ECONOMIC))


@page_of_now
def instruments_page(request: HttpRequest) -> HttpResponseBase:
    scope = request.book
    entity = chosen_entity(scope)
    if entity is None:
        return render(request, "reports/instruments_held.html", {"page_title": "Hedging instruments"})
    filters = InstrumentFilters(request)
    span = asked_of(filters, entity)
    report = instruments_held(span, risk_kind=filters.value("risk"), hedge_type=filters.value("hedge"))
    name = f"hedging-instruments-{entity['code']}-{span.framework}-{span.first:%Y-%m}-{span.last:%Y-%m}"
    file = download(request, name, lambda: [in_words(report)])
    if file:
        return file
    shown = Paginator(list(report.rows), PAGE_SIZE).get_page(request.GET.get("page"))
    links = {
        "relationship_code": lambda row: scope.link(reverse("relationship", args=[row["relationship_id"]]))
    }
    context = {
        "page_title": f"Hedging instruments of {entity['code']}",
        "filters": filters,
        "entity": entity,
        "span": span,
        "table": of_report(
            replace(report, rows=shown.object_list), links=links, page=shown, short=False,
            next_step="Instruments show here from the first closed month of their hedge on.",
        ),
    }  # fmt: skip
    return render(request, "reports/instruments_held.html", context)
