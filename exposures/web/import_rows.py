"""Every row of an import before anything is recorded: what it does, with a filter by that, in pages and files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from exposures.enums import PreviewOutcome
from exposures.queries import import_rows
from exposures.web.import_found import found
from exposures.web.import_tables import difference
from treasury.queries.rows import Row
from treasury.web import formats, words
from treasury.web.filters import Filters, choice
from treasury.web.page import page_of_now
from treasury.web.scope import Scope
from treasury.web.tables import Column, link_cell, listing

SHOWN = (
    "row_number", "reference", "outcome", "exposure_id", "entity__code", "risk__code", "kind", "exposure_amount",
    "exposure_currency_id", "expected_date",
)  # fmt: skip


class RowFilters(Filters):
    outcome = choice("What it does", [(one.value, one.label.capitalize()) for one in PreviewOutcome])


@page_of_now
def import_rows_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope, row = request.book, found(request, pk)  # type: ignore[attr-defined]
    filters = RowFilters(request)
    rows = import_rows.rows(pk, row["attempt"])
    if outcome := filters.value("outcome"):
        rows = rows.filter(outcome=outcome)
    table = listing(
        request, rows.values(*SHOWN), columns(scope), sort="row_number", then=["row_number"],
        caption=f"Rows of import {pk}", enrich=lambda some: import_rows.tell(pk, row["attempt"], some),
        empty="No row does that." if filters.used else "Its rows are not checked yet.",
        next_step="Clear the filter." if filters.used else "Say how the file is read, then every row is checked.",
    )  # fmt: skip
    context = {"page_title": f"Rows of import {pk}", "table": table, "filters": filters, "row": row}
    return render(request, "exposures/import_rows.html", context)


def columns(scope: Scope) -> list[Column]:
    return [
        Column("row_number", "Row", sort="row_number", cell=lambda row: f"{row['row_number']}"),
        Column(
            "outcome", "Does", sort="outcome", cell=lambda row: formats.state(f"ROW_{row['outcome']}"),
            value=lambda row: row["outcome"],
        ),
        Column("reference", "Exposure", sort="reference", cell=lambda row: _exposure(scope, row)),
        Column("entity__code", "Entity", sort="entity__code"),
        Column("risk__code", "Risk", sort="risk__code"),
        Column("kind", "Kind", "label", sort="kind"),
        Column("exposure_amount", "Amount", "money", sort="exposure_amount"),
        Column("exposure_currency_id", "In", sort="exposure_currency_id"),
        Column("expected_date", "Expected", "day", sort="expected_date"),
        Column("says", "Before and after, or what is wrong", cell=_says, value=_says, wrap=True),
    ]  # fmt: skip


def _exposure(scope: Scope, row: Row) -> object:
    if row["exposure_id"] is None:
        return row["reference"]
    return link_cell(row["reference"], scope.link(reverse("exposure", args=[row["exposure_id"]])))


def _says(row: Row) -> str:
    """Of a changed row its terms before and after, of a wrong one each cell and what was expected."""
    if row["outcome"] == PreviewOutcome.CHANGED and row["change"]:
        return difference(row["change"])
    return "; ".join(
        f"{one['column_name'] or 'the row'}: {words.sentence(one['code'])}, expected {one['expected']}"
        for one in row["problems"]
    )
