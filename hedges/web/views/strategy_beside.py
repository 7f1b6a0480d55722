"""Strategies side by side: the choice stands in the address, `row` a saved one, `answer` a page with its inputs."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedges.queries import strategy_saved
from hedges.web.strategy import side_tables
from hedges.web.strategy.answer import Section
from hedges.web.strategy.saved import saved_table
from hedges.web.strategy.side_by_side import MOST, Stood, of_inputs, of_saved
from treasury.web.page import page_of_now
from treasury.web.scope import Scope


@page_of_now
def strategies_beside(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    chosen, unsaved = list(dict.fromkeys(request.GET.getlist("row"))), request.GET.getlist("answer")[:1]
    rows = strategy_saved.several(scope.all_ids, [int(text) for text in chosen if _is_key(text)])
    found = {str(row["id"]): row for row in rows}
    notes = []
    if gone := [text[:20] for text in chosen if text not in found]:
        notes.append(f"Not there, or of an entity that you do not see: {', '.join(gone)}.")
    kept = [text for text in chosen if text in found]
    if len(kept) + len(unsaved) > MOST:
        notes.append(f"{MOST} stand side by side; the first {MOST} of what is ticked are shown.")
    kept = kept[: MOST - len(unsaved)]
    # Those of one night one after another: the inputs of a night are read once.
    worked = {str(row["id"]): of_saved(scope, row) for row in sorted(rows, key=lambda row: row["run_id"])
              if str(row["id"]) in kept}  # fmt: skip
    stood = [one for word in unsaved if (one := of_inputs(scope, word[:4000]))] + [
        worked[text] for text in kept
    ]
    context = {
        "page_title": "Strategies side by side", "notes": notes, "stood": _with_ways(scope, stood), "unsaved": unsaved,
        "sections": sections(stood) if len(stood) > 1 else [],
        "saved": saved_table(scope, strategy_saved.saved(scope.entity_ids), ticked=kept),
    }  # fmt: skip
    return render(request, "hedges/strategy_beside.html", context)


def sections(stood: list[Stood]) -> list[Section]:
    found = [
        Section("In common", side_tables.table(stood, side_tables.common_lines(stood), "What they have in common"),
                words=side_tables.COMMON_WORDS),
        Section("Assumptions", side_tables.assumed(stood)),
    ]  # fmt: skip
    for caption, lines in side_tables.numbers(stood):
        if lines:
            found.append(Section(caption, side_tables.table(stood, lines, caption)))
        else:
            found.append(
                Section(caption, words="It is too long to stand side by side: open each strategy for it.")
            )
    if len({one.tool for one in stood}) > 1:
        found[0].words += " They come from different pages, so that only this is compared."
    return found


def _with_ways(scope: Scope, stood: list[Stood]) -> list[dict]:
    """Each with its own page and the address without it."""
    ways = []
    for one in stood:
        others = [
            ("row" if other.proposal_id else "answer", other.word) for other in stood if other is not one
        ]
        ways.append(
            {"title": one.title, "href": one.href, "without": f"?{urlencode([*scope.kept, *others])}"}
        )
    return ways


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
