"""Where inputs come from, in words and ids: versions of the book, rule packs and bands, quotes of the market."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hedges.domain.explanation.parts import BOOK, MARKET, POLICY, Source, Step
from hedges.domain.explanation.written import number
from treasury.queries.rows import Row

QUOTES_SHOWN = 12


def of_version(thing: str, row: Row | None, term: str = "") -> Source:
    """`strike_rate` of version 2 of instrument FX-12, approved by anna on 2026-01-05."""
    if row is None:
        return Source(BOOK, f"the {thing}'s version of the sealed book")
    said = f"version {row['version_number']} of {thing} {row['name']}"
    if by := row.get("approval__decided_by__username"):
        said += f", approved by {by} on {row['approval__recorded_at']:%Y-%m-%d}"
    if term:
        said = f"{term}: {said}"
    return Source(BOOK, said, {f"{thing.replace(' ', '_')}_version_id": row["id"]})


def of_pack(pack: dict[str, Any], limit: str) -> Source:
    """A limit of the rule pack."""
    return Source(
        POLICY, f"{limit} of rule pack {pack['code']}", {"rule_pack_id": pack["id"], "limit": limit}
    )


def of_quotes(rows: Iterable[Row], said: str = "") -> Source:
    """The quotes that a number was read from or interpolated between."""
    found = list(rows)
    parts = [quote_words(row) for row in found[:QUOTES_SHOWN]]
    if len(found) > QUOTES_SHOWN:
        parts.append(f"and {len(found) - QUOTES_SHOWN} more")
    words = "; ".join(parts) or "no quote on or before the date"
    return Source(MARKET, f"{said}: {words}" if said else words, {"quote_ids": [row["id"] for row in found]})


def from_rate(step: Step) -> Source:
    """A rate that was worked out from others, as the source of an input: the sum, then the quotes of each factor."""
    said = f"{step.formula}: {step.written}" if step.written else step.formula
    parts = joined(
        Source(one.source.kind, f"{one.name}: {one.source.text}", one.source.refers_to) for one in step.given
    )
    return Source(MARKET, f"{said}; {parts.text}" if parts.text else said, parts.refers_to)


def joined(sources: Iterable[Source], said: str = "") -> Source:
    """Several sources as one: their words one after the other, each quote's id once."""
    found = list(sources)
    words = "; ".join(dict.fromkeys(one.text for one in found if one.text))
    ids = [quote for one in found for quote in one.refers_to.get("quote_ids", [])]
    text = f"{said}: {words}" if said and words else said or words
    return Source(MARKET, text, {"quote_ids": list(dict.fromkeys(ids))})


def quote_words(row: Row) -> str:
    """EURUSD 1.0982 of 2026-10-30 (ECB), recorded 2026-10-30 16:15 UTC."""
    tenor = "" if row["tenor"] == "SPOT" else f" {row['tenor']}"
    strike = (
        f" at {number(plain_rate(row['moneyness']))} of the forward" if row["moneyness"] is not None else ""
    )
    made = ", synthetic" if row["is_synthetic"] else ""
    value = number(plain_rate(row["value"]))
    said = f"{row['symbol']}{tenor}{strike} {value} of {row['quote_date']} ({row['source']}{made})"
    return f"{said}, recorded {row['recorded_at']:%Y-%m-%d %H:%M} UTC"


def plain_rate(value: Decimal | None) -> Decimal | None:
    """A stored rate without its idle zeros."""
    return None if value is None else Decimal(format(value.normalize(), "f"))
