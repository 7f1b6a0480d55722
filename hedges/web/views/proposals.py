"""Proposals: trades that bring buckets into their band, kept until they are dealt or dismissed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.proposals import into_band
from hedges.domain.proposals.dismiss import dismiss
from hedges.domain.proposals.trades import Planned, kinds
from hedges.enums import ProposalKind
from hedges.queries import position, proposals
from hedges.web import bands, proposal_tables
from hedges.web.forms.proposal import DismissForm, WishForm
from treasury.kernel.errors import HedgebookError
from treasury.web import formats, words
from treasury.web.filters import Filters, choice
from treasury.web.page import form_page, page_of_now
from treasury.web.scope import Scope
from treasury.web.story import events_table
from treasury.web.tables import Table, listing

NOT_YOURS = "Trades of {} are proposed by its treasurers and hedge accountants."
USUAL = {"aim": "TARGET", "kind": "", "step": "1k", "minimum": "10k"}


class ProposalFilters(Filters):
    state = choice(
        "State",
        [
            ("OPEN", "Open"),
            ("DEALT", "Dealt"),
            ("REJECTED", "Rejected"),
            ("CANCELLED", "Cancelled"),
            ("DISMISSED", "Dismissed"),
        ],
    )
    kind = choice("From", ProposalKind.choices)


@page_of_now
def proposals_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    filters = ProposalFilters(request)
    found = proposals.lines(scope.entity_ids, state=filters.value("state"), kind=filters.value("kind"))
    table = listing(
        request, found, proposal_tables.columns(scope, lambda row: scope.may_prepare_at(row["entity_id"])), sort="-id",
        enrich=lambda rows: _name(scope, rows), caption="Proposed trades", empty="Nothing is proposed.",
        next_step="Open a bucket that stands outside its band, and choose what to trade.",
    )  # fmt: skip
    context = {"page_title": "Proposals", "filters": filters, "table": table}
    return render(request, "treasury/list.html", context)


@page_of_now
def proposal_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    found = proposals.proposal(pk, scope.all_ids)
    if found is None:
        raise Http404("There is no such proposal, or it belongs to an entity that you do not see.")
    rows = list(proposals.lines(scope.all_ids).filter(proposal_id=pk).order_by("line_number"))
    _name(scope, rows)
    may_deal = scope.may_prepare_at(found.entity_id)
    unit = rows[0]["notional_currency_id"] if rows else ""
    columns = proposal_tables.columns(scope, lambda row: may_deal, with_proposal=False)
    context = {
        "page_title": found.title, "proposal": found,
        "table": Table(columns, rows, caption="Proposed trades", empty="It proposes no trade of its own."),
        "assumptions": [(ASSUMED.get(name) or words.sentence(name), _said(name, text, unit))
                        for name, text in sorted(found.assumptions.items())
                        if isinstance(text, (str, int, bool)) and name != "address"],
        "inputs": _inputs(found.assumptions.get("buckets")),
        "again": _own(found.assumptions.get("address")),
        "events": events_table(proposals.change_log(pk)),
        "is_stale": any(row["state"] == proposal_tables.STALE for row in rows),
    }  # fmt: skip
    return render(request, "hedges/proposal.html", context)


#: What the worked-out values of a proposal are called, where its name alone does not say.
ASSUMED = {"step": "Rounded to", "minimum": "Smallest deal", "month": "Bucket", "kind": "Kind of trade",
           "aim": "Goes to", "as_of_date": "As of"}  # fmt: skip


def _said(name: str, text: object, unit: str) -> object:
    if name == "month":
        return f"From {text} months ahead" if text != "" else "Every bucket outside its band"
    if name == "kind":
        return words.label(text) if text else "As the risk is dealt"
    if name in ("step", "minimum"):
        return f"{formats.number(Decimal(str(text)))} {unit}".strip()
    try:
        return formats.number(Decimal(str(text))) if not isinstance(text, bool) else ("yes" if text else "no")
    except InvalidOperation:
        return text.capitalize() if str(text).isupper() else text


def _inputs(buckets: object) -> Table | None:
    """Of a proposal for a band; other kinds tell their inputs on their own pages."""
    rows = [row for row in buckets if isinstance(row, dict)] if isinstance(buckets, list) else []
    return proposal_tables.inputs(rows) if rows and "exposure" in rows[0] else None


def _own(address: object) -> str:
    """An address of this site, or none."""
    return address if isinstance(address, str) and address.startswith("/") and address[1:2] != "/" else ""


def _name(scope: Scope, rows: list[dict]) -> None:
    now = proposals.cells_now(scope.run["id"], rows) if scope.run and rows else {}
    proposal_tables.named(rows, lambda row: proposals.stale(row, now, scope.run))


@form_page
def propose_page(request: HttpRequest, entity: str, risk: str) -> HttpResponse:
    """Shown for the inputs of its address; sent, the same inputs make the proposal out of the run that was seen."""
    scope = request.book  # type: ignore[attr-defined]
    chosen = next((one for one in scope.entities if one["code"] == entity), None)
    rows = _profile(scope, chosen, risk) if chosen and scope.run else []
    if not rows or chosen is None:
        raise Http404("This run has no such entity and risk, or it belongs to an entity that you do not see.")
    if not scope.may_prepare_at(chosen["id"]):
        raise PermissionDenied(NOT_YOURS.format(entity))
    of_risk = proposals.risk(rows[0]["risk_id"])
    assert of_risk is not None
    sent = request.method == "POST"
    told = (request.POST if sent else request.GET).dict()
    form = WishForm(
        USUAL | {name: text for name, text in told.items() if text or name == "minimum"}, unit=rows[0]["amount_unit"],
        buckets=[(row["month_from"], bands.bucket_name(row["month_from"], row["month_to"])) for row in rows],
        kinds=kinds(of_risk),
    )  # fmt: skip
    context: dict[str, Any] = {
        "page_title": f"Bring {entity} {risk} into its band", "form": form, "entity": chosen, "risk": of_risk,
        "run_id": scope.run["id"], "key": told.get("key") or uuid4(),
    }  # fmt: skip
    status = 200
    if form.is_valid():
        plans = into_band.plans(
            run=scope.run, buckets=rows, entity=chosen, risk=of_risk, wish=form.wish,
            month=form.cleaned_data["month"],
        )  # fmt: skip
        context["table"] = proposal_tables.plan_table(
            proposal_tables.plan_rows(plans), rows[0]["amount_unit"]
        )
        context["trades"] = sum(plan.line is not None for plan in plans)
        if sent and (made := _kept(request, form, chosen, of_risk, plans)):
            return made
    if sent:
        status = 422
    context["refused"] = bool(form.errors)
    return render(request, "hedges/proposal_new.html", context, status=status)


def _profile(scope: Scope, entity: dict, risk: str) -> list[dict]:
    ratios = position.ratios(scope.run["id"], [entity["id"]])  # type: ignore[index]
    found = next((row for row in ratios if row["risk_code"] == risk), None)
    return position.profile(scope.run["id"], entity["id"], found["risk_id"]) if found else []  # type: ignore[index]


def _kept(
    request: HttpRequest, form: WishForm, entity: dict, risk: dict, plans: list[Planned]
) -> HttpResponse | None:
    scope, month = request.book, form.cleaned_data["month"]  # type: ignore[attr-defined]
    if request.POST.get("seen_run") != str(scope.run["id"]):
        form.refuse(
            "Another night has been published since you looked. Look at the trades again, then keep them."
        )
        return None
    inputs = into_band.inputs_of(form.wish, month)
    address = scope.link(reverse("propose", args=[entity["code"], risk["code"]]), **inputs)
    try:
        made = into_band.keep(
            plans, run=scope.run, entity=entity, risk=risk, wish=form.wish, month=month, address=address,
            actor=request.user, key=_key(request.POST.get("key", "")),
        )  # fmt: skip
    except HedgebookError as error:
        form.refuse(error)
        return None
    messages.success(request, "The proposal is kept. Open the ticket of a line to deal it.")
    return HttpResponseRedirect(scope.link(reverse("proposal", args=[made.pk])))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


@form_page
def dismiss_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    line = proposals.line(pk, scope.all_ids)
    if line is None:
        raise Http404("There is no such line, or it belongs to an entity that you do not see.")
    if not scope.may_prepare_at(line.entity_id):
        raise PermissionDenied(NOT_YOURS.format("this entity"))
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(line=line, actor=request.user, reason=form.cleaned_data["reason"])
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, "The line is dismissed.")
            return HttpResponseRedirect(scope.link(reverse("proposal", args=[line.proposal_id])))
    row = proposals.lines(scope.all_ids).get(pk=pk)
    context = {
        "page_title": f"Dismiss: {proposal_tables.said(row)}", "form": form, "row": row,
        "back": scope.link(reverse("proposal", args=[line.proposal_id])),
    }  # fmt: skip
    return render(request, "hedges/proposal_dismiss.html", context, status=422 if form.errors else 200)
