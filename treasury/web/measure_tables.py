"""The page of a measure in tables: its inputs, its results, where the book keeps and shows it, its worked example."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from treasury.quant.measure import Measure
from treasury.queries.measured import columns_of
from treasury.web import words
from treasury.web.calculator_form import example
from treasury.web.tables import Column, Table

#: Result family -> the pages that show it.
SCREENS = {
    "ValuationResult": (("instruments", "Instruments"),),
    "HedgeRatioResult": (("position", "Position"), ("horizon", "Horizon profile")),
    "HorizonBucketResult": (("position", "Position"), ("horizon", "Horizon profile")),
    "EffectivenessResult": (("effectiveness", "Effectiveness"),),
    "EffectivenessCriterionResult": (("relationships", "Relationships"), ("effectiveness", "Effectiveness")),
    "MeasurementResult": (("relationships", "Relationships"), ("accounting", "Accounting")),
    "CostOfHedgingResult": (("relationships", "Relationships"),),
}


def measures_table(measures: Iterable[Measure]) -> Table:
    columns = [
        Column("title", "Measure", link=lambda row: reverse("calculator", args=[row["code"]])),
        Column("summary", "What it says", wrap=True),
        Column("formula", "Formula", wrap=True),
        Column("reference", "Reference", wrap=True),
    ]
    names = ("code", "title", "summary", "formula", "reference")
    rows = [{name: getattr(measure, name) for name in names} for measure in measures]
    return Table(columns, rows, caption="Measures", short=True)


def inputs_table(measure: Measure) -> Table:
    columns = [
        Column("name", "Input"),
        Column("unit", "Unit"),
        Column("expected", "What it takes", wrap=True),
        Column("default", "If left out"),
        Column("meaning", "Meaning and sign", wrap=True),
    ]
    rows = [_input(item) for item in _flat(measure.describe()["inputs"])]
    return Table(columns, rows, caption="Inputs", short=True)


def results_table(measure: Measure) -> Table:
    columns = [
        Column("name", "Result"),
        Column("unit", "Unit"),
        Column("sign", "Sign"),
        Column("meaning", "Meaning", wrap=True),
    ]
    rows = [
        {
            "name": words.sentence(f"{item.parent}: {item.name}" if item.parent else item.name),
            "unit": item.unit,
            "sign": item.sign,
            "meaning": words.quoted(item.meaning),
        }
        for item in measure.results
    ]
    return Table(columns, rows, caption="Results", short=True)


def used_table(measure: Measure) -> Table:
    """The columns of the result families that name this measure, with the pages that show them."""
    columns = [
        Column("column", "Number"),
        Column("field", "Is this measure's"),
        Column(
            "path", "Stored in", cell=lambda row: format_html('<span class="mono">{}</span>', row["path"])
        ),
        Column("screens", "Shown on"),
    ]
    rows = [
        {
            "column": words.sentence(found.column),
            "field": words.sentence(found.field.rpartition(".")[2]).lower(),
            "path": found.path,
            "screens": format_html_join(
                ", ",
                '<a href="{}">{}</a>',
                ((reverse(name), label) for name, label in SCREENS.get(found.family, ())),
            ),
        }
        for found in columns_of(measure.code)
    ]
    return Table(columns, rows, caption="Numbers of every night", short=True)


def worked_example(measure: Measure) -> dict[str, Any]:
    """The example's inputs and answer, and the address that fills the form with it and works it out."""
    given = {name: text for name, text in example(measure).items() if text}
    answer = {"result": measure.example_result, "reasons": list(measure.example_reasons)}
    return {
        "inputs": json.dumps(measure.example, indent=1, ensure_ascii=False, default=str),
        "answer": json.dumps(answer, indent=1, ensure_ascii=False, default=str),
        "href": f"{reverse('calculator', args=[measure.code])}?{urlencode(given)}",
    }


def _flat(items: list[dict[str, Any]], prefix: str = "") -> list[dict[str, Any]]:
    flat: list[dict[str, Any]] = []
    for item in items:
        flat.append(item | {"name": prefix + item["name"]})
        flat += _flat(item.get("items", []), f"{item['name']}: ")
    return flat


def _input(item: dict[str, Any]) -> dict[str, Any]:
    default = item["default"]
    left_out = "may stay empty" if default is None else str(default).lower().replace("_", " ")
    return {
        "name": words.sentence(item["name"]),
        "unit": item["unit"],
        "expected": item["expected"],
        "default": "has to be given" if item["required"] else left_out,
        "meaning": words.quoted(item["meaning"]),
    }
