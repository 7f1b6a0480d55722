"""What is shown of a quote by hand: its number in the market's unit and in the book's, beside the one that stood."""

from __future__ import annotations

from django.urls import reverse

from treasury.enums import QuoteKind
from treasury.models import MarketQuote
from treasury.web import formats, words
from treasury.web.quote_units import QuoteUnit, unit_of
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table


def waiting(scope: Scope, rows: list[dict], person_id: int) -> Table:
    """Values that nobody has decided on."""

    def address(row: dict) -> str:
        return scope.link(reverse("manual-quote", args=[row["id"]]))

    columns = [
        Column("symbol", "Symbol", link=address),
        Column("kind", "Kind", "label"),
        Column("tenor", "Tenor"),
        Column("quote_date", "Date", "day"),
        Column("value", "Value", cell=lambda row: unit_of(row["kind"], row["symbol"]).said(row["value"])),
        Column(
            "before", "Instead of", cell=lambda row: unit_of(row["kind"], row["symbol"]).said(row["before"])
        ),
        Column("source", "Who says so"),
        Column("author_name", "Proposed by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column(
            "whose",
            "Whose turn",
            cell=lambda row: (
                "another person's" if row["author_id"] == person_id else "yours, if you decide here"
            ),
        ),
    ]
    return Table(columns, rows, caption="Quotes by hand that wait", short=True,
                 empty="No quote waits.", next_step="Record or correct a quote; another person decides on it.",
                 row_link=address)  # fmt: skip


def head(row: dict) -> list[tuple[str, object]]:
    unit = unit_of(row["kind"], row["symbol"])
    change = row["value"] - row["before"] if row["before"] is not None else None
    said = [
        ("What", f"{words.label(row['kind'])} of {row['symbol']}"),
        ("Tenor", _tenor(row["tenor"], row["moneyness"], row["kind"])),
        ("Date", formats.day(row["quote_date"])),
        ("Value", unit.said(row["value"])),
        ("Instead of", f"{unit.said(row['before'])}, {row['before_source']}" if change is not None else ""),
        ("Difference", unit.said(change) if change is not None else ""),
        ("As the book keeps it", formats.rate(row["value"]) if unit.one != 1 else ""),
        ("Who says so", row["source"]),
        ("Reason", row["change_reason"]),
        ("Proposed by", row["author_name"] or "system"),
        ("Proposed at (UTC)", formats.moment(row["recorded_at"])),
        ("Digest", row["content_digest"]),
    ]
    return [(name, value) for name, value in said if value]


def before(quote: MarketQuote, unit: QuoteUnit) -> list[tuple[str, object]]:
    """The quote that is to be corrected."""
    return [
        ("Tenor", _tenor(quote.tenor, quote.moneyness, quote.kind)),
        ("Date", formats.day(quote.quote_date)),
        ("Stands at", unit.said(quote.value)),
        ("Source", quote.source),
    ]


def _tenor(tenor: str, moneyness: object, kind: str) -> str:
    if kind != QuoteKind.IMPLIED_VOLATILITY:
        return tenor
    strike = "at the money" if moneyness is None else f"at {formats.percent(moneyness)} of the forward"
    return f"{tenor}, {strike}"
