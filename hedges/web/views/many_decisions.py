"""One word on all rows that were ticked among what waits; what is in the way is named row by row."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hedges.domain import many_decisions
from hedges.web import choosing
from hedges.web.views import approvals
from treasury.enums import Decision
from treasury.kernel.errors import HedgebookError
from treasury.web.page import action

TICK = re.compile(r"\d{1,15}:[0-9a-f]{64}(,\d{1,15}:[0-9a-f]{64})*")
NOTHING = "Nothing is ticked, so nothing was decided: tick the rows that you decide on."
WHY = "Nothing was decided: say why these are rejected, so that their authors know what to change."


@action
def decide_many(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in choosing.NOUNS:
        raise Http404("There is no such list of what waits.")
    ticked = [value for value in request.POST.getlist("row") if TICK.fullmatch(value)]
    comment = request.POST.get("comment", "").strip()[:400]
    decision = Decision.APPROVED if request.POST.get("decision") == "APPROVED" else Decision.REJECTED
    wrong: dict[int, str] = {}
    names: dict[int, str] = {}
    refused = NOTHING if not ticked else WHY if decision == Decision.REJECTED and not comment else ""
    if not refused:
        pairs = (pair.split(":") for value in ticked for pair in value.split(","))
        seen = {int(pk): digest for pk, digest in pairs}
        try:
            count = many_decisions.decide_many(
                kind=kind, seen=seen, actor=request.user, decision=decision, comment=comment
            )
        except many_decisions.RowsRefused as error:
            refused, wrong, names = "Nothing was decided.", error.rows, error.names
        except HedgebookError as error:
            refused = f"Nothing was decided. {error}"
        else:
            messages.success(request, _done(kind, count, decision))
            return HttpResponseRedirect(request.book.link(reverse("approvals")))
    told = {
        "ticked": ticked,
        "comment": comment,
        "refused": refused,
        "wrong": [{"name": names.get(pk, f"Version {pk}"), "words": words} for pk, words in wrong.items()],
    }
    return approvals.shown(request, kind, told, status=422)


def _done(kind: str, count: int, decision: Decision) -> str:
    what = (
        f"1 version of {choosing.NOUNS[kind]} is"
        if count == 1
        else f"{count} versions of {choosing.NOUNS[kind]} are"
    )
    then = (
        "The next night counts what is approved." if decision == Decision.APPROVED else "They count nowhere."
    )
    return f"{what} {decision.value.lower()}. {then}"
