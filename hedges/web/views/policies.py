"""A policy: its bands and versions, the editor with what a change would do, and the decision of a second person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.policy_preview import band_of, preview
from hedges.enums import HORIZON_MONTHS
from hedges.queries import policy_effect, position
from hedges.web import policy_tables
from hedges.web.forms.decision import DecisionForm
from hedges.web.forms.policy import PolicyForm
from treasury.domain import policies as verbs
from treasury.domain.policies import Band
from treasury.enums import Decision
from treasury.kernel.errors import HedgebookError
from treasury.models import PolicyVersion
from treasury.queries import policies
from treasury.web.page import action, form_page, page_of_now, refuse_readers
from treasury.web.scope import Scope

YEAR = timedelta(days=365)
APPROVED = "APPROVED"
NO_VERSION = "There is no such version, or it belongs to an entity that you do not see."


@page_of_now
def policy_page(request: HttpRequest, entity: str, risk: str) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    of, of_risk = _subject(scope, entity, risk)
    rows = policies.story(of["id"], of_risk["id"])
    counts = _counts(rows, scope)
    context = {
        "page_title": f"Policy of {entity} for {risk}", "entity": of, "risk": of_risk, "counts": counts,
        "table": policy_tables.band_table(counts["bands"], "Bands in force") if counts else None,
        "versions": policy_tables.versions(scope, rows), "events": policy_tables.change_log(rows),
        "may_write": scope.may_prepare_at(of["id"]),
    }  # fmt: skip
    return render(request, "hedges/policy.html", context)


@form_page
def policy_edit(request: HttpRequest, entity: str, risk: str) -> HttpResponse:
    """Looked at with *Show the effect*, recorded with *Send for approval*."""
    scope = request.book  # type: ignore[attr-defined]
    of, of_risk = _subject(scope, entity, risk)
    refuse_readers(scope, of["id"])
    rows = policies.story(of["id"], of_risk["id"])
    start = _counts(rows, scope) or (rows[0] if rows else None)
    form = PolicyForm(
        request.POST or None, bands=start["bands"] if start else [],
        initial={"valid_from": scope.on, "seen": rows[0]["version_number"] if rows else 0},
    )  # fmt: skip
    context: dict[str, Any] = {
        "page_title": f"Change the policy of {entity} for {risk}", "entity": of, "risk": of_risk, "form": form,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            bands = verbs.checked(form.bands)
            if request.POST.get("do") == "send":
                told = form.cleaned_data
                made = verbs.revise(
                    entity_id=of["id"], risk_id=of_risk["id"], bands=bands, valid_from=told["valid_from"],
                    valid_to=told["valid_to"], reason=told["change_reason"], seen_version=told["seen"],
                    actor=request.user,
                )  # fmt: skip
                messages.success(
                    request, f"Version {made.version_number} is sent for approval. Another person decides."
                )
                return HttpResponseRedirect(scope.link(reverse("policy", args=[entity, risk])))
            context |= _effect(scope, of["id"], of_risk["id"], bands)
        except HedgebookError as error:
            form.refuse(error)
    return render(request, "hedges/policy_edit.html", context, status=422 if form.errors else 200)


@page_of_now
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, pk, DecisionForm())


@action
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    found = policies.version(pk, entity_ids=scope.all_ids)
    if found is None:
        raise Http404(NO_VERSION)
    refuse_readers(scope, found["entity_id"])
    form = DecisionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        decision = Decision.APPROVED if told["decision"] == APPROVED else Decision.REJECTED
        try:
            verbs.decide(
                version=PolicyVersion.objects.select_related("policy").get(pk=pk), actor=request.user,
                decision=decision, comment=told["comment"], digest=told["digest"],
            )  # fmt: skip
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The policy is {decision.value.lower()}; the next night goes by it.")
            return HttpResponseRedirect(scope.link(reverse("approvals")))
    return _shown(request, pk, form, status=422)


def _subject(scope: Scope, entity: str, risk: str) -> tuple[dict, dict]:
    of = next((one for one in scope.entities if one["code"] == entity), None)
    of_risk = next((one for one in policies.risks() if one["code"] == risk), None)
    if of is None or of_risk is None:
        raise Http404("There is no such entity and risk, or it belongs to an entity that you do not see.")
    return of, of_risk


def _counts(rows: list[dict], scope: Scope) -> dict | None:
    """The approved version that counts on the page's date."""
    return next(
        (
            row
            for row in rows
            if row["approval__decision"] == APPROVED
            and row["valid_from"] <= scope.on
            and not (row["valid_to"] and row["valid_to"] <= scope.on)
        ),
        None,
    )


def _effect(scope: Scope, entity_id: int, risk_id: int, bands: list[Band]) -> dict[str, Any]:
    if not scope.run:
        return {"no_run": True}
    now = position.profile(scope.run["id"], entity_id, risk_id)
    held = [(month, band) for month in HORIZON_MONTHS if (band := band_of(month, bands))]
    nights = scope.nights.filter(as_of_date__gt=scope.run["as_of_date"] - YEAR)
    rows, total = policy_effect.past(
        nights, entity_id=entity_id, risk_id=risk_id,
        limits=[(month, band.lower, band.upper) for month, band in held],
    )  # fmt: skip
    ends = dict(zip(HORIZON_MONTHS, (*HORIZON_MONTHS[1:], None), strict=True))
    return {
        "effect": policy_tables.effect(now, preview(now, bands)),
        "past": policy_tables.past([row | {"month_to": ends[row["month_from"]]} for row in rows]), "total": total,
        "run": scope.run,
    }  # fmt: skip


def _shown(request: HttpRequest, pk: int, form: DecisionForm, status: int = 200) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    found = policies.version(pk, entity_ids=scope.all_ids)
    if found is None:
        raise Http404(NO_VERSION)
    rows = policies.story(found["entity_id"], found["risk_id"])
    row = next(one for one in rows if one["id"] == pk)
    before = [one for one in rows if one["version_number"] < row["version_number"]]
    earlier = next((one for one in before if one["approval__decision"] == APPROVED), None)
    last = earlier["version_number"] if earlier else 0
    authors = {one["author_id"] for one in [row, *before] if one["version_number"] > last}
    undecided = row["approval__decision"] is None
    own = undecided and request.user.pk in authors
    context = {
        "page_title": f"Policy of {row['entity_code']} for {row['risk_code']}, version {row['version_number']}",
        "row": row, "form": form, "own": own, "table": policy_tables.band_table(row["bands"], "Bands of this version"),
        "before": policy_tables.band_table(earlier["bands"], f"Version {last}, before it") if earlier else None,
        "may_decide": undecided and not own and scope.may_decide_at(found["entity_id"]),
    }  # fmt: skip
    if undecided:
        bands = [
            Band(
                one["month_from"],
                one["month_to"],
                one["lower_ratio"],
                one["target_ratio"],
                one["upper_ratio"],
            )
            for one in row["bands"]
        ]
        context |= _effect(scope, found["entity_id"], found["risk_id"], bands)
    return render(request, "hedges/policy_decision.html", context, status=status)
