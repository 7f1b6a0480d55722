"""A version of an exposure or an instrument that waits: what it says, what it changes, and the decision on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import book_approval
from hedges.queries import book_decisions
from hedges.web import book_decision_tables as tables
from hedges.web import decision_effect
from hedges.web.forms.decision import DecisionForm
from treasury.enums import Decision
from treasury.kernel.errors import HedgebookError
from treasury.web.page import action, page_of_now, refuse_readers
from treasury.web.story import AWAITING

NEXT = {Decision.APPROVED: " The next night counts it.", Decision.REJECTED: " It counts nowhere."}
NO_VERSION = "There is no such version, or it belongs to an entity that you do not see."


@page_of_now
def decision_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return _shown(request, kind, pk, DecisionForm())


@action
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    thing, row, _ = _found(request, kind, pk)
    refuse_readers(scope, thing["entity_id"])
    form = DecisionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        decision = Decision.APPROVED if told["decision"] == "APPROVED" else Decision.REJECTED
        try:
            book_approval.decide(
                kind=kind, version_id=pk, actor=request.user, decision=decision,
                comment=told["comment"], digest=told["digest"],
            )  # fmt: skip
        except HedgebookError as error:
            form.refuse(error)
        else:
            name = f"{thing['external_reference']}, version {row['version_number']}"
            messages.success(request, f"{name} is {decision.value.lower()}.{NEXT[decision]}")
            return HttpResponseRedirect(scope.link(reverse("approvals")))
    return _shown(request, kind, pk, form, status=422)


def _found(request: HttpRequest, kind: str, pk: int) -> tuple[dict, dict, list[dict]]:
    """The thing, the version, and what was recorded of the thing before that version, the newest first."""
    scope = request.book  # type: ignore[attr-defined]
    known = kind in book_approval.KINDS
    found = book_decisions.found(kind, pk, entity_ids=scope.all_ids) if known else None
    if found is None:
        raise Http404(NO_VERSION)
    thing, story = found
    place = next(number for number, row in enumerate(story) if row["id"] == pk)
    return thing, story[place], story[place + 1 :]


def _shown(request: HttpRequest, kind: str, pk: int, form: DecisionForm, status: int = 200) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    thing, row, before = _found(request, kind, pk)
    place = next((n for n, one in enumerate(before) if one["state"] == Decision.APPROVED), None)
    earlier = None if place is None else before[place]
    authors = {one["author__username"] for one in [row, *before[:place]]}
    undecided = row["state"] == AWAITING
    own = undecided and request.user.get_username() in authors
    context = {
        "page_title": f"{tables.NAMES[kind]} {thing['external_reference']}, version {row['version_number']}",
        "kind": kind,
        "row": row,
        "form": form,
        "head": tables.head(row),
        "content": tables.content(kind, thing, row),
        "against": tables.against(kind, row, earlier) if earlier else None,
        "market": decision_effect.of_new_trade(pk) if undecided and kind == "instrument" else [],
        "thing_href": scope.link(reverse(kind, args=[thing["id"]])),
        "together": tables.together(scope, row) if kind == "exposure" else tables.of_one_event(scope, row),
        "own": own,
        "decided": "" if undecided else row["state"],
        "may_decide": undecided and not own and scope.may_decide_at(thing["entity_id"]),
    }
    return render(request, "hedges/book_decision.html", context, status=status)
