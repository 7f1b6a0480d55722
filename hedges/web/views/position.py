"""Position: how much of what is hedged, and what a number is made of."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import RatioSubject
from hedges.queries import bucket_content, effectiveness_pages, position
from hedges.web import bands, cell_tables, profile
from hedges.web.grid import grid
from hedges.web.how import How, how
from hedges.web.into_band import into_band
from hedges.web.ratios import ratio_table
from treasury.queries import published
from treasury.web import formats, words
from treasury.web.page import page


@page
def position_page(request: HttpRequest) -> HttpResponse:
    scope = request.book

    def of_ratio(row: dict) -> How:
        return how(scope, "hedge-ratios", row["subject"], row["entity_id"], row["risk_id"] or 0)

    context: dict = {"page_title": "Position", "last": None if scope.known_at else published.last_run()}
    if scope.run:
        buckets = position.buckets(scope.run["id"], scope.entity_ids)
        both = (RatioSubject.ENTITY, RatioSubject.ENTITY_RISK)
        ratios = position.ratios(scope.run["id"], scope.entity_ids, both)
        by_risk = [row for row in ratios if row["subject"] == RatioSubject.ENTITY_RISK]
        tests = effectiveness_pages.counts(scope.run["id"], scope.entity_ids)
        swapped = request.GET.get("rows") == "bucket"
        context |= {
            "grid": grid(buckets, by_risk, lambda row: _cell_address(scope, row), swapped=swapped)
            if buckets
            else None,
            "figures": _figures(buckets, tests, context["last"]),
            "ratios": ratio_table(ratios, of_ratio),
        }
    return render(request, "hedges/position.html", context)


def _cell_address(scope, row: dict) -> str:
    return scope.link(
        reverse("position-cell", args=[row["entity_code"], row["risk_code"], row["month_from"]])
    )


def _figures(buckets: list[dict], tests: dict[str, int], last: dict | None) -> list[dict]:
    standings = [bands.standing(row) for row in buckets]
    judged = [code for code in standings if code not in ("NO_EXPOSURE", "HEDGE_ONLY", "NO_POLICY")]
    breaches = sum(code in bands.BREACHES for code in judged)
    tested = sum(tests.values())
    figures = [
        {"label": "Buckets outside the band", "value": breaches, "unit": f"of {len(judged)}"},
        *(
            {"label": words.label(code), "value": judged.count(code)}
            for code in ("UNDER_HEDGED", "ABOVE_BAND", "OVER_HEDGED", "WRONG_DIRECTION")
        ),
        {"label": "Relationships effective", "value": tests.get("EFFECTIVE", 0), "unit": f"of {tested}"},
    ]
    if last:
        figures.append({"label": f"Last night {last['as_of_date']}", "value": formats.state(last["status"])})
    return figures


@page
def position_cell(request: HttpRequest, entity: str, risk: str, month: int) -> HttpResponse:
    scope = request.book
    if not scope.run:
        raise Http404("No night has been published for that date yet.")
    chosen = next((one for one in scope.entities if one["code"] == entity), None)
    found = position.bucket(scope.run["id"], chosen["id"], risk, month) if chosen else None
    if found is None:
        raise Http404("There is no such bucket in this run, or it belongs to an entity that you do not see.")
    exposures = bucket_content.exposures(scope.run, found)
    instruments = bucket_content.instruments(scope.run, found)
    history = position.bucket_history(found["entity_id"], found["risk_id"], month, nights=scope.nights)
    name = bands.bucket_name(found["month_from"], found["month_to"])
    code = bands.standing(found)
    explained = how(scope, "horizon-profiles", found["entity_id"], found["risk_id"], month)
    context = {
        "page_title": f"{entity} {risk}, {name}",
        "bucket": found,
        "code": code,
        "word": words.state(code)[0],
        "figures": profile.figures(found, code, explained),
        "into_band": into_band(found),
        "exposures": cell_tables.exposures(scope, exposures, found["amount_unit"]),
        "instruments": cell_tables.instruments(scope, instruments, found["amount_unit"]),
        "history": profile.history_picture(history, f"{entity} {risk}, {name}", "coverage_ratio"),
        "history_table": profile.history_table(history, "coverage_ratio"),
        "profile_href": scope.link(reverse("horizon"), book=f"{entity}:{risk}"),
    }
    return render(request, "hedges/position_cell.html", context)
