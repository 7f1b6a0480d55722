"""Amending a trade: the ticket with the terms that stand, kept as a draft while it is typed, sent with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.ticket import send
from hedges.models import InstrumentVersion
from hedges.queries import ticket
from hedges.web import ticket_prefill
from hedges.web.forms.ticket import TicketForm, key_of
from hedges.web.ticket_pages import draft_title, shown, tradable
from hedges.web.views.ticket import KEEP, SEND, WORK
from treasury.domain import drafts as kept_drafts
from treasury.kernel.errors import HedgebookError
from treasury.queries import drafts
from treasury.web.page import form_page


@form_page
def amend_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    newest = ticket.newest_version(pk, entity_ids=scope.all_ids)
    if newest is None:
        raise Http404("There is no such instrument, or it belongs to an entity that you do not see.")
    entity = next((row for row in tradable(scope) if row["id"] == newest.entity_id), None)
    if entity is None:
        raise PermissionDenied(
            f"Trades of {newest.entity.code} are amended by its treasurers and hedge accountants."
        )
    do = request.POST.get("do", WORK) if request.method == "POST" else ""
    today = ticket.today(entity["id"])
    begun = None if do else drafts.found(request.user, send.AMENDMENT, send.amendment_key(pk))
    goes_on = bool(begun) and "draft" in request.GET
    if do:
        data = request.POST.dict()
    elif begun and goes_on:
        data = dict(begun["fields"])
    else:
        data = ticket_prefill.texts(newest) | {"counts_from": today.isoformat(), "seen": str(newest.pk)}
    data |= {"kind": newest.kind, "key": str(key_of(data.get("key"))), "entity": entity["code"]}
    offer = ticket.offer([entity], today=today, kind=newest.kind, entity_id=entity["id"], of=newest)
    form = TicketForm(data, kind=newest.kind, offer=offer, forgiving=do not in (WORK, SEND), amends=True)
    whole = form.whole
    if do == SEND and whole:
        sent = _amended(request, form, pk, data)
        if sent:
            return sent
    context: dict = {
        "page_title": f"Amend {newest.instrument.external_reference}", "form": form, "entity": entity, "do": do,
        "instrument_id": pk, "seen": data.get("seen", ""), "version_number": newest.version_number,
        "refused": do in (WORK, SEND) and bool(form.errors), "begun": begun, "goes_on": goes_on,
    }  # fmt: skip
    if do == KEEP:
        context["kept"] = _kept(request, form, newest, data)
    if form.whole:
        context |= shown(
            form, key=None, kind=newest.kind, entity_id=entity["id"], actor=request.user, rows=[]
        )
    return render(request, "hedges/ticket.html", context, status=422 if context["refused"] else 200)


def _kept(request: HttpRequest, form: TicketForm, newest: InstrumentVersion, data: dict[str, str]) -> str:
    """What the page says of the draft, which keeps the version that was read with what was typed."""
    told: dict[str, Any] = form.texts() | {"seen": data.get("seen", "")[:18]}
    try:
        kept_drafts.keep(
            owner=request.user, form_name=send.AMENDMENT, client_key=send.amendment_key(newest.instrument_id),
            fields=told, title=f"Amend {newest.instrument.external_reference}: {draft_title(form, told)}",
            address=f"{reverse('instrument-amend', args=[newest.instrument_id])}?draft=1",
        )  # fmt: skip
    except HedgebookError as error:
        return str(error)
    return "Kept as a draft."


def _amended(request: HttpRequest, form: TicketForm, pk: int, data: dict[str, str]) -> HttpResponse | None:
    scope = request.book  # type: ignore[attr-defined]
    assert form.understood is not None and form.counts_from is not None
    seen = ticket.version(pk, data.get("seen", ""))
    if seen is None:
        form.refuse("The version that you have read is not one of this trade. Load the page anew.")
        return None
    try:
        version = send.amend(
            version=form.understood.legs[0][1], seen=seen, counts_from=form.counts_from, actor=request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except HedgebookError as error:
        form.refuse(error)
        return None
    messages.success(
        request, f"Version {version.version_number} is sent for approval. Another person decides on it."
    )
    return HttpResponseRedirect(scope.link(reverse("instrument", args=[pk])))
