"""Page of the reconciliation: one hedge under two frameworks, and why their figures differ."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from reports.domain.reconciliation import tables
from reports.domain.reconciliation.reconcile import Reconciliation, reconcile
from reports.queries import reconciled
from reports.web.downloads import download
from reports.web.filters import SpanFilters
from reports.web.tables import of_report
from treasury.web import words
from treasury.web.page import page_of_now
from treasury.web.scope import Scope

PAIRS_A_PAGE = 5


class ReconciliationFilters(SpanFilters):
    relationship = forms.CharField(label="Relationship", required=False, max_length=24)


@page_of_now
def reconciliation_page(request: HttpRequest) -> HttpResponseBase:
    scope = request.book
    filters = ReconciliationFilters(request)
    del filters.fields["framework"]
    span = filters.span(scope.entity_ids, framework="")
    pairs = reconciled.pairs(scope.entity_ids).order_by("parallel_of__code", "code")
    if filters.value("relationship"):
        pairs = reconciled.named(pairs, filters.value("relationship"))
    file = download(request, "reconciliation", lambda: tables.of_pairs(reconcile(span, list(pairs))))
    if file:
        return file
    shown = Paginator(pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": "Two frameworks reconciled",
        "filters": filters,
        "span": span,
        "page": shown,
        "found": [_shown(scope, one) for one in reconcile(span, list(shown.object_list))],
    }
    return render(request, "reports/reconciliation.html", context)


def _shown(scope: Scope, found: Reconciliation) -> dict:
    pair = found.pair
    return {
        "pair": pair,
        "first_href": scope.link(reverse("relationship", args=[pair["parallel_of_id"]])),
        "second_href": scope.link(reverse("relationship", args=[pair["id"]])),
        "first_framework": words.label(found.frameworks[0]),
        "second_framework": words.label(found.frameworks[1]),
        "side_by_side": of_report(tables.side_by_side(found)),
        "explained": of_report(
            tables.explained(found),
            empty="No difference.",
            next_step="Both frameworks say the same of this hedge in these months.",
        ),
    }
