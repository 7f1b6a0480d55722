"""The tables of the accounting pages: periods, runs of a close, what was posted."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table, link_cell, listing


def month_address(scope: Scope, entity_code: str, month) -> str:
    return scope.link(reverse("accounting-period", args=[entity_code, f"{month:%Y-%m}"]))


def entities(scope: Scope, rows: list[dict]) -> Table:
    columns = [
        Column("code", "Entity"),
        Column("name", "Name"),
        Column("functional_currency_id", "In"),
        Column("accounting_framework", "Under", "label"),
        Column("last", "Last closed", cell=lambda row: f"{row['last']:%Y-%m}" if row["last"] else formats.why("none")),
        Column(
            "next", "To close next",
            cell=lambda row: (
                link_cell(f"{row['next']:%Y-%m}", month_address(scope, row["code"], row["next"]))
                if row["next"]
                else formats.why("no hedge accounting yet")
            ),
        ),
        Column(
            "accounts", "Accounts",
            cell=lambda row: link_cell("account map", scope.link(reverse("account-map", args=[row["code"]]))),
        ),
        Column("corrections", "Corrections", cell=lambda row: _corrections(scope, row)),
    ]  # fmt: skip
    return Table(columns, rows, caption="Entities", short=True)


def _corrections(scope: Scope, row: dict) -> object:
    if not row["last"]:
        return ""
    return link_cell("what has changed", scope.link(reverse("accounting-corrections", args=[row["code"]])))


def _closer(row: dict) -> str:
    return row["closed_by_name"] or ("system" if row["closed_at"] else "")


def periods(request: HttpRequest, found: QuerySet) -> Table:
    """In pages; a file holds every month."""
    scope: Scope = request.book  # type: ignore[attr-defined]
    columns = [
        Column(
            "period_start", "Month", sort="period_start", cell=lambda row: link_cell(
                f"{row['period_start']:%Y-%m}", month_address(scope, row["entity_code"], row["period_start"])
            ),
        ),
        Column("entity_code", "Entity", sort="entity__code"),
        Column("status", "Status", sort="status", cell=lambda row: formats.state(f"PERIOD_{row['status']}")),
        Column("entry_count", "Entries", "count", sort="entry_count"),
        Column("closed_at", "Closed (UTC)", "moment", sort="closed_at"),
        Column("closed_by_name", "By", sort="closed_by__username", cell=_closer),
    ]  # fmt: skip
    return listing(
        request, found, columns, sort="-period_start", then=["entity__code"], caption="Periods, the newest first",
        empty="No month has been closed yet.",
        next_step="Open the month to close next; it says what stands in the way.",
        row_link=lambda row: month_address(scope, row["entity_code"], row["period_start"]),
    )  # fmt: skip


def closes(scope: Scope, rows: list[dict]) -> Table:
    columns = [
        Column(
            "id", "Run", cell=lambda row: link_cell(row["id"], scope.link(reverse("run", args=[row["id"]])))
        ),
        Column("status", "Status", "state"),
        Column("recorded_at", "Asked for (UTC)", "moment"),
        Column("who", "By", cell=lambda row: row["who"] or "system"),
        Column("published_at", "Published (UTC)", "moment"),
        Column("status_reason", "Because", wrap=True),
    ]
    return Table(
        columns,
        rows,
        caption="Runs that were to close the month",
        short=True,
        empty="Nobody has asked for it.",
    )


def entries(rows: list[dict]) -> Table:
    columns = [
        Column("rule", "What was posted", cell=lambda row: words.label(row["rule"])),
        Column("framework", "Under", "label"),
        Column("entries", "Entries", "count"),
        Column("debit", "Debit", "money"),
        Column("credit", "Credit", "money"),
        Column("currency_id", "In"),
    ]
    return Table(
        columns, rows, caption="Entries of the month by rule", short=True, empty="Nothing was posted."
    )
