"""Pages about market quotes, policy bands and the change log."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treasury.enums import QuoteKind
from treasury.queries import reference_pages
from treasury.web import formats, words
from treasury.web.exports import csv_file
from treasury.web.filters import Filters, choice, codes
from treasury.web.page import page
from treasury.web.story import plain
from treasury.web.tables import Column, Table, listing


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
    QuoteKind.FORWARD_POINTS: "added to the spot rate, in units of the rate",
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
        on=scope.on, known_at=scope.known_at, kind=filters.value("kind"), symbol=filters.value("symbol")
    )
    if request.GET.get("format") == "csv":
        columns = [column for column in QUOTES if column.key != "unit"]
        return csv_file("market-quotes", columns, found.order_by("-quote_date", "symbol").iterator())
    context = {
        "page_title": "Market quotes",
        "as_of": scope.on,
        "note": "Rates marked synthetic are derived by a documented model, not observed. "
        "Rates, spreads and volatilities are fractions: 0.02 is 2 % a year. "
        "Without a symbol the list goes back a month; with one, to the beginning.",
        "filters": filters,
        "figures": [
            {"label": f"{words.label(row['kind'])}, newest", "value": formats.day(row["newest"])}
            for row in reference_pages.newest_quote_dates(scope.on)[:5]
        ],
        "table": listing(
            request, found, QUOTES, sort="-quote_date", csv=True, caption="Quotes up to the date, the newest first",
            empty="No quote matches.", next_step="Clear the filters, or choose a later date at the top.",
        ),
    }  # fmt: skip
    return render(request, "treasury/list.html", context)


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
        Column("entity", "Entity and risk", cell=lambda row: f"{row['entity']} {row['risk']}"),
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
                  next_step="Without a band a bucket shows its ratio and no judgement.")  # fmt: skip
    return render(request, "treasury/list.html", {"page_title": "Policy", "as_of": scope.on, "table": table})


class ChangeFilters(Filters):
    action = forms.CharField(label="What", required=False)
    actor = forms.CharField(label="Who", required=False)
    subject_kind = forms.CharField(label="Kind of thing", required=False)
    subject_id = forms.IntegerField(label="Its number", required=False, min_value=1)


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
    Column("changes", "Old and new", cell=lambda row: _changes(row["changes"]), wrap=True),
    Column("is_demo_history", "Note", cell=lambda row: "demo history" if row["is_demo_history"] else ""),
]


def _changes(changes: list[dict]) -> str:
    said = [
        f"{name}: {_said(change['old_values'].get(name))} → {_said(new)}"
        for change in changes
        for name, new in change["new_values"].items()
        if change["old_values"].get(name) != new
    ]
    return "; ".join(said)


def _said(value: object) -> object:
    """For a line of text, where the grey of `plain` would be read as letters."""
    return "none" if value in (None, "") else plain(value)


@page
def changes_page(request: HttpRequest) -> HttpResponse:
    filters = ChangeFilters(request)
    subject = filters.cleaned_data.get("subject_id")
    found = reference_pages.events(
        action=filters.value("action"), actor=filters.value("actor"), subject_kind=filters.value("subject_kind"),
        subject_id=subject,
    )  # fmt: skip
    sees_all = request.book.person.sees_all
    if not sees_all:
        found = found.filter(actor_id=request.user.pk)
    if request.GET.get("format") == "csv":
        plain_columns = [column for column in EVENTS if column.key not in ("changes", "subject")]
        return csv_file("changes", plain_columns, found.order_by("-id").iterator())
    table = listing(
        request, found, EVENTS, sort="-recorded_at", csv=True, caption="Who did what, the newest first",
        empty="No change matches.", next_step="Clear the filters.",
    )  # fmt: skip
    changes = reference_pages.changes([row["id"] for row in table.rows])
    for row in table.rows:
        row["changes"] = changes.get(row["id"], [])
    context = {"page_title": "Change log", "filters": filters, "table": table}
    if not sees_all:
        context["note"] = "Your own actions. The whole log is for people who see the whole group."
    return render(request, "treasury/list.html", context)
