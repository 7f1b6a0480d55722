"""The page on which a hedge is designated: what it is about, then the rest on one form, seen before it is sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import designation
from hedges.enums import HedgeType
from hedges.queries import candidates, days
from hedges.web import copied, designating, relationship_terms
from hedges.web.designation_preview import preview
from hedges.web.forms import defaults
from hedges.web.forms.designation import BasisForm, DesignationForm
from treasury.kernel import parsing
from treasury.kernel.errors import HedgebookError
from treasury.web.page import form_page, refuse_readers

REFUSED = 422


@form_page
def designate_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    source = copied.source(scope, request.GET.get("copy") or request.GET.get("parallel_of") or "")
    if source is None and ("copy" in request.GET or "parallel_of" in request.GET):
        raise Http404("There is no such relationship to copy, or it is not approved.")
    asked = "risk" in request.GET
    entities = scope.writable
    first = (
        {"entity": entities[0]["code"], "framework": entities[0]["accounting_framework"]} if entities else {}
    )
    proposed = {"designation_date": days.today([entities[0]["id"]])[entities[0]["id"]]} if entities else {}
    basis_form = BasisForm(
        request.GET if asked else None, entities=entities, risks=candidates.risks(),
        initial={"hedge_type": HedgeType.CASH_FLOW} | first | proposed | (copied.basis(source) if source else {})
        | (copied.other_framework(source) if source and "parallel_of" in request.GET else {})
        | ({"entity": scope.entity["code"]} if scope.entity else {}),
    )  # fmt: skip
    if not asked or not basis_form.is_valid():
        return render(
            request, "hedges/designate_basis.html",
            {"page_title": "Designate a hedge", "form": basis_form, "source": source,
             "kept": [(name, request.GET[name]) for name in ("copy", "parallel_of") if name in request.GET]},
        )  # fmt: skip
    return _whole_form(request, basis_form.cleaned_data, source)


def _whole_form(request: HttpRequest, basis: dict, source: dict | None) -> HttpResponse:
    scope = request.book
    entity = next(row for row in scope.entities if row["code"] == basis["entity"])
    refuse_readers(scope, entity["id"])
    basis = basis | {"today": days.today([entity["id"]])[entity["id"]]}
    parallel = source if source and "parallel_of" in request.GET else None
    initial = defaults.initial(
        basis,
        code=f"HR-{entity['code']}-{candidates.relationships(entity['id']) + 1}",
        currency=entity["functional_currency_id"],
    )
    if source:
        initial |= copied.texts(source)
    if parallel:
        initial |= copied.amounts(parallel)
    told = {name for name in (request.POST or initial) if name.startswith(("item_", "instrument_"))}
    ids = {
        kind: {
            found
            for name in told
            if name.startswith(f"{kind}_") and (found := parsing.key(name.split("_")[1])) is not None
        }
        for kind in ("item", "instrument")
    }
    on = basis["today"]
    items = candidates.exposures(entity["id"], basis["risk"], on, also=ids["item"])
    instruments = candidates.instruments(entity["id"], on, first_risk=basis["risk"], also=ids["instrument"])
    candidates.with_capacity(
        items, instruments, entity_id=entity["id"], framework=basis["framework"], component=basis["component"],
        risk=basis["risk"], period_from=on, until=max(on, basis["hedge_end_date"]),
    )  # fmt: skip

    def form_of(data: object) -> DesignationForm:
        return DesignationForm(
            data, items=items, instruments=instruments, initial=initial,
            economic=basis["hedge_type"] == HedgeType.ECONOMIC,
        )  # fmt: skip

    form = form_of(designating.as_sent(request.POST, form_of) if request.method == "POST" else None)
    context = {
        "page_title": "Designate a hedge", "basis": basis, "entity": entity, "form": form, "source": source,
        "parallel": parallel,
    }  # fmt: skip
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = designating.draft(
                basis,
                form,
                entity_id=entity["id"],
                parallel_of=parallel["relationship_id"] if parallel else None,
            )
        except HedgebookError as error:  # a layer that begins within a cent
            form.refuse(error)
    if made is not None:
        if request.POST.get("do") == "send":
            sent = _sent(request, form, made)
            if sent:
                return sent
        context |= preview(made, request.user)
        context["pairs"] = relationship_terms.side_by_side(
            basis["today"],
            designating.pairs(form, "item", basis),
            designating.pairs(form, "instrument", basis),
        )
    context |= {"item_rows": form.rows("item"), "instrument_rows": form.rows("instrument")}
    return render(request, "hedges/designate.html", context, status=REFUSED if form.errors else 200)


def _sent(request: HttpRequest, form: DesignationForm, made: designation.Designation) -> HttpResponse | None:
    """To the relationship that was made; None where the domain refused, which the form then says."""
    scope = request.book
    try:
        version = designation.designate(designations=[made], actor=request.user)[0]
    except HedgebookError as error:
        there = candidates.recorded_code(form.cleaned_data["code"])
        if there and there["author_id"] == request.user.pk and there["entity_id"] in scope.all_ids:
            messages.info(request, "This code was sent already; this is the relationship that has it.")
            return HttpResponseRedirect(scope.link(reverse("relationship", args=[there["id"]])))
        form.refuse("Another relationship has this code." if there else error, "code" if there else None)
        return None
    messages.success(
        request, f"{form.cleaned_data['code']} is sent for approval. Another person decides on it."
    )
    return HttpResponseRedirect(scope.link(reverse("relationship", args=[version.relationship_id])))
