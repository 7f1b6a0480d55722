"""Search by reference or name: the apps above hand their finders in by `HEDGEBOOK_SEARCH`."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.module_loading import import_string

from treasury.web.page import page
from treasury.web.tables import Column, Table

COLUMNS = [
    Column("name", "Found", link=lambda row: row["href"]),
    Column("kind", "Kind"),
    Column("entity", "Entity"),
]


@page
def search_page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:60]
    if "\x00" in words:
        raise Http404("q has the character NUL in it; expected a part of a reference or code.")
    rows: list[dict] = []
    if words:
        for path in settings.HEDGEBOOK_SEARCH:
            rows += import_string(path)(request.book, words)
    if len(rows) == 1:
        return HttpResponseRedirect(rows[0]["href"])
    table = Table(COLUMNS, rows, caption=f"Found for “{words}”", short=True,
                  empty=f"Nothing has “{words}” in its reference." if words else "Say what to look for.",
                  next_step="Search takes any part of a reference or code.")  # fmt: skip
    return render(
        request, "treasury/list.html", {"page_title": "Search", "table": table, "search_words": words}
    )
