"""The catalogue as a page: `docs/numbers.md` is this function's text, held to it by a test."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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


#: The codes whose names and fields are a promise to spreadsheets and scripts; every other measure is an extra.
CONTRACT = frozenset({
    "hedge_ratio", "position_count_ratio", "sensitivity_hedge", "notional_value", "futures_contracts",
    "futures_profit", "hedge_outcome", "minimum_variance_hedge_ratio", "beta_hedge", "portfolio_minimum_variance",
    "savings_to_loss", "cash_flow_at_risk", "horizon_profile", "hedged_rate", "hedge_turnover", "fx_forward_rate",
    "fx_forward_value", "fx_option_value", "option_payoff", "interest_rate_swap_value",
    "cross_currency_swap_value", "fx_swap_value", "dollar_offset", "effectiveness_regression",
    "variance_reduction", "critical_terms_match", "credit_dominance", "credit_adjustment",
    "hypothetical_derivative", "cash_flow_hedge_reserve", "cost_of_hedging", "fair_value_hedge",
    "basis_adjustment_amortisation",
})  # fmt: skip
EXTRA = "extra"


def numbers_page(kept_in: Mapping[str, Sequence[str]]) -> str:
    """The page as Markdown, ending in a newline; `kept_in`: code -> the result columns that hold it."""
    sections = [_section(measure, kept_in.get(code, ())) for code, measure in MEASURES.items()]
    return "\n".join([HEAD, _index(), *sections]).rstrip() + "\n"


def _index() -> str:
    """Every code at the top; what is no part of the contract says so."""
    rows = [["measure", "what it is", "note"]]
    rows += [
        [f"[`{code}`](#{code})", measure.summary, "" if code in CONTRACT else EXTRA]
        for code, measure in MEASURES.items()
    ]
    note = "The names of codes and fields are a contract; what is marked *extra* may still change.\n"
    return f"## Index\n\n{_table(rows)}\n{note}"


def _section(measure: Measure, kept_in: Sequence[str]) -> str:
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
            *([f"- Kept in: {', '.join(f'`{path}`' for path in kept_in)}"] if kept_in else []),
            *([f"- {EXTRA.capitalize()}: no part of the contract"] if measure.code not in CONTRACT else []),
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
