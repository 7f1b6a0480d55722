"""An explanation in figures and tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from hedges.domain.explanation.as_json import shown
from hedges.domain.explanation.parts import Explanation, Given, Listing, Step
from hedges.domain.explanation.written import number
from hedges.enums import RatioSubject
from treasury.quant import catalogue
from treasury.web import calculator_form, formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

#: Elements of an array that a cell shows.
FIRST, DIGITS = 4, 6
#: A longer address is cut by some server on its way.
LONGEST_ADDRESS = 3500
OF_RELATIONSHIPS = ("measurements", "costs-of-hedging")
#: Characters of a source that stand open.
LINES = 180


def figures(found: Explanation) -> list[dict[str, Any]]:
    unit = found.subject.unit
    again: object = value(_shown(found.worked.number, unit))
    if found.worked.number is None:
        again = formats.why(found.problem or found.worked.because or "not defined")
    stored: object = value(_shown(found.stored, unit))
    if found.stored is None:
        stored = formats.why(found.reasons[0] if found.reasons else "nothing")
    return [
        {"label": "Stored", "value": stored, "unit": unit if found.stored is not None else ""},
        {
            "label": "Worked out again",
            "value": again,
            "unit": unit if found.worked.number is not None else "",
        },
        {"label": "Comparison", "value": verdict(found)},
    ]


def verdict(found: Explanation) -> object:
    word, style = ("They agree", "ok") if found.agrees else ("They do not agree", "breach")
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span>{}</span>', style, words.MARKS[style], word
    )


def of_itself(found: Explanation) -> list[tuple[str, object]]:
    """What the number is."""
    said = [
        ("What it is", found.sentence),
        ("Formula", found.formula),
        ("This number", found.meaning),
        ("Unit", found.subject.unit or found.unit),
        ("Sign", found.sign),
        ("Reference", found.reference),
    ]
    return [(name, text) for name, text in said if text]


def steps(found: Explanation) -> list[dict[str, Any]]:
    return [
        {
            "number": place,
            "step": step,
            "result": _result(step, place == len(found.worked.steps)),
            "inputs": _inputs(step, place) if step.given else None,
            "listings": [_listing(one, place) for one in step.listings],
        }
        for place, step in enumerate(found.worked.steps, start=1)
    ]


def _result(step: Step, is_last: bool) -> object:
    """Of a step that only names what others take, nothing."""
    if step.result is not None:
        return value(step.result)
    return formats.why("not defined") if is_last or step.code else ""


def _inputs(step: Step, place: int) -> Table:
    units = _units(step.code)
    columns = [
        Column("name", "Input"),
        Column("value", "Value", "statistic", cell=lambda row: row["value"]),
        Column("unit", "Unit"),
        Column("source", "Where it comes from", wrap=True),
    ]
    rows = [
        {
            "name": words.sentence(one.name) if one.name.islower() else one.name,
            "value": value(one.value),
            "unit": units.get(one.name, ""),
            "source": _source(one),
        }
        for one in step.given
    ]
    return Table(columns, rows, caption=f"Inputs of step {place}", short=True)


def _source(one: Given) -> object:
    """The source in a line or two; what is longer, as the quotes of a curve are, folds away behind its beginning."""
    text = one.source.text
    if len(text) <= LINES:
        return format_html("{} {}", formats.tag(one.source.kind), text)
    head, _, rest = text.partition(": ")
    if len(head) > LINES or not rest:
        head, rest = text[:LINES].rsplit(" ", 1)[0] + " …", text
    folded = "<details><summary>{} {}</summary>{}</details>"
    return format_html(folded, formats.tag(one.source.kind), head, rest)


def _units(code: str) -> dict[str, str]:
    return {item.name: item.unit for item in catalogue.MEASURES[code].inputs} if code else {}


def _listing(one: Listing, step: int) -> Table:
    names = [str(place) for place in range(len(one.columns))]
    rows = [dict(zip(names, map(value, row), strict=True)) for row in one.rows]
    columns = [
        Column(name, title, _kind(one, place), cell=itemgetter(name))
        for place, (name, title) in enumerate(zip(names, one.columns, strict=True))
    ]
    more = one.row_count - len(rows)
    caption = f"{one.title}, step {step}: {one.row_count} in all"
    if more:
        caption += f", the {len(rows)} {one.first} shown"
    if one.total is not None:
        caption += f"; total {value(one.total)}"
    return Table(columns, rows, caption=caption, short=True, empty=f"{one.title}: none.")


def _kind(one: Listing, place: int) -> str:
    cells = [row[place] for row in one.rows]
    numeric = all(isinstance(cell, (int, float, Decimal)) or cell is None for cell in cells)
    return "statistic" if cells and numeric else "text"


def value(given: Any) -> str:
    """A value in a cell: thousands separated, at most twelve digits, the first elements of an array."""
    if given is None:
        return formats.DASH
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, dict):
        return "listed below"
    if isinstance(given, (list, tuple)):
        if given and isinstance(given[0], dict):
            return f"{len(given)} rows, listed below"
        first = ", ".join(_short(one) for one in given[:FIRST])
        return f"{first}, … {len(given)} in all" if len(given) > FIRST else first
    if isinstance(given, float) and abs(given) >= 1e4 and abs(given) < 1e15:
        return f"{given:,.6f}".rstrip("0").rstrip(".").replace("-", formats.MINUS)
    if isinstance(given, Decimal):
        text = f"{given:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace("-", formats.MINUS)
    return number(given)


def _short(given: Any) -> str:
    """An element of an array, in six digits; the inputs in full stand below."""
    return f"{given:.{DIGITS}g}".replace("-", formats.MINUS) if isinstance(given, float) else value(given)


def _shown(given: Any, unit: str) -> Any:
    """An amount with its unit's decimals."""
    text = shown(given, unit)
    if not isinstance(text, str):
        return text
    return f"{Decimal(text):,f}".replace("-", formats.MINUS)


def calculator_address(step: Step) -> str:
    """The calculator with these inputs filled in; empty where the address would be too long."""
    texts = calculator_form.example(catalogue.MEASURES[step.code], step.inputs)
    given = {name: text for name, text in texts.items() if text and name in step.inputs}
    address = f"{reverse('calculator', args=[step.code])}?{urlencode(given)}"
    return address if len(address) <= LONGEST_ADDRESS else ""


def back(scope: Scope, name: str, row: Any) -> dict[str, str]:
    """The page of what the number belongs to, in the same run."""
    if name == "valuations":
        return _to(scope, "instrument", row.instrument_id, "The instrument")
    if name.startswith("effectiveness"):
        return _to(scope, "effectiveness-of", row.relationship_id, "Its effectiveness")
    if name == "horizon-profiles":
        where = [row.entity.code, row.risk.code, row.month_from]
        return {"words": "The bucket", "href": scope.link(reverse("position-cell", args=where))}
    if name in OF_RELATIONSHIPS or row.subject == RatioSubject.RELATIONSHIP:
        return _to(scope, "relationship", row.relationship_id, "The relationship")
    return {"words": "Position", "href": scope.link(reverse("position"))}


def _to(scope: Scope, page: str, pk: int, said: str) -> dict[str, str]:
    return {"words": said, "href": scope.link(reverse(page, args=[pk]))}
