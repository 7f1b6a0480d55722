"""Entry of the critical terms match; the rule is ``effectiveness.critical_terms``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from treasury.kernel import parsing
from treasury.kernel.errors import InputError
from treasury.quant.codes import MatchStatus, Reason
from treasury.quant.effectiveness.critical_terms import critical_terms_match
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    sides = {name: _terms(values[name], name) for name in ("item", "instrument")}
    tolerances: dict[str, Decimal] = {}
    for name, value in values["tolerances"].items():
        path = f"tolerances.{name}"
        tolerances[name] = parsing.decimal(value, path)
        if tolerances[name] < 0:
            raise InputError(path, "a number or a decimal string from 0")
        if not any(name in terms for terms in sides.values()):
            raise InputError(path, "the name of a term", got="an unknown name")
    matched, status = critical_terms_match(sides["item"], sides["instrument"], tolerances)
    if None in matched.values() or not matched:
        answer.because(Reason.TERM_MISSING)
    if status is MatchStatus.NOT_MATCHED:
        answer.because(Reason.TERMS_DIFFER)
    terms = [
        {
            "name": name,
            "item": _given(values["item"].get(name)),
            "instrument": _given(values["instrument"].get(name)),
            "matched": outcome,
        }
        for name, outcome in matched.items()
    ]
    answer.put(terms=terms, status=status.name)


def _terms(raw: Any, side: str) -> dict[str, Any]:
    return {parsing.text(name, side): _term(value, f"{side}.{name}") for name, value in raw.items()}


def _term(value: Any, path: str) -> Any:
    if isinstance(value, list):
        return [_scalar(element, f"{path}[{place}]") for place, element in enumerate(value)]
    return _scalar(value, path)


def _scalar(value: Any, path: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return parsing.text(value, path)
    return parsing.decimal(value, path, "a text, number, flag or an array of them")


def _given(value: Any) -> Any:
    """A term as it was given; exact numbers become JSON numbers."""
    if isinstance(value, list):
        return [_given(element) for element in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else float(value)
    return value


MEASURE = Measure(
    code="critical_terms_match",
    title="Critical terms match",
    summary="Whether the terms of instrument and item agree, term by term, within tolerances.",
    inputs=(
        Input(
            "item",
            "object",
            "",
            "Terms of the item by name: texts, ISO dates, numbers, flags, or arrays of them",
        ),
        Input("instrument", "object", "", "Terms of the instrument by the same names"),
        Input(
            "tolerances",
            "object",
            "as term",
            "By term: the largest difference of numbers, days for dates",
            default={},
        ),
    ),
    results=(
        Result("name", "", "Name of the term", kind="text", parent="terms"),
        Result("item", "as term", "The item's", kind="text", parent="terms"),
        Result("instrument", "as term", "The instrument's", kind="text", parent="terms"),
        Result("matched", "", "Whether they agree; null where one is missing", kind="flag", parent="terms"),
        Result("status", "", "MATCHED, NOT_MATCHED, or INCONCLUSIVE where a term is missing", kind="text"),
    ),
    formula="equal, or |item − instrument| ≤ tolerance",
    reference="rules section 4; IFRS 9 B6.4.14",
    example={
        "item": {"currency": "USD", "settlement_date": "2026-03-31", "notional": 1000000},
        "instrument": {"currency": "USD", "settlement_date": "2026-04-02", "notional": 1000000},
        "tolerances": {"settlement_date": 5},
    },
    example_result={
        "terms": [
            {"name": "currency", "item": "USD", "instrument": "USD", "matched": True},
            {"name": "settlement_date", "item": "2026-03-31", "instrument": "2026-04-02", "matched": True},
            {"name": "notional", "item": 1000000, "instrument": 1000000, "matched": True},
        ],
        "status": "MATCHED",
    },
    used_in="Calculators: terms before a designation",
    formula_of=_calculate,
)
