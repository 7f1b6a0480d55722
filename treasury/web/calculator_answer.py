"""The answer of a calculator in lines: every field with its value, unit and meaning."""

from __future__ import annotations

import json
from typing import Any

from treasury.quant.inputs import Result
from treasury.quant.measure import Measure
from treasury.web import formats, words
from treasury.web.tables import Column, Table


def main_table(measure: Measure, answer: dict[str, Any]) -> Table:
    fields = {item.name: item for item in measure.results if not item.parent}
    because = answer["reasons"][0] if answer["reasons"] else None
    rows = [
        {"name": name, "value": value, "field": fields.get(name), "because": because}
        for name, value in answer["result"].items()
        if not _is_rows(value)
    ]
    columns = [
        Column("name", "Result", cell=lambda row: words.sentence(row["name"])),
        Column("value", "Value", "statistic", cell=lambda row: shown(row["value"], row["because"])),
        Column("unit", "Unit", cell=lambda row: row["field"].unit if row["field"] else ""),
        Column(
            "meaning", "Meaning", wrap=True, cell=lambda row: row["field"].meaning if row["field"] else ""
        ),
    ]
    return Table(columns, rows, caption="Answer", short=True)


def row_tables(measure: Measure, answer: dict[str, Any]) -> list[Table]:
    because = answer["reasons"][0] if answer["reasons"] else None
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
                cell=lambda row, key=key: shown(row[key], because),
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


def shown(value: Any, because: str | None) -> object:
    """A value as the command line prints it: full precision, nothing rounded away."""
    if value is None:
        return formats.why(because)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return words.state(value)[0] if value.isupper() else value.replace("-", formats.MINUS)
    if isinstance(value, list):
        return (
            ", ".join(words.reason(one) if isinstance(one, str) else json.dumps(one) for one in value)
            or formats.DASH
        )
    return json.dumps(value).replace("-", formats.MINUS)
