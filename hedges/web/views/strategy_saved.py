"""A strategy is saved with its inputs and numbers, and opened again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.strategy import saving
from hedges.queries import proposals, strategy_saved
from hedges.web.strategy import answer
from hedges.web.strategy.saved import addresses, opened
from hedges.web.strategy.tools import TOOLS
from treasury.domain.refusals import Refusal
from treasury.web.page import action, page_of_now
from treasury.web.story import events_table


@action
def save_strategy(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers are worked out again from the inputs that are sent, never taken from the page."""
    scope = request.book  # type: ignore[attr-defined]
    tool = TOOLS.get(name)
    address = QueryDict(request.POST.get("inputs", "")[:4000])
    try:
        asked = answer.asked(scope, address)
    except answer.Unproven as error:
        raise Http404(f"{error} Open the page on another night.") from error
    if tool is None or asked is None:
        raise Http404("There is no such page of strategy, or no published night to work from.")
    form = tool.form(asked)
    found, owner = tool.work(asked, form), asked.owner(form)
    back = scope.link(reverse("strategy-tool", args=[name]), **form.asked)
    if found is None or owner is None or not found.sections:
        messages.error(request, "Nothing was saved: an input is refused. Put it right, then save.")
        return HttpResponseRedirect(back)
    numbers = found.numbers
    try:
        proposal = saving.save(
            entity_id=owner, title=request.POST.get("title", ""), tool=name, run_id=asked.sealed.run_id,
            inputs=form.asked, numbers=numbers, digest=answer.digest_of(numbers), lines=found.lines,
            actor=request.user, client_key=_key(request.POST.get("key", "")),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    messages.success(request, f"Saved with its inputs and numbers: {proposal.title}.")
    return HttpResponseRedirect(scope.link(reverse("strategy-saved", args=[proposal.pk])))


@page_of_now
def saved_strategy(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    row = strategy_saved.one(scope.all_ids, pk)
    if row is None:
        raise Http404("There is no such saved strategy, or it belongs to an entity that you do not see.")
    found, differs = opened(scope, row)
    context = {
        "page_title": row["title"], "row": row, "answer": found, "differs": differs, "addresses": addresses(row),
        "figures": found.figures if found else None, "events": events_table(proposals.change_log(pk)),
    }  # fmt: skip
    return render(request, "hedges/strategy_saved.html", context)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404("The form has no key of its own. Open the page anew and save from there.") from error
