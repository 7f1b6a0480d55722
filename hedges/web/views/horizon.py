"""Horizon profile: one entity and risk over its buckets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hedges.queries import position
from hedges.web import bands, profile
from treasury.web.filters import Filters, choice
from treasury.web.page import page


class Book(Filters):
    book = choice("Entity and risk", everything="")


@page
def horizon_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    context: dict = {"page_title": "Horizon profile"}
    ratios = position.ratios(scope.run["id"], scope.entity_ids) if scope.run else []
    if ratios:
        names = [f"{row['entity_code']}:{row['risk_code']}" for row in ratios]
        filters = Book(request, book=[(name, name.replace(":", " ")) for name in names])
        chosen = _chosen(ratios, request.GET.get("book", ""))
        name = f"{chosen['entity_code']} {chosen['risk_code']}"
        rows = position.profile(scope.run["id"], chosen["entity_id"], chosen["risk_id"])
        history = position.ratio_history(
            chosen["entity_id"], chosen["risk_id"], until=scope.run["as_of_date"]
        )
        context |= {
            "page_title": f"Horizon profile {name}",
            "filters": filters,
            "ratio": chosen,
            "figures": _figures(chosen, rows),
            "picture": profile.picture(rows, name) if rows else None,
            "table": profile.table(rows),
            "declines": _declines(rows),
            "history": profile.history_picture(history, name, "hedge_ratio"),
            "history_table": profile.history_table(history, "hedge_ratio"),
        }
    return render(request, "hedges/horizon.html", context)


def _chosen(ratios: list[dict], book: str) -> dict:
    if not book:
        flagged = [row for row in ratios if row["flags"]]
        return max(flagged or ratios, key=lambda row: abs(row["exposure_amount"] or 0))
    for row in ratios:
        if f"{row['entity_code']}:{row['risk_code']}" == book:
            return row
    raise Http404(f"This run has no profile {book}, or it belongs to an entity that you do not see.")


def _declines(rows: list[dict]) -> bool | None:
    return rows[0]["coverage_declines"] if rows else None


def _figures(ratio: dict, rows: list[dict]) -> list[dict]:
    from treasury.web import formats

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
            "value": formats.number(ratio["positions_hedged"]),
            "unit": f"of {ratio['positions_total']}",
        },
    ]
