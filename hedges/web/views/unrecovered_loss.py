"""A loss in the reserve that will not be recovered: stated on the relationship's page, decided on by another person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import unrecovered_loss
from hedges.models import HedgeRelationship, UnrecoveredLossVersion
from hedges.queries import change_pages, unrecovered_losses
from hedges.web import loss_tables
from hedges.web.forms.decision import DecisionForm
from hedges.web.forms.unrecovered_loss import UnrecoveredLossForm
from treasury.kernel.errors import HedgebookError
from treasury.web.page import action, form_page, page_of_now, refuse_readers

NO_LOSS = "There is no such statement, or it belongs to an entity that you do not see."


@form_page
def state_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`preview` shows what would leave the reserve; `save` sends the statement for approval."""
    scope = request.book
    relationship = _relationship(request, pk)
    form = UnrecoveredLossForm(request.POST or None, initial={"on": scope.on})
    shown = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asked = {name: told[name] for name in ("on", "amount", "share")}
        try:
            if request.POST.get("do") == "preview":
                shown = loss_tables.effect(unrecovered_loss.effect(relationship=relationship, **asked))
            else:
                unrecovered_loss.state(
                    relationship=relationship,
                    reason=told["reason"],
                    evidence=told["evidence"],
                    actor=request.user,
                    **asked,
                )
        except HedgebookError as error:
            form.refuse(error)
        else:
            if shown is None:
                messages.success(request, f"The loss of {relationship.code} is sent for approval.")
                return HttpResponseRedirect(scope.link(reverse("relationship", args=[pk])) + "#losses")
    context = {
        "page_title": f"A loss of {relationship.code} that will not be recovered",
        "relationship": relationship,
        "currency": relationship.entity.functional_currency_id,
        "form": form,
        "effect": shown,
    }
    return render(request, "hedges/unrecovered_loss.html", context, status=422 if form.errors else 200)


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
        version = UnrecoveredLossVersion.objects.select_related("relationship__entity").get(pk=pk)
        is_agreed = told["decision"] == "APPROVED"
        chosen = unrecovered_loss.approve if is_agreed else unrecovered_loss.reject
        try:
            chosen(version=version, actor=request.user, comment=told["comment"], digest=told["digest"])
        except HedgebookError as error:
            form.refuse(error)
        else:
            said = "is agreed to: the close of its month takes it" if is_agreed else "is rejected"
            messages.success(request, f"The loss of {row['code']} {said}.")
            return HttpResponseRedirect(scope.link(reverse("approvals")))
    return _shown(request, row, form, status=422)


def _relationship(request: HttpRequest, pk: int) -> HedgeRelationship:
    found = change_pages.relationship(pk, entity_ids=request.book.all_ids)
    if found is None:
        raise Http404("There is no such relationship, or it belongs to an entity that you do not see.")
    refuse_readers(request.book, found.entity_id)
    return found


def _found(request: HttpRequest, pk: int) -> dict:
    row = unrecovered_losses.version(pk, entity_ids=request.book.all_ids)
    if row is None:
        raise Http404(NO_LOSS)
    return row


def _shown(request: HttpRequest, row: dict, form: DecisionForm, status: int = 200) -> HttpResponse:
    scope = request.book
    undecided = row["approval__decision"] is None
    own = undecided and row["author_id"] == request.user.pk
    context = {
        "page_title": f"Loss of {row['code']} that will not be recovered",
        "row": row,
        "form": form,
        "head": loss_tables.head(row),
        **(_effect(request, row) if undecided else {}),
        "relationship_href": scope.link(reverse("relationship", args=[row["relationship_id"]])),
        "own": own,
        "may_decide": undecided and not own and scope.may_decide_at(row["entity_id"]),
    }
    return render(request, "hedges/unrecovered_loss_decision.html", context, status=status)


def _effect(request: HttpRequest, row: dict) -> dict:
    """What it takes as known now, or why that cannot be said."""
    relationship = change_pages.relationship(row["relationship_id"], entity_ids=request.book.all_ids)
    assert relationship is not None
    try:
        found = unrecovered_loss.effect(
            relationship=relationship,
            on=row["valid_from"],
            amount=row["loss_amount"],
            share=row["loss_share"],
        )
    except HedgebookError as error:
        return {"no_effect": str(error)}
    return {"effect": loss_tables.effect(found)}
