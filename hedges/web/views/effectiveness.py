"""Pages of effectiveness: all relationships of a run, and one of them in pictures and numbers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from hedges.enums import EffectivenessStatus
from hedges.queries import effectiveness_pages, relationship_pages
from hedges.web import effectiveness_pictures as pictures
from hedges.web import effectiveness_tables as tables
from hedges.web import relationship_terms
from hedges.web.how import How, how, linked
from treasury.web import formats, words
from treasury.web.filters import Filters, choice, codes
from treasury.web.page import page
from treasury.web.tables import Column, listing


class EffectivenessFilters(Filters):
    status = choice("Effectiveness", codes(EffectivenessStatus.values))


def columns(scope) -> list[Column]:
    return [
        Column(
            "code",
            "Relationship",
            sort="relationship__code",
            link=lambda row: scope.link(reverse("effectiveness-of", args=[row["relationship_id"]])),
        ),
        Column("effectiveness_status", "Effectiveness", sort="gravity", wrap=True, cell=_status),
        Column("entity_code", "Entity", sort="entity__code"),
        Column("risk_code", "Risk", sort="relationship_version__risk__code"),
        Column("framework", "Under", "label", sort="framework"),
        Column("assessment_method", "Method", "label", sort="assessment_method"),
        Column("cumulative_ratio", "Dollar offset", "statistic", sort="cumulative_ratio"),
        Column("dollar_offset_status", "By offset", "state"),
        Column("offset_slope", "Slope", "statistic", sort="offset_slope"),
        Column("r_squared", "R²", "statistic", sort="r_squared"),
        Column("observation_count", "n", "count", sort="observation_count", optional=True),
        Column("regression_status", "By regression", "state"),
    ]


def _status(row: dict) -> object:
    """The status with its reasons under it, where no narrow window cuts them off."""
    because = ", ".join(words.reason(code) for code in row["reasons"] or ())
    under = format_html('<br><span class="reason">{}</span>', because) if because else ""
    return format_html("{}{}", formats.state(row["effectiveness_status"]), under)


@page
def effectiveness_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    context: dict = {"page_title": "Effectiveness"}
    if not scope.run:
        return render(request, "treasury/no_run.html", context)
    filters = EffectivenessFilters(request)
    counts = effectiveness_pages.counts(scope.run["id"], scope.entity_ids)
    found = effectiveness_pages.results(scope.run["id"], scope.entity_ids, filters.value("status"))
    context |= {
        "filters": filters,
        "as_of": scope.run["as_of_date"],
        "figures": [
            {"label": words.label(status), "value": counts.get(status, 0)} for status in EffectivenessStatus.values
        ],
        "table": listing(
            request, found, columns(scope), sort="effectiveness_status", then=["relationship__code"],
            caption="Effectiveness of the hedge relationships",
            row_link=lambda row: scope.link(reverse("effectiveness-of", args=[row["relationship_id"]])),
            empty="No relationship matches.", next_step="Clear the filter, or choose another date at the top.",
        ),
    }  # fmt: skip
    return render(request, "treasury/list.html", context)


@page
def effectiveness_of(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    if not scope.run:
        raise Http404("No night has been published for that date yet.")
    found = effectiveness_pages.result(scope.run["id"], pk, scope.all_ids)
    if found is None:
        raise Http404(
            "This run has no test of that relationship, or it belongs to an entity that you do not see."
        )
    pack = effectiveness_pages.rule_pack(found["rule_pack_id"])
    criteria = relationship_pages.criteria(scope.run["id"], pk)
    history = effectiveness_pages.history(pk, nights=scope.nights)
    series = pictures.series(found)

    def of_criterion(row: dict) -> How:
        return how(scope, "effectiveness-criteria", pk, row["criterion"])

    context = {
        "page_title": f"Effectiveness of {found['code']}",
        "found": found,
        "figures": _figures(found, how(scope, "effectiveness-results", pk)),
        "method": tables.method_words(found, pack),
        "scatter": pictures.scatter_picture(found, series, pack),
        "offset": pictures.offset_picture(found, series, pack),
        "points": tables.points_table(found, series),
        "statistics": tables.statistics_table(found, how(scope, "effectiveness-results", pk)),
        "criteria": relationship_terms.criteria(criteria, of_criterion),
        "history": pictures.history_picture(found, history, pack),
        "nights": tables.history_table(scope, history),
        "relationship_href": scope.link(reverse("relationship", args=[pk])),
    }
    return render(request, "hedges/effectiveness.html", context)


def _figures(found: dict, of: How) -> list[dict]:
    because = (found["reasons"] or [None])[0]
    return [
        {"label": "Effectiveness", "value": formats.state(found["effectiveness_status"])},
        {
            "label": "Dollar offset",
            "value": linked(_number(found["cumulative_ratio"], because), of("cumulative_ratio")),
        },
        {
            "label": "Slope, as offset",
            "value": linked(_number(found["offset_slope"], because), of("offset_slope")),
        },
        {"label": "R²", "value": linked(_number(found["r_squared"], because, digits=4), of("r_squared"))},
        {
            "label": "F, points",
            "value": formats.why(because)
            if found["f_statistic"] is None
            else formats.large_statistic(found["f_statistic"]),
            "unit": f"n {found['observation_count'] or 0}",
        },
    ]


def _number(value: float | None, because: str | None, digits: int = 3) -> object:
    return formats.why(because) if value is None else formats.statistic(value, digits)
