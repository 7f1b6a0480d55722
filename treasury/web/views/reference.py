"""Pages about market quotes, policy bands and the change log."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from treasury.enums import QuoteKind
from treasury.queries import reference_pages
from treasury.queries.access import PREPARERS
from treasury.web import formats, words
from treasury.web.filters import Filters, choice, codes, day
from treasury.web.menu import address
from treasury.web.page import page, page_of_now
from treasury.web.scope import Scope
from treasury.web.story import changes_said
from treasury.web.tables import Column, Table, link_cell, listing


class QuoteFilters(Filters):
    kind = choice("Kind", codes(QuoteKind.values))
    symbol = forms.CharField(label="Symbol", required=False)


def _strike(row: dict) -> str:
    """Where on the smile a volatility is; nothing for what has no strike."""
    if row["moneyness"] is not None:
        return formats.percent(row["moneyness"])
    return "at the money" if row["kind"] == QuoteKind.IMPLIED_VOLATILITY else ""


# What the value of each kind is counted in.
UNITS = {
    QuoteKind.FX_SPOT: "quote currency per unit of base",
    QuoteKind.FORWARD_POINTS: "added to spot, as the rate is quoted",
    QuoteKind.ZERO_RATE: "a year, continuous, ACT/365F",
    QuoteKind.DEPOSIT_RATE: "a year, simple, money-market day count",
    QuoteKind.SWAP_RATE: "a year, par fixed rate",
    QuoteKind.RATE_FIXING: "a year, simple",
    QuoteKind.IMPLIED_VOLATILITY: "a year",
    QuoteKind.PRICE: "quote currency per unit",
    QuoteKind.FUTURES_PRICE: "quote currency per unit",
    QuoteKind.CREDIT_SPREAD: "a year",
}

QUOTES = [
    Column("symbol", "Symbol", sort="symbol"),
    Column("kind", "Kind", "label", sort="kind"),
    Column("tenor", "Tenor", sort="tenor"),
    Column("moneyness", "Strike / forward", sort="moneyness", cell=_strike),
    Column("quote_date", "Date", "day", sort="quote_date"),
    Column("value", "Value", "rate", sort="value"),
    Column("unit", "Unit", cell=lambda row: UNITS[QuoteKind(row["kind"])]),
    Column("source", "Source", sort="source"),
    Column(
        "is_synthetic",
        "Origin",
        cell=lambda row: formats.tag("synthetic") if row["is_synthetic"] else "observed",
    ),
    Column(
        "corrected",
        "Note",
        cell=lambda row: (
            "corrected later" if row["corrected"] else "a correction" if row["corrects_id"] else ""
        ),
    ),
    Column("recorded_at", "Recorded (UTC)", "moment"),
]


@page
def market_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = QuoteFilters(request)
    found = reference_pages.quotes(
        entity_ids=scope.all_ids, on=scope.on, known_at=scope.known_at, kind=filters.value("kind"),
        symbol=filters.value("symbol"),
    )  # fmt: skip
    context = {
        "page_title": "Market quotes",
        "as_of": scope.on,
        "tools": _market_tools(request),
        "note": "Rates marked synthetic are derived by a documented model, not observed. "
        "Rates, spreads and volatilities are fractions: 0.02 is 2 % a year. "
        "Without a symbol the list goes back a month; with one, to the beginning.",
        "filters": filters,
        "figures": [
            {"label": f"{words.label(row['kind'])}, newest", "value": formats.day(row["newest"])}
            for row in reference_pages.newest_quote_dates(scope.on)[:5]
        ],
        "table": listing(
            request, found, _quote_columns(request), sort="-quote_date",
            caption="Quotes up to the date, the newest first", empty="No quote matches.",
            next_step="Clear the filters, or choose a later date at the top.",
        ),
    }  # fmt: skip
    return render(request, "treasury/market.html", context)


def _market_tools(request: HttpRequest) -> list[dict]:
    scope = request.book
    needs = address("market-needs")  # of the book above: not in every installation of this layer
    tools = [{"href": scope.link(needs), "words": "Stale or missing"}] if needs else []
    tools.append({"href": scope.link(reverse("calendar")), "words": "Calendars"})
    tools += [{"href": scope.link(reverse("credit-facts")), "words": "Credit of counterparties"}]
    return (
        [*tools, {"href": scope.link(reverse("quote-new")), "words": "Record a quote"}]
        if _prepares(scope)
        else tools
    )


def _prepares(scope: Scope) -> bool:
    return bool(set(scope.person.roles) & set(PREPARERS))


def _quote_columns(request: HttpRequest) -> list[Column]:
    """Who prepares corrects what still counts."""
    scope = request.book
    if not _prepares(scope):
        return QUOTES
    new = scope.link(reverse("quote-new"))

    def correct(row: dict) -> object:
        return (
            ""
            if row["corrected"]
            else link_cell("Correct", f"{new}{'&' if '?' in new else '?'}corrects={row['id']}")
        )

    return [*QUOTES, Column("correct", "By hand", cell=correct, value=lambda row: "")]


@page
def policies_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    rows = [
        version | band
        for version in reference_pages.policies(
            entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at
        )
        for band in version["bands"]
    ]
    columns = [
        Column(
            "entity",
            "Entity and risk",
            cell=lambda row: link_cell(
                f"{row['entity']} {row['risk']}",
                scope.link(reverse("policy", args=[row["entity"], row["risk"]])),
            ),
        ),
        Column("months", "Months ahead", cell=lambda row: f"{row['month_from']}–{row['month_to']}"),
        Column("lower_ratio", "Lower", "percent"),
        Column("target_ratio", "Target", "percent"),
        Column("upper_ratio", "Upper", "percent"),
        Column(
            "band",
            "Band",
            cell=lambda row: formats.bar(row["target_ratio"], row["lower_ratio"], row["upper_ratio"]),
        ),
        Column("valid_from", "Valid from", "day"),
        Column("valid_to", "To", cell=lambda row: formats.day(row["valid_to"]) or "open"),
        Column("version_number", "Version"),
        Column("author_name", "By"),
        Column("decided_by", "Approved by"),
        Column("decided_at", "Approved (UTC)", "moment"),
    ]
    table = Table(columns, rows, caption=f"Policy bands in force on {scope.on}", empty="No policy is in force.",
                  next_step="Open a position under Horizon profile and choose Policy to give it bands.")  # fmt: skip
    return render(
        request, "treasury/policies.html", {"page_title": "Policy", "as_of": scope.on, "table": table}
    )


class ChangeFilters(Filters):
    action = forms.CharField(label="What", required=False)
    actor = forms.CharField(label="Who", required=False)
    subject_kind = forms.CharField(label="Kind of thing", required=False)
    subject_id = forms.IntegerField(label="Its number", required=False, min_value=1)
    since = day("From")
    until = day("Until")


EVENTS = [
    Column("recorded_at", "When (UTC)", "moment", sort="recorded_at"),
    Column("action", "What", sort="action"),
    Column("actor_name", "Who", sort="actor__username", cell=lambda row: row["actor_name"] or "system"),
    Column(
        "subject",
        "On",
        cell=lambda row: f"{row['subject_kind']} {row['subject_id']}" if row["subject_id"] else "",
    ),
    Column("reason", "Reason", wrap=True),
    Column("changes", "Old and new", cell=lambda row: changes_said(row["changes"]), wrap=True),
    Column("is_demo_history", "Note", cell=lambda row: "demo history" if row["is_demo_history"] else ""),
]


def with_changes(rows: list[dict]) -> None:
    """Adds the old and new values of each event, one read for all of them."""
    changes = reference_pages.changes([row["id"] for row in rows])
    for row in rows:
        row["changes"] = changes.get(row["id"], [])


@page_of_now
def changes_page(request: HttpRequest) -> HttpResponse:
    filters = ChangeFilters(request)
    subject = filters.cleaned_data.get("subject_id")
    found = reference_pages.events(
        action=filters.value("action"), actor=filters.value("actor"), subject_kind=filters.value("subject_kind"),
        subject_id=subject, since=filters.cleaned_data.get("since"), until=filters.cleaned_data.get("until"),
    )  # fmt: skip
    sees_all = request.book.person.sees_all
    if not sees_all:
        found = found.filter(actor_id=request.user.pk)
    table = listing(
        request, found, EVENTS, sort="-recorded_at", caption="Who did what, the newest first", enrich=with_changes,
        empty="No change matches.", next_step="Clear the filters.",
    )  # fmt: skip
    context = {"page_title": "Change log", "filters": filters, "table": table}
    if not sees_all:
        context["note"] = "Your own actions. The whole log is for people who see the whole group."
    return render(request, "treasury/list.html", context)
