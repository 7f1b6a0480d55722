"""Strategy: what there is, and each tool with its inputs in the address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.queries import strategy_saved
from hedges.web.strategy import answer, trades
from hedges.web.strategy.saved import saved_table, saving_of
from hedges.web.strategy.tools import TOOLS, tools_table
from treasury.web.page import page


@page
def strategy_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    saved = strategy_saved.saved(scope.entity_ids)
    context = {"page_title": "Strategy", "tools": tools_table(scope), "saved": saved_table(scope, saved)}
    return render(request, "hedges/strategy.html", context)


@page
def tool_page(request: HttpRequest, name: str) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    tool = TOOLS.get(name)
    if tool is None:
        raise Http404("There is no such page of strategy. The page Strategy lists them.")
    context: dict = {"page_title": tool.title, "tool": tool, "tools": TOOLS.values()}
    try:
        asked = answer.asked(scope, request.GET)
    except answer.Unproven as error:
        return render(request, "hedges/strategy_tool.html", context | {"unproven": str(error)})
    if asked is not None:
        form = tool.form(asked)
        found = tool.work(asked, form)
        owner = asked.owner(form)
        context |= {"form": form, "answer": found}
        if found:
            context["figures"] = found.figures
        if found and found.sections:
            context["save"] = saving_of(scope, name, form.asked, found.name, owner)
            word = f"{name}?{urlencode(form.asked)}"
            context["beside"] = scope.link(reverse("strategy-beside"), answer=word)
            context["trades"] = trades.table(asked, found.lines) if found.lines else None
    return render(request, "hedges/strategy_tool.html", context)
