"""Takes a journal entry back by a new one; the form stands on the entry's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hedges.domain import journal
from hedges.queries import accounting_pages
from hedges.web.forms.reversal import ReversalForm
from treasury.kernel.errors import HedgebookError
from treasury.web.page import action, refuse_readers


@action
def reverse_entry(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    entry = accounting_pages.entry(pk, entity_ids=scope.all_ids)
    if entry is None:
        raise Http404("There is no such entry, or it belongs to an entity that you do not see.")
    refuse_readers(scope, entry.entity_id)
    form = ReversalForm(request.POST)
    if not form.is_valid():
        for field in form.wrong:
            messages.error(request, f"{' '.join(field.errors)} Nothing was posted.")
        return HttpResponseRedirect(scope.link(reverse("journal-entry", args=[pk])))
    try:
        made = journal.reverse(entry=entry, actor=request.user, **form.cleaned_data)
    except HedgebookError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(scope.link(reverse("journal-entry", args=[pk])))
    messages.success(request, f"Entry {entry.number} is taken back by entry {made.number}.")
    return HttpResponseRedirect(scope.link(reverse("journal-entry", args=[made.pk])))
