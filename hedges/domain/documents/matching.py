"""What the book has of a document's trade: by its reference, else by counterparty, dates and amounts, field by field.

A candidate by terms has the same kind and counterparty, and the same value date or trade date or amount. Rates of one
pair the other way round are the same within 0.01 %, as banks round them; everything else is compared exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from hedges.domain.documents.book_terms import from_version, inverse, turned
from hedges.domain.documents.fpml_fx import TOLERANCE
from hedges.domain.documents.trade import Trade, as_json
from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.domain.refusals import Refusal
from treasury.models import Counterparty

BY_REFERENCE, BY_TERMS = "REFERENCE", "TERMS"
MOST = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """`document` and `book` as JSON: decimals and dates as strings, None where one of them has no such term."""

    field: str
    document: Any
    book: Any


@dataclass(frozen=True, slots=True)
class Match:
    version: InstrumentVersion
    by: str
    differences: tuple[Difference, ...]


def matches(
    trade: Trade,
    counterparty: Counterparty,
    by_reference: Sequence[InstrumentVersion],
    by_terms: Sequence[InstrumentVersion],
) -> list[Match]:
    """Those of the reference, else the candidates by terms, the fewest differences first."""
    by = BY_REFERENCE if by_reference else BY_TERMS
    found = []
    for version in by_reference or by_terms:
        differences = compared(trade, counterparty, version)
        if differences is not None:
            found.append(Match(version, by, differences))
    return sorted(found, key=lambda match: (len(match.differences), match.version.instrument_id))[:MOST]


def compared(
    trade: Trade, counterparty: Counterparty, version: InstrumentVersion
) -> tuple[Difference, ...] | None:
    """None where the book's trade has no place in a document."""
    try:
        recorded = from_version(version)
    except Refusal:
        return None
    found = list(differences(trade, recorded))
    if version.counterparty != counterparty:
        found.append(Difference("counterparty", counterparty.code, str(version.counterparty or "")))
    return tuple(found)


def differences(document: Trade, book: Trade) -> tuple[Difference, ...]:
    book = _same_way_round(document, book)
    return tuple(
        Difference(field.name, as_json(getattr(document, field.name)), as_json(getattr(book, field.name)))
        for field in fields(Trade)
        if getattr(document, field.name) != getattr(book, field.name)
    )


def _same_way_round(document: Trade, book: Trade) -> Trade:
    is_exchange = book.quote_currency is not None and book.kind == document.kind
    if (
        not is_exchange
        or book.base_currency == document.base_currency
        or book.base_currency != document.quote_currency
    ):
        return book
    found = turned(book)
    if book.kind == InstrumentKind.CROSS_CURRENCY_SWAP:
        return found
    return replace(
        found, rate=_rounded(book.rate, document.rate), near_rate=_rounded(book.near_rate, document.near_rate)
    )


def _rounded(rate: Decimal | None, told: Decimal | None) -> Decimal | None:
    """The rate of the book the other way round; the document's where both are the same but for rounding."""
    if not rate:
        return None
    found = inverse(rate)
    return told if told is not None and abs(found - told) <= told * TOLERANCE else found
