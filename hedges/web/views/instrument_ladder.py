"""The trades of the list added up: when they settle, with which banks, and what these would owe or be owed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.queries import instrument_ladder, instrument_pages
from hedges.web.instrument_filters import instrument_filters
from treasury.queries import version_pages
from treasury.web.page import page
from treasury.web.tables import Column, Table

_NONE = "No instrument matches."
_NEXT = "Clear the filters, or choose another date or entity at the top."


@page
def instrument_ladder_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = instrument_filters(request, scope)
    found = instrument_pages.filtered(
        entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at,
        show=filters.value("show") or version_pages.IN_FORCE, filters=filters.lookups(),
    )  # fmt: skip
    run_id = scope.run["id"] if scope.run else None
    context = {
        "page_title": "Maturities and banks",
        "as_of": scope.on,
        "filters": filters,
        "list_href": f"{reverse('instruments')}?{request.GET.urlencode()}",
        "months": _months(instrument_ladder.by_month(found)),
        "banks": _banks(instrument_ladder.by_counterparty(found)),
        "worth": _worth(instrument_ladder.value_by_counterparty(found, run_id)),
    }
    return render(request, "hedges/instrument_ladder.html", context)


def _months(rows: list[dict]) -> Table:
    columns = [
        Column(
            "month",
            "Settles in",
            cell=lambda row: f"{row['month']:%Y-%m}",
            value=lambda row: f"{row['month']:%Y-%m}",
        ),
        Column("risk_code", "Risk"),
        Column("of_kind", "Kind", "label"),
        Column("trades", "Trades", "count", total=True),
        Column("bought", "Bought or paying fixed", "amount"),
        Column("sold", "Sold or receiving fixed", "amount"),
        Column("net", "Net", "amount"),
        Column("currency", "In"),
    ]
    for row in rows:
        row["net"] = (row["bought"] or 0) + (row["sold"] or 0)
    return Table(columns=columns, rows=rows, key="months", caption="Notional by month of settlement, risk and kind",
                 empty=_NONE, next_step=_NEXT)  # fmt: skip


def _banks(rows: list[dict]) -> Table:
    columns = [
        Column("code", "Bank"),
        Column("name", "Name"),
        Column("trades", "Trades", "count", total=True),
        Column("notional", "Notional, whatever its sign", "amount"),
        Column("currency", "In"),
        Column("first", "First settles", "day"),
        Column("last", "Last settles", "day"),
    ]
    return Table(columns=columns, rows=rows, key="banks", caption="Trades and notional by bank and currency",
                 empty="No trade of the list is with a bank.", next_step=_NEXT)  # fmt: skip


def _worth(rows: list[dict]) -> Table:
    columns = [
        Column("code", "Bank"),
        Column("owed_to_us", "It would owe us", "money"),
        Column("owed_by_us", "We would owe it", "money"),
        Column("net", "Net", "money"),
        Column("functional_currency", "In"),
        Column("valued", "Trades valued", "count"),
        Column("unvalued", "Without a value", "count"),
    ]
    for row in rows:
        row["net"] = (row["owed_to_us"] or 0) + (row["owed_by_us"] or 0)
    return Table(columns=columns, rows=rows, key="worth", caption="Fair value by bank; nothing is netted by agreement",
                 empty="No night has valued a trade of the list.",
                 next_step="Start a night on Runs, or choose a date that has one.")  # fmt: skip
