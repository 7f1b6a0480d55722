"""Takes a journal entry back: proposed on the entry's page, decided on by another person, then posted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import reversal
from hedges.models import JournalReversalVersion
from hedges.queries import accounting_pages, reversals
from hedges.web import reversal_tables
from hedges.web.forms.decision import DecisionForm
from hedges.web.forms.reversal import ReversalForm
from treasury.kernel.errors import HedgebookError
from treasury.web.page import action, page_of_now, refuse_readers

NO_REVERSAL = "There is no such reversal, or it belongs to an entity that you do not see."


@action
def reverse_entry(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    entry = accounting_pages.entry(pk, entity_ids=scope.all_ids)
    if entry is None:
        raise Http404("There is no such entry, or it belongs to an entity that you do not see.")
    refuse_readers(scope, entry.entity_id)
    form = ReversalForm(request.POST)
    back = HttpResponseRedirect(scope.link(reverse("journal-entry", args=[pk])))
    if not form.is_valid():
        for field in form.wrong:
            messages.error(request, f"{' '.join(field.errors)} Nothing was posted.")
        return back
    try:
        reversal.propose(entry=entry, actor=request.user, **form.cleaned_data)
    except HedgebookError as error:
        messages.error(request, str(error))
        return back
    messages.success(request, f"The reversal of entry {entry.number} is sent for approval.")
    return back


@page_of_now
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk), DecisionForm())


@action
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    row = _found(request, pk)
    refuse_readers(scope, row["entity_id"])
    form = DecisionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        said = {"actor": request.user, "comment": told["comment"], "digest": told["digest"]}
        version = JournalReversalVersion.objects.select_related("entry__entity").get(pk=pk)
        try:
            if told["decision"] == "APPROVED":
                made = reversal.approve(version=version, **said)
                messages.success(request, f"Entry {row['number']} is taken back by entry {made.number}.")
                return HttpResponseRedirect(scope.link(reverse("journal-entry", args=[made.pk])))
            reversal.reject(version=version, **said)
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The reversal of entry {row['number']} is rejected; the entry stands.")
            return HttpResponseRedirect(scope.link(reverse("approvals")))
    return _shown(request, row, form, status=422)


def _found(request: HttpRequest, pk: int) -> dict:
    row = reversals.version(pk, entity_ids=request.book.all_ids)
    if row is None:
        raise Http404(NO_REVERSAL)
    return row


def _shown(request: HttpRequest, row: dict, form: DecisionForm, status: int = 200) -> HttpResponse:
    scope = request.book
    undecided = row["approval__decision"] is None
    own = undecided and row["author_id"] == request.user.pk
    context = {
        "page_title": f"Reversal of entry {row['entity_code']} {row['number']}",
        "row": row,
        "form": form,
        "head": reversal_tables.head(row),
        "lines": reversal_tables.lines(row, reversals.lines(row["entry_id"])),
        "entry_href": scope.link(reverse("journal-entry", args=[row["entry_id"]])),
        "own": own,
        "may_decide": undecided and not own and scope.may_decide_at(row["entity_id"]),
    }
    return render(request, "hedges/reversal_decision.html", context, status=status)
