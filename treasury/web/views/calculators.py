"""Calculators: one page a measure, its inputs in the address, so that a link carries the sum."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.measure import Measure
from treasury.web import calculator_answer, measure_tables
from treasury.web.calculator_form import CalculatorForm
from treasury.web.page import page_of_anybody


@page_of_anybody
def calculators_page(request: HttpRequest) -> HttpResponse:
    table = measure_tables.measures_table(catalogue.MEASURES.values())
    context = {"page_title": "Calculators", "measures": table}
    return render(request, "treasury/calculators.html", context)


@page_of_anybody
def calculator_page(request: HttpRequest, code: str) -> HttpResponse:
    measure = catalogue.MEASURES.get(code)
    if measure is None:
        raise Http404(f"There is no measure {code}. The page of calculators lists them all.")
    form = CalculatorForm(measure, request.GET)
    context: dict = {
        "page_title": measure.title,
        "measure": measure,
        "form": form,
        "inputs_table": measure_tables.inputs_table(measure),
        "results_table": measure_tables.results_table(measure),
        "used_table": measure_tables.used_table(measure),
        "example": measure_tables.worked_example(measure),
    }
    if form.asked:
        inputs = form.inputs()
        refusals = form.refusals(inputs)
        if not refusals:
            try:
                context |= _answered(measure, inputs)
            except InputError as error:
                refusals = [error]
        for refusal in refusals:
            form.refuse(refusal)
    return render(request, "treasury/calculator.html", context)


def _answered(measure: Measure, inputs: dict[str, Any]) -> dict[str, Any]:
    answer = catalogue.calculate(measure.code, inputs)
    return {
        "answer": answer,
        "answer_banner": calculator_answer.banner(measure, answer["reasons"]),
        "answer_table": calculator_answer.main_table(measure, answer),
        "answer_rows": calculator_answer.row_tables(measure, answer),
        "request_json": json.dumps(inputs, indent=1),
        "answer_json": json.dumps(answer, indent=1),
    }
