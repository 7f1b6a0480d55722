"""A change of a relationship: its effect is shown before it is sent for approval."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.changes import de_designate, discontinue, rebalance
from hedges.enums import ChangeCause
from hedges.models import HedgeRelationship, HedgeRelationshipVersion
from hedges.queries import change_pages, days, decisions
from hedges.web import effect_tables
from hedges.web.forms.change import DISCONTINUE, KINDS, REBALANCE, ChangeForm
from treasury.kernel.errors import HedgebookError
from treasury.web.page import form_page, refuse_readers


@form_page
def change_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    scope = request.book
    relationship = change_pages.relationship(pk, entity_ids=scope.all_ids)
    if relationship is None or kind not in KINDS:
        raise Http404(
            "There is no such relationship or change, or it belongs to an entity that you do not see."
        )
    refuse_readers(scope, relationship.entity_id)
    today = days.today([relationship.entity_id])[relationship.entity_id]
    current = decisions.newest(pk, entity_ids=scope.all_ids)
    if current is None:
        raise Http404("Its designation is not approved yet: there is nothing to change.")
    form = _form(request, relationship, kind, today, current)
    context = {
        "page_title": f"{KINDS[kind]} {relationship.code}",
        "relationship": relationship,
        "kind": kind,
        "verb": KINDS[kind],
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "send":
                version = _asked(form, relationship, actor=request.user)
                messages.success(
                    request,
                    f"Version {version.version_number} is sent for approval. Another person decides on it.",
                )
                return HttpResponseRedirect(scope.link(reverse("relationship", args=[pk])))
            context |= _effect(_asked(form, relationship))
        except HedgebookError as error:
            form.refuse(error)
    return render(request, "hedges/change.html", context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, relationship: HedgeRelationship, kind: str, today: date, current: dict
) -> ChangeForm:
    rows = change_pages.in_force(relationship.pk, today)
    if kind == REBALANCE:
        rows += change_pages.others(relationship.entity_id, today, rows, risk=current["risk__code"])
        change_pages.with_capacity(rows, relationship.entity_id, today, current)
    initial = {
        "from_date": request.GET.get("from") or today,
        "cause": request.GET.get("cause", ""),
        "ineffectiveness_sources": current["ineffectiveness_sources"],
    }
    return ChangeForm(request.POST or None, kind=kind, rows=rows, initial=initial)


def _asked(
    form: ChangeForm, relationship: HedgeRelationship, *, actor: Any = None
) -> HedgeRelationshipVersion:
    """One domain call: with an actor the change is proposed, without one it is only drafted."""
    told = form.cleaned_data
    common: dict[str, Any] = {
        "relationship": relationship, "from_date": told["from_date"], "reason": told["reason"],
    }  # fmt: skip
    if actor is not None:
        common["actor"] = actor
    if form.kind == REBALANCE:
        domain: Any = rebalance
        common["volumes"] = {side: form.amounts(side) for side in ("item", "instrument")}
        common["ineffectiveness_sources"] = told["ineffectiveness_sources"]
    else:
        domain = discontinue if form.kind == DISCONTINUE else de_designate
        if not form.is_whole:
            common |= {"items": form.amounts("item"), "instruments": form.amounts("instrument")}
        if form.kind == DISCONTINUE:
            common["cause"] = ChangeCause(told["cause"])
    change: HedgeRelationshipVersion = (domain.draft if actor is None else domain.propose)(**common)
    return change


def _effect(version: HedgeRelationshipVersion) -> dict:
    return {
        "previewed": True,
        "effect": effect_tables.terms(version.effect),
        "effect_tables": list(effect_tables.tables(version.effect)),
    }
