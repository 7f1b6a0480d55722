"""Recording an exposure by form: it waits for a second person's approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersion
from exposures.queries import record_pages
from exposures.queries.standing import today
from exposures.web.forms.record import RecordForm
from treasury.kernel.errors import HedgebookError
from treasury.web.page import form_page, refuse_readers


@form_page
def record_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    writable = scope.writable
    if not writable:
        raise Http404("There is no entity yet at which you may record an exposure: have one recorded first.")
    entity = _entity(request, writable, scope.entity)
    day, risks = today(entity["id"]), record_pages.risks()
    form = RecordForm(
        request.POST or None, entities=writable, risks=risks, today=day,
        initial={
            "entity": entity["code"], "risk": request.GET.get("risk") or _usual_risk(risks, entity),
            "valid_from": day,
            # of which entity is not known yet: the number is given when it is sent
            "external_reference": record_pages.next_reference(entity) if scope.entity or len(writable) == 1 else "",
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        entity = next(row for row in writable if row["code"] == told["entity"])
        refuse_readers(scope, entity["id"])
        reference = told["external_reference"] or record_pages.next_reference(entity)
        identity = Exposure(
            entity_id=entity["id"],
            source_system=record_pages.SOURCE,
            external_reference=reference,
        )
        try:
            (version,) = recording.record(
                exposures=[(identity, ExposureVersion(**form.terms, change_reason=told["reason"]))],
                actor=request.user, reason=told["reason"],
            )  # fmt: skip
        except HedgebookError as error:
            form.refuse(error, _field_of(error))
        else:
            messages.success(request, f"{reference} is recorded and sent for approval.")
            if request.POST.get("do") == "next":
                return HttpResponseRedirect(scope.link(reverse("exposure-new"), risk=told["risk"]))
            return HttpResponseRedirect(scope.link(reverse("exposure", args=[version.exposure_id])))
    context = {"page_title": "Record an exposure", "form": form}
    return render(request, "exposures/record.html", context, status=422 if form.errors else 200)


def _entity(request: HttpRequest, writable: list[dict], chosen: dict | None) -> dict:
    """The one that is sent, else the one of the page, else the first that the person may write at."""
    code = request.POST.get("entity", "") or (chosen["code"] if chosen else "")
    return next((row for row in writable if row["code"] == code), writable[0])


def _usual_risk(risks: list[dict], entity: dict) -> str:
    """The one recorded last at the entity, else the first that is counted in its currency."""
    last = record_pages.last_risk(entity["id"])
    if last:
        return last
    own = (row["code"] for row in risks if row["quote_currency_id"] == entity["functional_currency_id"])
    return next(own, risks[0]["code"] if risks else "")


def _field_of(error: HedgebookError) -> str | None:
    return {
        "exposure_reference": "external_reference",
        "exposure_version_window": "window_end",
        "exposure_version_amount": "size",
    }.get(getattr(error, "constraint", ""))
