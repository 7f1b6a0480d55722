"""Page of the disclosures: the tables of one entity, framework and span of months."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from reports.domain.disclosures.disclose import disclosures
from reports.enums import RiskCategory
from reports.queries.span import Span, first_closed
from reports.web.downloads import download
from reports.web.filters import SpanFilters
from reports.web.tables import in_words, of_report
from treasury.enums import AccountingFramework
from treasury.web.filters import choice, codes
from treasury.web.page import page_of_now
from treasury.web.scope import Scope

#: IFRS 7 does not bind them: the figures are theirs, the tables are laid out as IFRS 7 has them.
TITLES = {AccountingFramework.ASC815: "Disclosure tables (layout of IFRS 7)"}


class DisclosureFilters(SpanFilters):
    framework = choice("Framework", codes(AccountingFramework.values), everything="")
    risk = choice("Risk category", [(one.value, one.label.capitalize()) for one in RiskCategory])


def chosen_entity(scope: Scope) -> dict | None:
    """The entity of the page, else the first one that has closed a month, else the first."""
    if scope.entity or not scope.entities:
        return scope.entity
    first = first_closed(scope.entity_ids)
    return next((one for one in scope.entities if one["id"] == first), scope.entities[0])


def asked_of(filters: SpanFilters, entity: dict) -> Span:
    """The months of the filters under the framework that they name, else under the entity's own."""
    framework = filters.value("framework") or entity["accounting_framework"]
    filters.data = filters.data.copy()
    filters.data["framework"] = framework
    return filters.span([entity["id"]], from_january=True, framework=framework)


@page_of_now
def disclosures_page(request: HttpRequest) -> HttpResponseBase:
    scope = request.book
    entity = chosen_entity(scope)
    if entity is None:
        return render(request, "reports/disclosures.html", {"page_title": "Disclosures"})
    filters = DisclosureFilters(request)
    span = asked_of(filters, entity)
    framework = span.framework
    name = f"disclosures-{entity['code']}-{framework}-{span.first:%Y-%m}-{span.last:%Y-%m}"
    file = download(
        request,
        name,
        lambda: [in_words(table) for table in disclosures(span, risk_kind=filters.value("risk"))],
    )
    if file:
        return file
    context = {
        "page_title": f"{TITLES.get(framework, 'Disclosures')} of {entity['code']}",
        "filters": filters,
        "entity": entity,
        "span": span,
        "instruments_href": _one_by_one(request),
        "tables": [of_report(table) for table in disclosures(span, risk_kind=filters.value("risk"))],
    }
    return render(request, "reports/disclosures.html", context)


def _one_by_one(request: HttpRequest) -> str:
    """The instruments behind the page: the same entity, months, framework and risk category."""
    return f"{reverse('disclosed-instruments')}?{request.GET.urlencode()}".rstrip("?")
