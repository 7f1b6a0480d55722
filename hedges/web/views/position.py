"""Position: how much of what is hedged, and what a number is made of."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import RatioSubject
from hedges.queries import bucket_content, bucket_since, effectiveness_pages, position
from hedges.web import bands, breach_table, cell_tables, nights_shown, profile
from hedges.web.grid import grid
from hedges.web.grid_files import grid_table
from hedges.web.how import How, how
from hedges.web.into_band import into_band
from hedges.web.ratios import ratio_table
from hedges.web.ticket_pages import new_trade
from treasury.queries import published
from treasury.web import words
from treasury.web.filters import Filters
from treasury.web.page import page


class Lines(Filters):
    find = forms.CharField(label="Entity or risk", required=False, widget=forms.TextInput(attrs={"size": 14}))

    def among(self, rows: list[dict]) -> list[dict]:
        """Those whose entity and risk say every word that is looked for."""
        wanted = self.value("find").casefold().split()
        return [
            row
            for row in rows
            if all(word in f"{row['entity_code']} {row['risk_code'] or ''}".casefold() for word in wanted)
        ]


@page
def position_page(request: HttpRequest) -> HttpResponse:
    scope = request.book

    def of_ratio(row: dict) -> How:
        return how(scope, "hedge-ratios", row["subject"], row["entity_id"], row["risk_id"] or 0)

    context: dict = {"page_title": "Position", "last": None if scope.known_at else published.last_run()}
    context["new_trade"] = new_trade(scope)
    if scope.run:
        filters = Lines(request)
        buckets = filters.among(position.buckets(scope.run["id"], scope.entity_ids))
        both = (RatioSubject.ENTITY, RatioSubject.ENTITY_RISK)
        ratios = filters.among(position.ratios(scope.run["id"], scope.entity_ids, both))
        by_risk = [row for row in ratios if row["subject"] == RatioSubject.ENTITY_RISK]
        tests = effectiveness_pages.counts(scope.run["id"], scope.entity_ids)
        swapped, amounts = request.GET.get("rows") == "bucket", request.GET.get("show") == "amounts"
        context |= {
            "filters": filters,
            "grid": grid(buckets, by_risk, lambda row: _cell_address(scope, row), swapped=swapped)
            if buckets
            else None,
            "amounts": amounts,
            "grid_table": grid_table(buckets, by_risk, swapped=swapped, amounts=amounts) if buckets else None,
            **breach_table.shown(scope, buckets),
            "figures": _figures(buckets),
            "tested": {"effective": tests.get("EFFECTIVE", 0), "all": sum(tests.values())},
            "ratios": ratio_table(ratios, of_ratio, lambda row: _why(scope, row)),
        }
    return render(request, "hedges/position.html", context)


def _why(scope, row: dict) -> str:
    """Of an entity's own row the whole entity, at spot."""
    return scope.link(reverse("why-moved", args=[row["entity_code"]]), risk=row["risk_code"])


def _cell_address(scope, row: dict) -> str:
    return scope.link(
        reverse("position-cell", args=[row["entity_code"], row["risk_code"], row["month_from"]])
    )


def _figures(buckets: list[dict]) -> list[dict]:
    standings = [bands.standing(row) for row in buckets]
    judged = [code for code in standings if code not in ("NO_EXPOSURE", "HEDGE_ONLY", "NO_POLICY")]
    breaches = sum(code in bands.BREACHES for code in judged)
    return [
        {"label": "Buckets outside the band", "value": breaches, "unit": f"of {len(judged)}"},
        *(
            {"label": words.label(code), "value": judged.count(code)}
            for code in ("UNDER_HEDGED", "ABOVE_BAND", "OVER_HEDGED", "WRONG_DIRECTION")
        ),
    ]


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
    filters = nights_shown.Nights(request)
    first = nights_shown.since(filters, scope)
    history = position.bucket_history(
        found["entity_id"], found["risk_id"], month, nights=scope.nights, since=first
    )
    policy = nights_shown.policy_changes(scope, found["entity_id"], found["risk_id"], first)
    name = bands.bucket_name(found["month_from"], found["month_to"])
    code = bands.standing(found)
    explained = how(scope, "horizon-profiles", found["entity_id"], found["risk_id"], month)
    context = {
        "page_title": f"{entity} {risk}, {name}",
        "bucket": found,
        "filters": filters,
        "code": code,
        "word": words.state(code)[0],
        "figures": profile.figures(found, code, explained),
        "into_band": into_band(found),
        "outside": code in bands.BREACHES,
        "propose_href": scope.link(reverse("propose", args=[entity, risk]), month=month)
        if scope.may_prepare_at(found["entity_id"])
        else "",
        "why_href": scope.link(reverse("why-moved", args=[entity]), risk=risk, month=month),
        "policy_href": scope.link(reverse("policy", args=[entity, risk])),
        "exposures": cell_tables.exposures(scope, exposures, found["amount_unit"]),
        "instruments": cell_tables.instruments(scope, instruments, found["amount_unit"]),
        "since": None
        if scope.known_at or scope.run_id
        else cell_tables.since(scope, bucket_since.since(scope.run, found), found["amount_unit"]),
        "history": profile.history_picture(history, f"{entity} {risk}, {name}", "coverage_ratio", policy),
        "history_table": profile.history_table(
            history, "coverage_ratio", profile.why_of(scope, entity, risk, month)
        ),
        "profile_href": scope.link(reverse("horizon"), book=f"{entity}:{risk}"),
    }
    return render(request, "hedges/position_cell.html", context)
