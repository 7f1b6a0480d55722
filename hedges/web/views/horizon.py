"""Horizon profile: one entity and risk over its buckets."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.queries import position
from hedges.web import bands, nights_shown, profile
from hedges.web.how import How, how
from hedges.web.ratios import counted_as_hedged
from treasury.web import formats
from treasury.web.filters import choice
from treasury.web.page import page


class Book(nights_shown.Nights):
    book = choice("Entity and risk", everything="")

    field_order = ("book", "since")


@page
def horizon_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    context: dict = {"page_title": "Horizon profile"}
    ratios = position.ratios(scope.run["id"], scope.entity_ids) if scope.run else []
    if ratios:
        names = [f"{row['entity_code']}:{row['risk_code']}" for row in ratios]
        filters = Book(request, book=[(name, name.replace(":", " ")) for name in names])
        chosen = _chosen(scope, ratios, request.GET.get("book", ""))
        first = nights_shown.since(filters, scope)
        filters.data["book"] = f"{chosen['entity_code']}:{chosen['risk_code']}"
        name = f"{chosen['entity_code']} {chosen['risk_code']}"
        rows = position.profile(scope.run["id"], chosen["entity_id"], chosen["risk_id"])
        history = position.ratio_history(
            chosen["entity_id"], chosen["risk_id"], nights=scope.nights, since=first
        )
        policy = nights_shown.policy_changes(scope, chosen["entity_id"], chosen["risk_id"], first)

        def of_bucket(row: dict) -> How:
            return how(scope, "horizon-profiles", chosen["entity_id"], chosen["risk_id"], row["month_from"])

        context |= {
            "page_title": f"Horizon profile {name}",
            "filters": filters,
            "ratio": chosen,
            "figures": _figures(chosen, rows),
            "picture": profile.picture(rows, name) if rows else None,
            "table": profile.table(rows, of_bucket),
            "parts": profile.parts_table(rows, of_bucket),
            "rises": _rises(rows),
            "history": profile.history_picture(history, name, "hedge_ratio", policy),
            "history_table": profile.history_table(
                history,
                "hedge_ratio",
                profile.why_of(scope, chosen["entity_code"], chosen["risk_code"]),
            ),
            "tools": _tools(scope, chosen),
        }
    return render(request, "hedges/horizon.html", context)


def _tools(scope, chosen: dict) -> list[dict]:
    entity, risk = chosen["entity_code"], chosen["risk_code"]
    found = [
        {"words": "Why it moved", "href": scope.link(reverse("why-moved", args=[entity]), risk=risk)},
        {"words": "Policy", "href": scope.link(reverse("policy", args=[entity, risk]))},
    ]
    if scope.may_prepare_at(chosen["entity_id"]):
        propose = scope.link(reverse("propose", args=[entity, risk]))
        found.insert(0, {"words": "Bring into the band", "href": propose})
    return found


def _chosen(scope, ratios: list[dict], book: str) -> dict:
    """The one that is asked for, else the one with the most buckets outside their band."""
    if not book:
        breaches = Counter(
            (row["entity_id"], row["risk_id"])
            for row in position.buckets(scope.run["id"], scope.entity_ids)
            if bands.standing(row) in bands.BREACHES
        )
        return max(ratios, key=lambda row: breaches[row["entity_id"], row["risk_id"]])
    for row in ratios:
        if f"{row['entity_code']}:{row['risk_code']}" == book:
            return row
    raise Http404(f"This run has no profile {book}, or it belongs to an entity that you do not see.")


def _rises(rows: list[dict]) -> list[str]:
    """Where cover rises with the horizon: as the night found it, and between which buckets."""
    if not rows or rows[0]["coverage_declines"] is not False:
        return []
    known = [row for row in rows if row["coverage_ratio"] is not None]
    return [
        f"{_covered(near)} to {_covered(far)}"
        for near, far in pairwise(known)
        if far["coverage_ratio"] > near["coverage_ratio"]
    ]


def _covered(row: dict) -> str:
    return f"{bands.bucket_name(row['month_from'], row['month_to'])} {formats.percent(row['coverage_ratio'])}"


def _figures(ratio: dict, rows: list[dict]) -> list[dict]:
    breaches = sum(bands.standing(row) in bands.BREACHES for row in rows)
    unit = ratio["amount_unit"]
    return [
        {
            "label": "Covered in all",
            "value": formats.ratio(ratio["hedge_ratio"], reason=(ratio["reasons"] or [None])[0]),
        },
        {"label": "Buckets outside the band", "value": breaches, "unit": f"of {len(rows)}"},
        {"label": "Exposure", "value": formats.number(ratio["exposure_amount"]), "unit": unit},
        {"label": "Open", "value": formats.number(ratio["open_amount"]), "unit": unit},
        {
            "label": "Positions hedged",
            "value": formats.count(ratio["positions_hedged"]),
            "unit": f"of {ratio['positions_total']}, {counted_as_hedged(ratio)}",
        },
    ]
