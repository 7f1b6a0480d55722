"""An entity's account map: seen, written, and decided on by a second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import account_map, accounting_periods
from hedges.models import AccountMapVersion
from hedges.queries import accounting_pages
from hedges.web import account_map_tables
from hedges.web.forms.account_map import AccountMapForm
from hedges.web.forms.decision import DecisionForm
from hedges.web.found_entity import entity_of
from treasury.kernel.errors import HedgebookError
from treasury.web.page import action, form_page, page_of_now, refuse_readers

APPROVED = "APPROVED"


@page_of_now
def account_map_page(request: HttpRequest, code: str) -> HttpResponse:
    scope = request.book
    entity = entity_of(scope, code)
    rows = accounting_pages.map_versions(entity.pk)
    counts = next((row for row in rows if row["approval__decision"] == APPROVED), None)
    context = {
        "page_title": f"Accounts of {entity.code}",
        "entity": entity,
        "current": account_map_tables.accounts(counts) if counts else None,
        "counts": counts,
        "versions": account_map_tables.versions(scope, rows),
        "events": account_map_tables.change_log(rows),
        "may_write": scope.may_prepare_at(entity.pk),
    }
    return render(request, "hedges/account_map.html", context)


@form_page
def account_map_edit(request: HttpRequest, code: str) -> HttpResponse:
    scope = request.book
    entity = entity_of(scope, code)
    refuse_readers(scope, entity.pk)
    rows = accounting_pages.map_versions(entity.pk)
    form = AccountMapForm(
        request.POST or None, accounts=rows[0]["accounts"] if rows else None,
        initial={"valid_from": accounting_periods.today(entity).replace(day=1)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            account_map.record(
                entity=entity,
                accounts=form.accounts,
                valid_from=form.cleaned_data["valid_from"],
                reason=form.cleaned_data["change_reason"],
                actor=request.user,
            )
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The accounts of {entity.code} are sent for approval.")
            return HttpResponseRedirect(scope.link(reverse("account-map", args=[entity.code])))
    context = {"page_title": f"Accounts of {entity.code}", "entity": entity, "form": form}
    return render(request, "hedges/account_map_edit.html", context, status=422 if form.errors else 200)


@page_of_now
def account_map_decision(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk), DecisionForm())


@action
def account_map_decide(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    row = _found(request, pk)
    refuse_readers(scope, row["entity_id"])
    form = DecisionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        decided = account_map.approve if told["decision"] == APPROVED else account_map.reject
        try:
            decided(
                versions=[AccountMapVersion.objects.get(pk=pk)],
                actor=request.user,
                comment=told["comment"],
                digests=[told["digest"]],
            )
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The accounts of {row['entity_code']} are {told['decision'].lower()}.")
            return HttpResponseRedirect(scope.link(reverse("approvals")))
    return _shown(request, row, form, status=422)


def _found(request: HttpRequest, pk: int) -> dict:
    row = accounting_pages.map_version(pk, entity_ids=request.book.all_ids)
    if row is None:
        raise Http404("There is no such version, or it belongs to an entity that you do not see.")
    return row


def _shown(request: HttpRequest, row: dict, form: DecisionForm, status: int = 200) -> HttpResponse:
    scope = request.book
    rows = accounting_pages.map_versions(row["entity_id"])
    earlier = next(
        (
            one
            for one in rows
            if one["version_number"] < row["version_number"] and one["approval__decision"] == APPROVED
        ),
        None,
    )
    last = earlier["version_number"] if earlier else 0
    authors = {one["author_id"] for one in rows if last < one["version_number"] <= row["version_number"]}
    undecided = row["approval__decision"] is None
    own = undecided and request.user.pk in authors
    context = {
        "page_title": f"Accounts of {row['entity_code']}, version {row['version_number']}",
        "row": row,
        "form": form,
        "accounts": account_map_tables.accounts(row, earlier),
        "own": own,
        "may_decide": undecided and not own and scope.may_decide_at(row["entity_id"]),
    }
    return render(request, "hedges/account_map_decision.html", context, status=status)
