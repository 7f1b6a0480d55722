"""How a stored number came about: sentence, formula, inputs with their sources, the sum done again, the comparison."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hedges.domain.explanation.as_json import as_json, inputs_of, measure_step
from hedges.domain.explanation.explain import explain, field_of, find
from hedges.domain.explanation.families import family
from hedges.domain.explanation.parts import NothingToExplain
from hedges.web import explanation_tables
from treasury.web import words
from treasury.web.page import page

ABSENT = "There is no such number, or it belongs to an entity that you do not see."


@page
def explanation_page(request: HttpRequest, name: str, run: int, key: str, field: str) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    try:
        found_family = family(name)
        rows = found_family.model._default_manager.filter(run_id=run, entity_id__in=scope.all_ids)
        row = find(name, run, key, rows)
        found = explain(name, row, field_of(found_family, field))
    except NothingToExplain as error:
        raise Http404(ABSENT) from error
    asked = measure_step(found)
    context = {
        "page_title": f"{words.sentence(field)} of {found.subject.name}",
        "found": found,
        "figures": explanation_tables.figures(found),
        "steps": explanation_tables.steps(found),
        "of_itself": explanation_tables.of_itself(found),
        "back": explanation_tables.back(scope, name, row),
        "calculator": explanation_tables.calculator_address(asked)
        if asked and asked.result is not None
        else "",
        "inputs_json": json.dumps(inputs_of(found), indent=1, ensure_ascii=False) if asked else "",
        "answer_json": json.dumps(as_json(found), indent=1, ensure_ascii=False),
    }
    return render(request, "hedges/explanation.html", context)
