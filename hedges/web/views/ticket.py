"""The trade ticket: one form for every kind, seen against its market, kept as a draft, sent once for approval."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.ticket import send
from hedges.queries import ticket
from hedges.web import ticket_links, ticket_prefill
from hedges.web.forms.ticket import TicketForm, key_of, kind_of
from hedges.web.ticket_pages import draft_title, shown, tradable
from hedges.web.ticket_unfinished import unfinished
from treasury.domain import drafts as kept_drafts
from treasury.kernel import parsing
from treasury.kernel.errors import HedgebookError
from treasury.queries import drafts
from treasury.web.page import action, form_page
from treasury.web.tables import Column, Table

#: Buttons of the form: another kind, the numbers, a draft, for approval. `keep` is also what the script sends.
REFUSED_TO_SHOW = "The numbers stand here when these are mended. Nothing was sent."
KIND, WORK, KEEP, SEND = "kind", "work", "keep", "send"


@form_page
def ticket_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    entities = tradable(scope)
    do = request.POST.get("do", WORK) if request.method == "POST" else ""
    told = ticket_links.told(request.POST.dict()) if do else _prefilled(request, entities)
    kind = kind_of(told)
    key = key_of(request.POST.get("key") or request.GET.get("draft"))
    entity = next((row for row in entities if row["code"] == told.get("entity")), entities[0])
    offer = ticket.offer(entities, today=ticket.today(entity["id"]), kind=kind, entity_id=entity["id"])
    data = {"entity": entity["code"]} | told | {"kind": kind, "key": str(key)}
    if request.POST.get("is_another"):
        data["is_another"] = "on"
    form = TicketForm(
        data, kind=kind, offer=offer, reference=send.reference_of(kind, key), forgiving=do not in (WORK, SEND)
    )
    context: dict = {"form": form, "entity": entity, "carried": _carried(told, form), "do": do}
    if do == KEEP:
        context["kept"] = _kept(request, form, told, key)
    whole = form.whole
    if do == SEND and whole:
        sent = _sent(request, form, key, told, context)
        if sent:
            return sent
    if whole:
        context |= shown(
            form, key=key, kind=kind, entity_id=entity["id"], actor=request.user, rows=context.get("rows")
        )
    elif told:
        context |= unfinished(form)
    refused = do in (WORK, SEND) and bool(form.errors)
    context["refused_words"] = REFUSED_TO_SHOW if do == WORK else ""
    context |= {"page_title": "New trade", "refused": refused}
    return render(request, "hedges/ticket.html", context, status=422 if refused else 200)


def _prefilled(request: HttpRequest, entities: list[dict]) -> dict[str, str]:
    """From the address, a draft or a trade to deal again; what the address says counts before the rest."""
    told = ticket_links.told(request.GET.dict())
    if "draft" in request.GET:
        found = drafts.found(request.user, send.FORM, _uuid(request.GET["draft"]))
        if found is None:
            raise Http404("You have no such draft. It was sent or discarded, or it is somebody else's.")
        told = ticket_links.told(found["fields"]) | told
    if told.pop("copy", ""):
        ids = [row["id"] for row in request.book.entities]  # type: ignore[attr-defined]
        number = parsing.key(request.GET["copy"])
        found = None if number is None else ticket.newest_version(number, entity_ids=ids)
        if found is None:
            raise Http404(
                "There is no such instrument to copy, or it belongs to an entity that you do not see."
            )
        same = ticket_prefill.texts(found) | {"trade_date": ""}
        told = {name: text for name, text in same.items() if text} | told
    return told


def _carried(told: dict[str, str], form: TicketForm) -> list[tuple[str, str]]:
    """What was typed for another kind stays, unseen, for the case that the kind is changed back."""
    return [(name, text) for name, text in told.items() if name not in form.fields and name != "copy"]


def _kept(request: HttpRequest, form: TicketForm, told: dict[str, str], key: UUID) -> str:
    """What the page says of the draft."""
    try:
        kept_drafts.keep(
            owner=request.user, form_name=send.FORM, client_key=key, fields=told, title=draft_title(form, told),
            address=f"{reverse('ticket')}?draft={key}",
        )  # fmt: skip
    except HedgebookError as error:
        return str(error)
    return "Kept as a draft."


def _sent(
    request: HttpRequest, form: TicketForm, key: UUID, told: dict[str, str], context: dict
) -> HttpResponse | None:
    """To the instrument that it became; None where it was refused, which the form then says."""
    scope = request.book  # type: ignore[attr-defined]
    assert form.understood is not None
    try:
        sent = send.send(
            legs=form.understood.legs, kind=form.ticket_kind, key=key, actor=request.user,
            is_another=form.cleaned_data["is_another"], proposal_line_id=parsing.key(told.get("proposal_line")),
        )  # fmt: skip
    except send.LikelyDuplicate as error:
        context["rows"] = error.rows
        form.refuse(error, "is_another")
        return None
    except send.SentBySomebodyElse as error:
        form.data = {**form.data, "key": str(uuid4())}
        form.refuse(error)
        return None
    except HedgebookError as error:
        form.refuse(error)
        return None
    if sent.again:
        messages.info(
            request,
            f"This ticket was sent already; it is {sent.reference}. To change it, amend it; nothing was added.",
        )
    else:
        names = ticket.approvers(form.understood.legs[0][0].entity_id, but=request.user)
        who = (
            f"{', '.join(names)} may decide on it, under Approvals."
            if names
            else "Nobody at the entity may decide on it yet."
        )
        messages.success(request, f"{sent.reference} is sent for approval. {who}")
    return HttpResponseRedirect(scope.link(reverse("instrument", args=[sent.instrument_id])))


@action
def discard_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    gone = any(
        kept_drafts.discard(owner=request.user, form_name=name, client_key=key)
        for name in (send.FORM, send.AMENDMENT)
    )
    messages.info(request, "The draft is discarded." if gone else "There was no such draft any more.")
    scope = request.book  # type: ignore[attr-defined]
    return HttpResponseRedirect(scope.link(reverse("ticket-drafts")))


@form_page
def drafts_page(request: HttpRequest) -> HttpResponse:
    rows = drafts.of(request.user, send.FORM, send.AMENDMENT)
    columns = [Column("title", "Draft"), Column("updated_at", "Kept (UTC)", "moment")]
    table = Table(columns, rows, caption="Drafts of trades", sortable=False, findable=False)
    context = {"page_title": "My drafts", "drafts": rows, "table": table}
    return render(request, "hedges/ticket_drafts.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404("A draft is named by its key; choose one from the list of your drafts.") from None
