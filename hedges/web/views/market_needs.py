"""The page of what the book needs of the market: what is missing, what is too old, what depends on it, what to do."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.queries import market_needs
from treasury.queries.access import PREPARERS
from treasury.web import formats
from treasury.web.filters import Filters, choice
from treasury.web.page import page
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table, link_cell

LACKING = "lacking"
#: What a need is called.
WORDS = {
    market_needs.SPOT: "Spot rate of",
    market_needs.RATES: "Interest rates of",
    market_needs.PRICE: "Price of",
    market_needs.FUTURE: "Futures price of",
    market_needs.VOLATILITY: "Volatility of",
    market_needs.FIXING: "Fixing of",
    market_needs.SPREAD: "Credit spread of",
}
NOTE = (
    "What a trade or an exposure needs and does not have is undefined with its reason, never guessed. The limit of days"
    " is that of the entity's rule pack. A spot rate is that of any pair of the currency."
)


class NeedFilters(Filters):
    show = choice("Show", [("", "Missing or too old"), ("all", "Everything that is needed")], everything="")


@page
def market_needs_page(request: HttpRequest) -> HttpResponse:
    scope: Scope = request.book  # type: ignore[attr-defined]
    filters = NeedFilters(request)
    found = market_needs.needs(entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at)
    lacking = [row for row in found if row["state"] != market_needs.FRESH]
    rows = found if filters.value("show") == "all" else lacking
    count = {
        state: sum(row["state"] == state for row in found)
        for state in (market_needs.MISSING, market_needs.STALE)
    }
    table = Table(
        _columns(scope), rows, caption=f"What the book needs on {scope.on}, what is missing first",
        empty="Every quote that the book needs is there and fresh.",
        next_step="Choose “Everything that is needed” to see them with their dates." if found
        else "Record exposures and trades; what they need of the market is listed here.",
    )  # fmt: skip
    context = {
        "page_title": "Stale or missing quotes", "as_of": scope.on, "note": NOTE, "filters": filters, "table": table,
        "figures": [
            {"label": "Missing", "value": count[market_needs.MISSING]},
            {"label": "Too old", "value": count[market_needs.STALE]},
            {"label": "Needed", "value": len(found)},
        ],
        "tool": {"href": scope.link(reverse("market")), "words": "Market quotes"},
    }  # fmt: skip
    return render(request, "treasury/list.html", context)


def _columns(scope: Scope) -> list[Column]:
    may_record = bool(set(scope.person.roles) & set(PREPARERS))
    address = scope.link(reverse("quote-new"))

    def to_do(row: dict) -> object:
        if row["state"] == market_needs.FRESH:
            return ""
        if not may_record:
            return "A hedge accountant or treasurer asks the feed for it, or records it by hand"
        kind = row["kind"] or ("SWAP_RATE" if row["what"] == market_needs.RATES else row["what"])
        symbol = row["symbol"] or ("" if row["what"] == market_needs.SPOT else row["name"])
        asked = urlencode({"kind": kind, "symbol": symbol})
        return link_cell(
            "Record it by hand, if the feed has none", f"{address}{'&' if '?' in address else '?'}{asked}"
        )

    return [
        Column("what", "Quote", cell=lambda row: f"{WORDS[row['what']]} {row['name']}",
               value=lambda row: f"{WORDS[row['what']]} {row['name']}"),
        Column("state", "State", "state"),
        Column("newest", "Newest", "day"),
        Column("age", "Age", cell=lambda row: "" if row["age"] is None else f"{formats.count(row['age'])} days",
               value=lambda row: row["age"]),
        Column("days", "Limit", cell=lambda row: f"{row['days']} days" if row["days"] is not None else "",
               value=lambda row: row["days"]),
        Column("source", "Source"),
        Column("instruments", "Trades", "count"),
        Column("exposures", "Exposures", "count"),
        Column("to_do", "What to do", cell=to_do, value=lambda row: "", wrap=True),
    ]  # fmt: skip
