"""The steps of an import up to its check: the file, how it is read, which column is which, and cells put right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exposures.domain.importing import checking, files, receiving
from exposures.domain.importing.layout import Layout
from exposures.queries import import_resources
from exposures.queries import imports as queries
from exposures.queries.import_reference import reference
from exposures.web.forms.import_layout import ColumnsForm, LayoutForm
from exposures.web.forms.imports import CellsForm, FileForm, UploadForm
from exposures.web.import_found import REFUSED, found, seen_attempt, to_page
from treasury.kernel.errors import HedgebookError
from treasury.queries.rows import Row
from treasury.web.page import action, form_page

SAMPLE = 5


@form_page
def upload_page(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, content, known = form.content()
        try:
            made = receiving.receive(
                source_system=form.cleaned_data["source_system"], name=name, content=content, settings=known,
                actor=request.user,
            )  # fmt: skip
        except receiving.AlreadyHere as refusal:
            there = queries.found(refusal.import_id, entity_ids=request.book.all_ids, user_id=request.user.pk)
            if there:
                messages.info(request, f"{refusal} This is it.")
                return to_page(request, refusal.import_id)
            form.refuse(refusal)
        except HedgebookError as refusal:
            form.refuse(refusal, "file" if form.cleaned_data["file"] else "block")
        else:
            return to_page(request, made.pk, "import-layout")
    context = {
        "page_title": "Import exposures",
        "form": form,
        "sources": queries.sources([entity["id"] for entity in request.book.writable]),
    }
    return render(request, "exposures/import_upload.html", context, status=REFUSED if form.errors else 200)


@form_page
def layout_page(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    content = bytes(receiving.newest_file(pk).content)
    sheets = files.sheets(content)
    saved = queries.mappings(import_resources.mappings(request.user), row["source_system"])
    layout, used = _proposed(request, row, saved)
    initial = LayoutForm.initial_of(layout) | {"valid_from": layout.valid_from or queries.today()}
    form = LayoutForm(request.POST or None, sheets=sheets, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.layout(layout)
        try:
            if told.columns and used:
                told = told.found_in(files.read(content, told, limit=1).header)
            checking.grid_of(pk, told, limit=SAMPLE)
            checking.describe(import_id=pk, layout=told, actor=request.user, attempt=seen_attempt(request))
        except HedgebookError as refusal:
            form.refuse(refusal)
        else:
            return to_page(request, pk, "import-columns")
    context = {"page_title": f"Import {pk}", "row": row, "form": form, "saved": saved, "used": used,
               "beginning": _beginning(content), "step": "step 2 of 4, how it is read"}  # fmt: skip
    return render(request, "exposures/import_layout.html", context, status=REFUSED if form.errors else 200)


def _beginning(content: bytes) -> str:
    """The first lines of a text, to see by what it is separated; nothing of a workbook."""
    if content.startswith(b"PK"):
        return ""
    lines = content[:4000].decode("utf-8", "replace").splitlines()
    return "\n".join(line[:200] for line in lines[:SAMPLE])


def _proposed(request: HttpRequest, row: Row, saved: list[Row]) -> tuple[Layout, Row | None]:
    """How the file was said to be read; before that as the mapping says that was asked for, or saved last."""
    settings, asked = row["settings"], request.GET.get("mapping", "")
    chosen = next((one for one in saved if str(one["id"]) == asked), None)
    if chosen is None and not settings.get("decimal") and saved:
        chosen = saved[0]
    if chosen is None:
        return Layout.of(settings), None
    kept = {
        name: value
        for name, value in settings.items()
        if name in ("encoding", "separator", "valid_from") and value
    }
    return replace(Layout.of(chosen["settings"]), **kept), chosen


@form_page
def columns_page(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    layout = Layout.of(row["settings"])
    try:
        sample = checking.grid_of(pk, layout, limit=SAMPLE)
    except HedgebookError as refusal:
        messages.error(request, str(refusal))
        return to_page(request, pk, "import-layout")
    headings = sample.header or [f"column {at}" for at in range(1, sample.width + 1)]
    known = reference(request.user)
    form = ColumnsForm(
        request.POST or None, headings=headings, entities=sorted(known.entities), risks=sorted(known.risks),
        units=sorted(known.units), initial=ColumnsForm.initial_of(layout),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.layout(layout, sample.header)
        try:
            if form.cleaned_data["save_as"]:
                checking.save_mapping(
                    source_system=row["source_system"], name=form.cleaned_data["save_as"], layout=told,
                    actor=request.user,
                )  # fmt: skip
            described = checking.describe(
                import_id=pk, layout=told, actor=request.user, attempt=seen_attempt(request)
            )
            checking.check(import_id=pk, actor=request.user, attempt=described.attempt)
        except HedgebookError as refusal:
            form.refuse(refusal)
            row = found(request, pk)
        else:
            return to_page(request, pk)
    context = {"page_title": f"Import {pk}", "row": row, "form": form, "headings": headings, "sample": sample.rows,
               "step": "step 3 of 4, which column is which"}  # fmt: skip
    return render(request, "exposures/import_columns.html", context, status=REFUSED if form.errors else 200)


@action
def correct_cells(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    problems = queries.problems(pk, row["attempt"]).order_by("row_number", "column_number", "pk")
    form = CellsForm(request.POST, problems=list(problems[: checking.MOST_CORRECTIONS]))

    def corrected() -> str:
        attempt = seen_attempt(request)
        if not form.is_valid():
            raise ValueError
        cells = form.cells()
        checking.correct(import_id=pk, cells=cells, actor=request.user, attempt=attempt)
        checking.check(import_id=pk, actor=request.user, attempt=attempt + 1)
        return f"{len(cells)} cell{'s are' if len(cells) > 1 else ' is'} put right, and all rows were checked again."

    return _done(request, pk, corrected)


@action
def mended_file(request: HttpRequest, pk: int) -> HttpResponse:
    found(request, pk)
    form = FileForm(request.POST, request.FILES)

    def mended() -> str:
        if not form.is_valid():
            raise ValueError
        file = form.cleaned_data["file"]
        made = receiving.mend_by_file(
            import_id=pk, name=file.name, content=file.read(files.MAX_BYTES + 1), actor=request.user,
            attempt=seen_attempt(request),
        )  # fmt: skip
        checking.check(import_id=pk, actor=request.user, attempt=made.attempt)
        return f"{made.file_name} has taken the place of the file before, and was checked."

    return _done(request, pk, mended)


@action
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    found(request, pk)

    def checked() -> str:
        checking.check(import_id=pk, actor=request.user, attempt=seen_attempt(request))
        return "All rows were checked again."

    return _done(request, pk, checked)


def _done(request: HttpRequest, pk: int, what: Any) -> HttpResponse:
    try:
        messages.success(request, what())
    except HedgebookError as refusal:
        messages.error(request, str(refusal))
    except ValueError:
        messages.error(request, "Nothing was changed: choose a file, and texts of at most 400 characters.")
    return to_page(request, pk)
