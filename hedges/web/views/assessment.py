"""A test on demand, and a named person's decision about a test."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.assessment import decisions, on_demand
from hedges.domain.assessment.asked_next import asked_next
from hedges.models import HedgeRelationship
from hedges.queries import change_pages, measurement_pages
from hedges.web import measurement_tables
from hedges.web.forms.assessment import AssessmentDecisionForm, TestForm
from treasury.kernel.errors import HedgebookError
from treasury.web import words
from treasury.web.page import action, form_page, refuse_readers


@action
def test_now(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    relationship = _found(request, pk)
    form = TestForm(request.POST)
    back = HttpResponseRedirect(scope.link(reverse("relationship", args=[pk])) + "#tests")
    if not form.is_valid():
        messages.error(request, f"As of: {' '.join(form.errors['as_of_date'])} Nothing was tested.")
        return back
    try:
        made = on_demand.on_demand(
            relationships=[relationship], as_of_date=form.cleaned_data["as_of_date"], actor=request.user
        )
    except HedgebookError as error:
        messages.error(request, str(error))
        return back
    verdict = words.state(made[0].effectiveness_status)[0].lower()
    messages.success(request, f"Tested as of {made[0].as_of_date}: {verdict}.")
    return back


@form_page
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    relationship = _found(request, pk)
    usual = asked_next(relationship, measurement_pages.framework(pk), scope.on)
    initial = {"as_of_date": usual.as_of_date, "subject": usual.subject}
    form = AssessmentDecisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            decisions.decide(
                relationship=relationship,
                subject=told["subject"],
                as_of_date=told["as_of_date"],
                status=told["decided_status"],
                reason=told["reason"],
                actor=request.user,
            )
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, f"The decision for {told['as_of_date']} is on record.")
            return HttpResponseRedirect(scope.link(reverse("relationship", args=[pk])) + "#decisions")
    context = {
        "page_title": f"Decide about a test of {relationship.code}",
        "relationship": relationship,
        "form": form,
        "decided": measurement_tables.decided(measurement_pages.decisions(pk)),
    }
    return render(request, "hedges/assessment_decision.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, pk: int) -> HedgeRelationship:
    found = change_pages.relationship(pk, entity_ids=request.book.all_ids)
    if found is None:
        raise Http404("There is no such relationship, or it belongs to an entity that you do not see.")
    refuse_readers(request.book, found.entity_id)
    return found
