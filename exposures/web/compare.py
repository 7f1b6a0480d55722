"""Two versions of one exposure side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from exposures.queries import exposure_pages
from exposures.web.exposures import LABELS
from treasury.web.page import page
from treasury.web.scope import not_known_then
from treasury.web.story import plain
from treasury.web.tables import Column, Table

#: What a version says beside its terms.
SAID = {
    "valid_from": "Counts from", "state": "State", "change_reason": "Reason", "author__username": "Written by",
    "recorded_at": "Written at (UTC)",
}  # fmt: skip


@page
def compare_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    found = exposure_pages.exposure(pk, entity_ids=scope.all_ids)
    if not found:
        raise Http404("There is no such exposure, or it belongs to an entity that you do not see.")
    story = exposure_pages.story(pk, known_at=scope.known_at)
    if not story:
        raise Http404(not_known_then(scope, "exposure"))
    by_number = {str(row["version_number"]): row for row in story}
    to = by_number.get(request.GET.get("to", ""), story[0])
    usual = next((row for row in story if row["version_number"] < to["version_number"]), to)
    since = by_number.get(request.GET.get("from", ""), usual)
    context = {
        "page_title": f"Exposure {found['external_reference']}, versions {since['version_number']} and"
        f" {to['version_number']}",
        "exposure": found,
        "table": differences(since, to, every=True),
        "numbers": sorted(by_number, key=int),
        "since": str(since["version_number"]),
        "to": str(to["version_number"]),
    }
    return render(request, "exposures/compare.html", context)


def differences(since: dict, to: dict, *, every: bool = False) -> Table:
    """The terms of two versions; `every` keeps those that are alike."""
    labels = LABELS | (SAID if every else {})
    rows = [
        {
            "term": label,
            "before": plain(since[name]),
            "after": plain(to[name]),
            "changed": "changed" if since[name] != to[name] else "",
        }
        for name, label in labels.items()
        if every or since[name] != to[name]
    ]
    columns = [
        Column("term", "Term"),
        Column("before", f"Version {since['version_number']}", wrap=True),
        Column("after", f"Version {to['version_number']}", wrap=True),
        Column("changed", "Changed"),
    ]
    return Table(
        columns, rows, caption=f"Versions {since['version_number']} and {to['version_number']}", short=True,
        row_class=lambda row: "lead" if row["changed"] else "", sortable=False,
        empty="No term differs; only the state or the dates do.",
    )  # fmt: skip
