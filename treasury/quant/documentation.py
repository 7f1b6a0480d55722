"""The catalogue as a page: `docs/numbers.md` is this function's text, held to it by a test."""

from __future__ import annotations

import json
from typing import Any

from treasury.quant.catalogue import MEASURES
from treasury.quant.measure import Measure

HEAD = """# Numbers

What every number of the book means: one section a measure, from the catalogue that the night, the calculators and the
API use. This page is generated; change the catalogue and run `python3 manage.py document_numbers > docs/numbers.md`.

Any of them can be worked out without a book: `python3 manage.py calculate CODE FILE` (a JSON object or an array of
them, `-` or nothing for standard input), `POST /api/v1/measures/CODE/calculate/`, or the calculators page.
`python3 manage.py calculate --list` names them with their inputs, a line each; `--list --json` gives this page as JSON.
Ratios are fractions (0.60 is 60 %), `*_amount` fields exact decimal strings, undefined is null with a reason.
What a reference such as "FAQ §7" or "rules section 2" names stands in [the references](references.md).
"""


def numbers_page() -> str:
    """The page as Markdown, ending in a newline."""
    return (
        "\n".join([HEAD, _contents(), *(_section(measure) for measure in MEASURES.values())]).rstrip() + "\n"
    )


def _contents() -> str:
    rows = [["measure", "what it is"]]
    rows += [[f"[`{code}`](#{code})", measure.summary] for code, measure in MEASURES.items()]
    return _table(rows)


def _section(measure: Measure) -> str:
    entry = measure.describe()
    inputs = [["input", "type", "unit", "default", "meaning"]]
    inputs += [_input_row(item) for item in _flat(entry["inputs"])]
    results = [["result", "unit", "sign", "meaning"]]
    results += [
        [f"`{_path(item)}`", item["unit"], item["sign"], item["meaning"]] for item in entry["results"]
    ]
    example = entry["example"]
    return "\n".join(
        [
            f"## {measure.code}",
            "",
            f"**{measure.title}.** {measure.summary}",
            "",
            f"- Formula: `{measure.formula}`",
            f"- Reference: {measure.reference}",
            f"- Used in: {measure.used_in}",
            "",
            _table(inputs),
            _table(results),
            "Worked example:",
            "",
            "```json",
            _short(example["inputs"]),
            _short({"result": example["result"], "reasons": example["reasons"]}),
            "```",
            "",
        ]
    )


def _flat(items: list[dict[str, Any]], prefix: str = "") -> list[dict[str, Any]]:
    """Inputs with those inside arrays of objects, named by their path."""
    flat = []
    for item in items:
        flat.append(item | {"name": prefix + item["name"]})
        flat += _flat(item.get("items", []), f"{prefix}{item['name']}[].")
    return flat


def _input_row(item: dict[str, Any]) -> list[str]:
    default = "required" if item["required"] else json.dumps(item["default"])
    kind = " or ".join(f"`{choice}`" for choice in item["choices"]) if item.get("choices") else item["type"]
    return [f"`{item['name']}`", kind, item["unit"], default, item["meaning"]]


def _path(item: dict[str, Any]) -> str:
    return f"{item['in']}[].{item['name']}" if item["in"] else str(item["name"])


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n"
