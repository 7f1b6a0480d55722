"""A change of one exposure by form: it is sent for a second person's approval, or comes back with nothing lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from exposures.queries import exposure_pages, record_pages
from exposures.queries.standing import today
from exposures.web.compare import differences
from exposures.web.exposures import terms
from exposures.web.verbs import VERBS, possible
from treasury.kernel.errors import HedgebookError
from treasury.web import words
from treasury.web.page import form_page, refuse_readers
from treasury.web.story import AWAITING


@form_page
def change_page(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    found = exposure_pages.exposure(pk, entity_ids=scope.all_ids)
    if not found or verb not in VERBS:
        raise Http404("There is no such exposure or change, or it belongs to an entity that you do not see.")
    refuse_readers(scope, found["entity_id"])
    story = exposure_pages.story(pk, known_at=None)
    newest, stands = story[0], _stands(story)
    asked = VERBS[verb]
    form = asked.form(
        request.POST or None,
        standing=stands
        | {"risk": record_pages.risk(stands["risk__code"]), "version_number": newest["version_number"]},
        today=today(found["entity_id"]),
    )
    context: dict[str, Any] = {
        "page_title": f"{asked.title}: exposure {found['external_reference']}", "exposure": found, "form": form,
        "asked": asked, "verb": verb, "newest": newest["version_number"], "unit": stands["exposure_currency_id"],
        "standing": terms(found, stands), "possible": verb in possible(story),
        "fields": getattr(form, "shown", None) or form.visible_fields(), "rows": getattr(form, "rows", []),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["version_number"] != newest["version_number"]:
            context |= _changed_meanwhile(form, story)
        else:
            try:
                versions = asked.call(pk, form, request.user)
            except HedgebookError as error:
                form.refuse(error)
            else:
                number = next(one.version_number for one in versions if one.exposure_id == pk)
                parts = [one.exposure.external_reference for one in versions if one.exposure_id != pk]
                split = f" with {', '.join(parts)}, which is split off" if parts else ""
                messages.success(request, f"Version {number} is sent for approval{split}. {words.APPROVING}")
                return HttpResponseRedirect(scope.link(reverse("exposure", args=[pk])))
    return render(request, "exposures/change.html", context, status=422 if form.errors else 200)


def _stands(story: list[dict]) -> dict:
    """What the form begins with: the newest version that was not rejected."""
    return next((row for row in story if row["state"] in ("APPROVED", AWAITING)), story[0])


def _changed_meanwhile(form: Any, story: list[dict]) -> dict:
    """What was typed stays; what has changed stands above it, and sending again is a decision of its own."""
    newest = story[0]
    seen = next(
        (row for row in story if row["version_number"] == form.cleaned_data["version_number"]), story[-1]
    )
    why = f": {newest['change_reason']}" if newest["change_reason"] else ""
    form.refuse(
        f"It has changed meanwhile by {newest['author__username'] or 'the system'}{why}. What you typed is kept;"
        " look at what changed, then send again if it still holds."
    )
    return {"meanwhile": differences(seen, newest)}
