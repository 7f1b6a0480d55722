"""Spot rates from their quotes: the pair itself, its inverse, or two pairs through a currency that both have."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.origins import of_quotes
from hedges.domain.explanation.parts import MARKET, Given, Source, Step
from hedges.domain.explanation.steps import arithmetic
from treasury.enums import QuoteKind, RiskKind
from treasury.queries.quotes_used import of_pairs, of_series
from treasury.queries.rows import Row

SAME = 1e-12


def risk_spot(case: Case, risk_id: int, day: date | None = None) -> Step:
    """Quote currency per unit of a risk's base, from the quotes of the snapshot."""
    risk = case.sealed.reference.risks[risk_id]
    on = day or case.day
    look = case.sealed.lookup
    place = look.position(np.array([risk_id]))
    held = float(look.spot(place, np.array([on.toordinal()]))[0])
    title = f"Spot rate of {risk['code']} on {on}"
    if risk["kind"] == RiskKind.RATE_INDEX:
        return arithmetic(title, "1: the risk is counted in the currency of its principal", 1.0)
    if risk["kind"] != RiskKind.CURRENCY_PAIR:
        rows = case.quotes(of_series([QuoteKind.PRICE], [risk["market_symbol"]]), on)
        rows = [row for row in rows if row["tenor"] == "SPOT"]
        price = float(rows[0]["value"]) if rows else None
        return arithmetic(title, "the price as quoted", price, [_of(row) for row in rows])
    return cross(case, risk["base_unit_id"], risk["quote_currency_id"], on, held, title)


def conversion(case: Case, risk_id: int, functional: str) -> Step:
    """Functional currency per unit of the risk's quote currency."""
    quote = case.sealed.reference.risks[risk_id]["quote_currency_id"]
    look = case.sealed.lookup
    places = look.market.spot.index([quote, functional])
    held = float(look.market.cross(np.array([case.today]), places[:1], places[1:])[0])
    return cross(case, quote, functional, case.day, held, f"{functional} per {quote} on {case.day}")


def cross(case: Case, base: str, quote: str, on: date, held: float, title: str) -> Step:
    """The way from one currency to the other whose product is what the market holds."""
    if base == quote:
        return arithmetic(title, "1: one currency", 1.0)
    rows = case.quotes(of_pairs([base, quote]), on)
    for way in _ways(rows, base, quote):
        rate = _rate(way)
        if abs(rate - held) <= SAME * abs(held):
            return arithmetic(title, _formula(way), rate, [_of(row) for row, _ in way])
    if np.isnan(held):
        source = Source(MARKET, f"no quote on or before the date leads from {base} to {quote}")
        return arithmetic(title, "not quoted", None, [Given("spot_rate", None, source)])
    source = Source(MARKET, "through other currencies of the sealed market")
    return arithmetic(
        title, "the rate that the sealed market holds", held, [Given("spot_rate", held, source)]
    )


def spot_given(name: str, step: Step) -> Given:
    """A spot rate as the input of a measure: its quotes are its source."""
    ids = [quote for one in step.given for quote in one.source.refers_to.get("quote_ids", [])]
    words = "; ".join(one.source.text for one in step.given) or step.formula
    if step.given and step.formula not in words:
        words = f"{step.formula}: {words}"
    return Given(name, step.result, Source(MARKET, words, {"quote_ids": ids}))


def _ways(rows: list[Row], base: str, quote: str) -> list[list[tuple[Row, bool]]]:
    """Pairs from base to quote, each with whether it is turned round: directly, or through one other currency."""
    legs: dict[tuple[str, str], tuple[Row, bool]] = {}
    for row in rows:
        first, second = row["symbol"][:3], row["symbol"][3:]
        legs[first, second], legs[second, first] = (row, False), (row, True)
    direct = [[legs[base, quote]]] if (base, quote) in legs else []
    middle = sorted({to for start, to in legs if start == base and (to, quote) in legs})
    return direct + [[legs[base, via], legs[via, quote]] for via in middle]


def _rate(way: list[tuple[Row, bool]]) -> float:
    rate = 1.0
    for row, turned in way:
        rate = rate / float(row["value"]) if turned else rate * float(row["value"])
    return rate


def _formula(way: list[tuple[Row, bool]]) -> str:
    text = " × ".join(f"1 / {row['symbol']}" if turned else str(row["symbol"]) for row, turned in way)
    return text


def _of(row: dict[str, Any]) -> Given:
    return Given(row["symbol"], float(row["value"]), of_quotes([row]))
