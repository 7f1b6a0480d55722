"""Pages of the imports: the list, and one import with what is wrong, what it changes, and what becomes of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from exposures.domain.importing import stopping
from exposures.domain.importing.checking import MOST_CORRECTIONS
from exposures.domain.importing.layout import Layout
from exposures.enums import ImportStatus
from exposures.models import Import
from exposures.queries import import_decisions, import_rows
from exposures.queries import imports as queries
from exposures.web import import_tables as tables
from exposures.web.forms.imports import CellsForm, CommitForm, DecideForm, FileForm, UndoForm
from exposures.web.import_filters import ImportFilters
from exposures.web.import_found import effect, found, may_change
from exposures.web.import_progress import progress
from treasury.domain.stopping import is_under_way
from treasury.queries import change_log
from treasury.queries.rows import Row
from treasury.web.page import page, page_of_now
from treasury.web.story import events_table
from treasury.web.tables import listing


@page_of_now
def imports_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = ImportFilters(request)
    seen = queries.imports(entity_ids=scope.all_ids, user_id=request.user.pk).filter(filters.lookups())
    table = listing(
        request, seen, tables.imports(scope),
        sort="-id", caption="Imports of exposures",
        row_link=lambda row: scope.link(reverse("import", args=[row["id"]])),
        empty="No import matches." if filters.used else "Nothing was imported yet.",
        next_step="Clear the filters." if filters.used
        else "Import a file, or paste a block of cells out of a spreadsheet.",
    )  # fmt: skip
    context = {"page_title": "Imports", "table": table, "filters": filters}
    if scope.may_write:
        context["tool"] = {"href": scope.link(reverse("import-new")), "words": "Import exposures"}
    return render(request, "treasury/list.html", context)


@page_of_now
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    row = found(request, pk)
    staged = row["status"] == ImportStatus.STAGED
    may = may_change(scope, row, request.user.pk)
    job = progress(scope, row)
    context = {
        "page_title": f"Import {pk}",
        "row": row,
        "head": tables.head(row, Layout.of(row["settings"])),
        "files": tables.files(scope, pk, queries.files(pk)),
        "corrections": tables.corrections(queries.corrections(pk)),
        "events": events_table(change_log.of(Import, pk, known_at=scope.known_at)),
        "staged": staged,
        "may_change": may and not job["live"],
        "under_way": not job["live"] and is_under_way(stopping.name(pk)),
        **job,
    }
    if row["is_checked"]:
        context |= _checked(request, row, staged=staged)
    if staged and context["may_change"]:
        context |= {"file_form": FileForm(), "commit_form": CommitForm()}
    if not staged:
        context |= _decided(request, row, may_change=may, live=job["live"])
    return render(request, "exposures/import.html", context)


def _checked(request: HttpRequest, row: Row, *, staged: bool) -> dict:
    pk, attempt = row["id"], row["attempt"]
    outcomes = queries.outcomes(pk, attempt)
    counted = import_rows.counts(
        pk, attempt, row_count=row["row_count"], outcomes=outcomes, has_problems=bool(row["problem_count"])
    )
    told = {
        "outcomes": outcomes,
        "figures": tables.figures(row, outcomes),
        "changes": outcomes["NEW"] + outcomes["CHANGED"],
        "changed": tables.changed(request.book, queries.changed(pk, attempt), outcomes["CHANGED"]),
        "rows": tables.by_outcome(counted, request.book.link(reverse("import-rows", args=[pk]))),
    }
    if row["problem_count"]:
        found_wrong = queries.problems(pk, attempt)
        told["problems"] = listing(
            request, found_wrong, tables.PROBLEMS, sort="row_number", then=["column_number"],
            caption="Wrong cells", size=MOST_CORRECTIONS,
        )  # fmt: skip
        told["codes"] = tables.codes(queries.problem_codes(pk, attempt))
        first = list(found_wrong.order_by("row_number", "column_number", "pk")[:MOST_CORRECTIONS])
        told["cells_form"] = CellsForm(problems=first) if any(one["column_number"] for one in first) else None
    if staged:
        told["totals"] = tables.totals(queries.totals(pk, attempt, entity_ids=row["entity_ids"]))
        told["effect"] = tables.effect(request.book, effect(pk, attempt))
    return told


def _decided(request: HttpRequest, row: Row, *, may_change: bool, live: bool) -> dict:
    """What waits of the newest event of the import, and whether this person may decide on it or undo it."""
    scope = request.book
    undone = row["status"] == ImportStatus.UNDONE
    event = row["undo_event_id"] if undone else row["commit_event_id"]
    digest = import_decisions.digest_of_waiting(event) if event else None
    may_decide = bool(row["entity_ids"]) and all(scope.may_decide_at(pk) for pk in row["entity_ids"])
    own = request.user.get_username() in (row["undone_by"] if undone else "", row["committed_by"])
    return {
        "waits": digest is not None,
        "own": own and digest is not None,
        "decide_form": DecideForm(initial={"event": event, "digest": digest})
        if digest and may_decide and not own and not live
        else None,
        "undo_form": UndoForm()
        if may_change and not live and row["status"] == ImportStatus.COMMITTED
        else None,
    }


@page
def original_file(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """The bytes as they came; nothing that a browser would run or show."""
    found(request, pk)
    file = queries.file(pk, file_id)
    if file is None:
        raise Http404("There is no such file of this import.")
    answer = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="import-{pk}-{file.digest[:12]}.bin"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
