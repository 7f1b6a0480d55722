"""Search over everything that has a reference, a code, a description or an amount.

The apps above hand their finders in by `HEDGEBOOK_SEARCH`; each asks once a kind and gives at most twenty of it.
"""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.module_loading import import_string

from treasury.web.looked_for import MOST, looked_for
from treasury.web.page import page_of_now
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

COLUMNS = [
    Column("name", "Found", link=lambda row: row["href"]),
    Column("entity", "Entity"),
    Column("says", "What it is", wrap=True),
]
PLURALS = {
    "exposure": "Exposures", "instrument": "Instruments", "hedge relationship": "Hedge relationships",
    "counterparty": "Counterparties", "policy": "Policies", "run": "Runs", "journal entry": "Journal entries",
    "import": "Imports", "proposal": "Proposals", "saved strategy": "Saved strategies",
    "accounting month": "Accounting months", "risk": "Risks", "person": "People", "calculator": "Calculators",
    "page": "Pages",
}  # fmt: skip


@page_of_now
def search_page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:60]
    if "\x00" in words:
        raise Http404("q has the character NUL in it; expected a part of a reference or code.")
    rows = find(request.book, words)
    if len(rows) == 1:
        return HttpResponseRedirect(rows[0]["href"])
    context = {
        "page_title": f"Found for “{words}”" if words else "Search",
        "tables": [
            _table(kind, list(of_kind)) for kind, of_kind in groupby(rows, key=lambda row: row["kind"])
        ],
        "search_words": words,
    }
    return render(request, "treasury/search.html", context)


def find(scope: Scope, text: str) -> list[dict]:
    """All that somebody finds, kind by kind; nothing without a word."""
    if not text:
        return []
    asked = looked_for(text)
    return [row for path in settings.HEDGEBOOK_SEARCH for row in import_string(path)(scope, asked)]


def _table(kind: str, rows: list[dict]) -> Table:
    name = PLURALS.get(kind, kind.capitalize())
    caption = f"{name}, the first {MOST}" if len(rows) == MOST else name
    return Table(COLUMNS, rows, caption=caption, short=True, row_link=lambda row: row["href"])
