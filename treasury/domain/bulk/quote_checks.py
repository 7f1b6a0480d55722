"""Rows of market quotes held against what a quote may be; the constraints of the book say the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from treasury.domain.bulk.rows import Field, RowProblem, Rows
from treasury.domain.market_quotes import DECIMALS
from treasury.enums import QuoteKind
from treasury.kernel import dates, parsing
from treasury.kernel.errors import InputError
from treasury.models.market_data import SIGNED_KINDS

FIELDS = (
    Field("kind", "What is quoted.", required=True, choices=tuple(QuoteKind.values), example="FX_SPOT"),
    Field("symbol", "Of the market: a pair, a currency, an index, a contract or a party.", required=True,
          example="EURUSD"),
    Field("tenor", "SPOT, ON, TN, SN, or like 3M and 2Y; not given: SPOT.", example="SPOT"),
    Field("moneyness", "Strike over forward of a volatility; not given: at the money, or no volatility.", "decimal"),
    Field("quote_date", "Business date of the quote.", "date", True, example="2026-10-30"),
    Field("value", "Rates, spreads and volatilities as fractions a year; prices in quote currency.", "decimal", True,
          example="1.0842"),
    Field("source", "Who quotes it.", required=True, example="ECB"),
    Field("is_synthetic", "Derived by a documented model, not observed; not given: false.", "boolean"),
)  # fmt: skip
_TENOR = re.compile(r"SPOT|ON|TN|SN|[1-9][0-9]{0,3}[DWMY]", re.ASCII)
_TO_A_TENOR = (QuoteKind.DEPOSIT_RATE, QuoteKind.SWAP_RATE, QuoteKind.FORWARD_POINTS)
#: Digits before the point: NUMERIC(20, 10).
_DIGITS = 10
_LONGEST = 20


class Quote(NamedTuple):
    kind: str
    symbol: str
    tenor: str
    moneyness: Decimal | None
    quote_date: date
    value: Decimal
    source: str
    is_synthetic: bool


def check(rows: Rows) -> tuple[dict[int, Quote], dict[int, list[RowProblem]]]:
    """By index the quotes, and what is wrong with the other rows."""
    columns = [rows.column(one.name) for one in FIELDS]
    found: dict[int, Quote] = {}
    wrong: dict[int, list[RowProblem]] = {}
    seen: dict[tuple[object, ...], int] = {}
    for place, cells in zip(rows.places, zip(*columns, strict=True), strict=True):
        problems: list[RowProblem] = []
        one = quote(problems, *cells)
        if one is not None:
            key = (*one[:5], one.source)
            if key in seen:
                problems.append(
                    RowProblem("symbol", "duplicate", f"each quote once; it is row {seen[key]} already")
                )
            seen.setdefault(key, place)
        if problems or one is None:
            wrong[place] = problems
        else:
            found[place] = one
    return found, wrong


def quote(
    problems: list[RowProblem], kind: str, symbol: str, tenor: str, moneyness: str, day: str, value: str, source: str,
    synthetic: str,
) -> Quote | None:  # fmt: skip
    tenor = tenor or "SPOT"
    if kind not in QuoteKind.values:
        _add(problems, "kind", "unknown_kind", "one of " + ", ".join(QuoteKind.values), kind)
    for name, text in (("symbol", symbol), ("source", source)):
        if not text or len(text) > _LONGEST or not text.isprintable():
            _add(problems, name, "missing" if not text else "wrong_text", f"1 to {_LONGEST} characters", text)
    if not _TENOR.fullmatch(tenor) or (tenor == "SPOT" and kind in _TO_A_TENOR):
        _add(problems, "tenor", "wrong_tenor", "a tenor such as 3M, or SPOT where the kind has it", tenor)
    if synthetic not in ("", "true", "false"):
        _add(problems, "is_synthetic", "wrong_type", "true or false", synthetic)
    number, share = (
        _number("value", value, problems),
        _number("moneyness", moneyness, problems, may_lack=True),
    )
    if number is not None and number <= 0 and kind not in SIGNED_KINDS:
        _add(problems, "value", "not_positive", "a number above zero", value)
    if share is not None and (share <= 0 or kind != QuoteKind.IMPLIED_VOLATILITY):
        _add(problems, "moneyness", "wrong_moneyness", "a number above zero, of a volatility only", moneyness)
    quote_date = _day(day, problems)
    if problems or number is None or quote_date is None:
        return None
    return Quote(kind, symbol, tenor, share, quote_date, number, source, synthetic == "true")


def _number(name: str, text: str, problems: list[RowProblem], *, may_lack: bool = False) -> Decimal | None:
    if not text and may_lack:
        return None
    expected = f"a decimal with at most {DECIMALS} decimals"
    try:
        found = parsing.decimal(text, name, expected) if "e" not in text.lower() else None
    except InputError:
        found = None
    if found is None or abs(found) >= 10**_DIGITS or found != round(found, DECIMALS):
        _add(problems, name, "not_a_number" if text else "missing", expected, text)
        return None
    return found


def _day(text: str, problems: list[RowProblem]) -> date | None:
    try:
        found = dates.day(text)
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2199:
        _add(problems, "quote_date", "not_a_date" if text else "missing", "a date such as 2026-10-30", text)
        return None
    return found


def _add(problems: list[RowProblem], name: str, code: str, expected: str, got: str) -> None:
    problems.append(RowProblem(name, code, expected, got))
