"""The answer of a calculator in lines: every field with its value, unit and meaning."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from treasury.quant.inputs import Result
from treasury.quant.measure import Measure
from treasury.web import formats, words
from treasury.web.tables import Column, Table

DIGITS = 12  # on the page; the command line and the API give a float64 in full
VERDICTS = {
    "wrong_direction", "below_lower", "above_upper", "r_squared_low", "not_significant", "variance_reduction_low",
    "credit_watch", "credit_dominates", "terms_differ", "immaterial_changes",
}  # fmt: skip
#: Where a reason of several causes says more on the page of one measure.
WORDS_OF = {("savings_to_loss", "zero_exposure"): "no exposure, or nothing left open"}


def main_table(measure: Measure, answer: dict[str, Any]) -> Table:
    fields = {item.name: item for item in measure.results if not item.parent}
    rows = [
        {"name": name, "value": value, "field": fields.get(name)}
        for name, value in answer["result"].items()
        if not _is_rows(value)
    ]
    columns = [
        Column("name", "Result", cell=lambda row: words.sentence(row["name"])),
        Column("value", "Value", "statistic", cell=lambda row: shown(row["value"])),
        Column("unit", "Unit", cell=lambda row: row["field"].unit if row["field"] else ""),
        Column(
            "meaning",
            "Meaning",
            wrap=True,
            cell=lambda row: words.quoted(row["field"].meaning) if row["field"] else "",
        ),
    ]
    return Table(columns, rows, caption="Answer", short=True)


def row_tables(measure: Measure, answer: dict[str, Any]) -> list[Table]:
    units: dict[tuple[str, str], Result] = {(item.parent, item.name): item for item in measure.results}
    tables = []
    for name, value in answer["result"].items():
        if not _is_rows(value):
            continue
        columns = [
            Column(
                key,
                words.sentence(key),
                _kind(value, key),
                unit=_unit(units.get((name, key))),
                cell=lambda row, key=key: shown(row[key]),
            )
            for key in value[0]
        ]
        tables.append(Table(columns, value, caption=words.sentence(name), short=True))
    return tables


def _kind(rows: list[dict], key: str) -> str:
    texts = any(isinstance(row[key], (list, bool)) for row in rows) or key in ("name", "bucket")
    return "text" if texts else "statistic"


def _unit(field: Result | None) -> str:
    return field.unit if field and len(field.unit) <= 12 else ""


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def banner(measure: Measure, reasons: list[str]) -> list[tuple[str, list[str]]]:
    """What an answer's reasons say: why something is empty, and apart from it what a status rests on."""
    parts = {
        "Not given or undefined": [code for code in reasons if code not in VERDICTS],
        "What the status rests on": [code for code in reasons if code in VERDICTS],
    }
    return [
        (title, [WORDS_OF.get((measure.code, code)) or words.reason(code) for code in codes])
        for title, codes in parts.items()
        if codes
    ]


def shown(value: Any) -> object:
    """A value in at most twelve digits; a dash for none, as reasons belong to the answer and not to a field."""
    if value is None:
        return formats.DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return words.state(value)[0] if value.isupper() else _grouped(value).replace("-", formats.MINUS)
    if isinstance(value, list):
        return (
            ", ".join(words.reason(one) if isinstance(one, str) else str(shown(one)) for one in value)
            or formats.DASH
        )
    text = f"{value:,.{DIGITS}g}" if isinstance(value, float) else _grouped(json.dumps(value))
    return text.replace("-", formats.MINUS)


def _grouped(text: str) -> str:
    """A number in figures with its thousands apart; anything else as it is."""
    try:
        return f"{Decimal(text):,}"
    except InvalidOperation:
        return text
