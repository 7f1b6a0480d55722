"""What happens to a trade: a form for each verb that shows the money before it is done; the days that come; margin."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.trade_life import margin, roll
from hedges.domain.trade_life.plan import Plan
from hedges.domain.trade_life.record import record
from hedges.domain.trade_life.standing import Standing, standing
from hedges.queries import coming_days, instrument_life, instrument_pages, ticket, variation_margin
from hedges.web import instrument_life as life
from hedges.web import life_initial, life_plans
from hedges.web.forms.instrument_life import CANCEL, END, FORMS, NOVATE, ROLL, TAKE_BACK, LifeForm, form_of
from hedges.web.life_effect import effect
from treasury.domain.refusals import Refusal
from treasury.kernel.errors import HedgebookError, InputError
from treasury.web.page import action, form_page, page
from treasury.web.tables import Column, Table

MISSING = "There is no such trade, or it belongs to an entity that you do not see."
#: What is said above the form, and on its button.
LEADS = {
    CANCEL: (
        "It was recorded or approved by mistake: it counts on no day, as if it had never been dealt. What was"
        " known before still shows it. A trade that was closed is unwound instead."
    ),
    END: "From that day on its item counts as an exposure again, with what stands on record of it.",
}
SENDS = {CANCEL: "Cancel it and send for approval", END: "End it and send for approval"}
NOT_YOURS = "What happens to trades of {} is recorded by its treasurers and hedge accountants."


@form_page
def life_page(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in FORMS or verb == TAKE_BACK:
        raise Http404("Nothing of that name happens to a trade.")
    return _page(request, pk, verb, None)


@form_page
def take_back_page(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    return _page(request, pk, TAKE_BACK, event)


def _page(request: HttpRequest, pk: int, verb: str, event_id: int | None) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    found = instrument_pages.instrument(pk, entity_ids=scope.all_ids)
    if found is None:
        raise Http404(MISSING)
    if not scope.may_prepare_at(found["entity_id"]):
        raise PermissionDenied(NOT_YOURS.format(found["entity__code"]))
    event = instrument_life.event(event_id, pk) if event_id else None
    if event_id and event is None:
        raise Http404("There is no such event of this trade.")
    back = scope.link(reverse("instrument", args=[pk]))
    try:
        stands = standing(pk, entity_ids=scope.all_ids, ended=event is not None)
        if verb == ROLL and stands.version.contract is None:
            roll.refuse_what_is_not_rolled(stands.version)
    except HedgebookError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
    form = _form(request, verb, stands)
    context: dict[str, Any] = {
        "page_title": f"{life.VERBS[verb][1]} {found['external_reference']}", "instrument": found, "form": form,
        "version": stands.version, "verb": life.VERBS[verb][0], "market": life_initial.market_words(stands, verb),
        "lead": LEADS.get(verb, ""), "sends": SENDS.get(verb, "Send for approval"),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _seen(form, stands)
            plan = life_plans.plan(verb, stands, form.cleaned_data, event)
            if request.POST.get("do") == "send":
                return _sent(request, plan, form, back)
            context |= effect(scope, plan) | {"previewed": True}
        except HedgebookError as error:
            form.refuse(*_about(error))
    elif verb in (TAKE_BACK, CANCEL) and request.method != "POST":
        try:
            context |= effect(scope, life_plans.plan(verb, stands, {}, event)) | {"previewed": True}
        except HedgebookError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(back)
    return render(request, "hedges/instrument_life.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, verb: str, stands: Standing) -> LifeForm:
    more: dict[str, Any] = {}
    if verb == NOVATE:
        entity = {"id": stands.version.entity_id}
        more["banks"] = [
            row
            for row in ticket.offer([entity], today=stands.today).counterparties
            if row["id"] != stands.version.counterparty_id
        ]
    if verb == ROLL and stands.version.contract is not None:
        more["contracts"] = _later_contracts(stands)
    initial = {"seen": stands.version.pk} | life_initial.initial(verb, stands, request.GET)
    return form_of(verb, stands.version.kind)(
        request.POST or None, version=stands.version, initial=initial, **more
    )


def _later_contracts(stands: Standing) -> list[dict]:
    before = stands.version
    assert before.contract is not None
    offered = ticket.offer(
        [{"id": before.entity_id}], today=stands.today, kind=before.kind, entity_id=before.entity_id
    )
    return [
        row
        for row in offered.contracts
        if row["risk_id"] == before.risk_id and row["last_trade_date"] > before.contract.last_trade_date
    ]


def _seen(form: LifeForm, stands: Standing) -> None:
    if form.cleaned_data["seen"] != str(stands.version.pk):
        raise Refusal("The trade has changed since you read it. Load the page anew. Nothing was recorded.")


def _sent(request: HttpRequest, plan: Plan, form: LifeForm, back: str) -> HttpResponse:
    record(plan, actor=request.user, reason=form.cleaned_data["reason"])
    names = ticket.approvers(plan.before.entity_id, but=request.user)
    who = f"{', '.join(names)} may decide on it." if names else "Nobody at the entity may decide on it yet."
    messages.success(request, f"{plan.words} It is sent for approval. {who}")
    return HttpResponseRedirect(back)


def _about(error: HedgebookError) -> tuple[object, str | None]:
    """A refusal beside the field that it names; the domain's names of fields are those of the form."""
    if isinstance(error, InputError):
        got = "" if error.got is None else f", got {error.got}"
        return f"Expected {error.expected}{got}.", {"settlement_date": "value_date"}.get(
            error.field, error.field
        )
    name, colon, text = str(error).partition(": ")
    if colon and name.replace("_", "").isalpha() and name.islower():
        return text[:1].upper() + text[1:], name
    return error, None


@page
def coming_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    rows = coming_days.coming(
        entity_ids=scope.entity_ids, on=scope.on, until=scope.on + life.AHEAD, known_at=scope.known_at
    )
    due = variation_margin.margin_totals(up_to=scope.on, entity_ids=scope.entity_ids)
    columns = [
        Column("day", "Day", "day"),
        Column("what", "What", cell=lambda row: life.WHAT[row["what"]], value=lambda row: life.WHAT[row["what"]]),
        Column("reference", "Instrument",
               link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]]))),
        Column("to_do", "What to do", cell=lambda row: life.to_do(scope, row), wrap=True),
        Column("entity_code", "Entity"),
        Column("kind", "Kind", "label"),
        Column("risk_code", "Risk", optional=True),
        Column("counterparty_code", "With"),
        Column("notional_amount", "Notional", "amount"),
        Column("unit", "In"),
        Column("amount", "Amount", "money"),
        Column("currency", "In", cell=lambda row: row["currency"] or ""),
    ]  # fmt: skip
    table = Table(
        columns, rows, caption=f"Fixings, expiries and settlements up to {scope.on + life.AHEAD}; received is plus",
        row_link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]])), csv=True,
        empty="Nothing is due in the next 30 days.", next_step="Choose another date or entity at the top.",
    )  # fmt: skip
    context = {
        "page_title": "Coming days", "as_of": scope.on, "table": table, "margin": _margin_table(scope, due),
        "may_record": bool(due) and any(scope.may_prepare_at(pk) for pk in scope.entity_ids),
        "more": len(rows) >= coming_days.LIMIT,
    }  # fmt: skip
    return render(request, "hedges/coming_days.html", context)


def _margin_table(scope: Any, due: list[dict]) -> Table:
    columns = [
        Column("reference", "Future",
               link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]]))),
        Column("entity_code", "Entity"),
        Column("first_day", "From", "day"),
        Column("last_day", "To", "day"),
        Column("days", "Days", "count"),
        Column("price", "Last price", "rate"),
    ]  # fmt: skip
    return Table(columns, due, caption="Margin days with a price that are not on record", key="margin", short=True,
                 empty="Every margin day with a settlement price is on record.")  # fmt: skip


@action
def record_margin(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    mine = [pk for pk in scope.entity_ids if scope.may_prepare_at(pk)]
    if not mine:
        raise PermissionDenied(NOT_YOURS.format("an entity"))
    try:
        up_to = date.fromisoformat(request.POST.get("up_to", ""))
    except ValueError:
        up_to = scope.on
    try:
        count = margin.record_due(up_to=min(up_to, scope.on), actor=request.user, entity_ids=mine)
    except HedgebookError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"{count} margin days are recorded." if count else "Every margin day was on record."
        )
    return HttpResponseRedirect(scope.link(reverse("coming-days")))
