"""Quotes are recorded once and corrected by a new row."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.factories import book
from treasury.domain import audit, market_quotes
from treasury.domain.refusals import Refusal
from treasury.models import MarketQuote

pytestmark = pytest.mark.django_db
ROW = ("FX_SPOT", "EURUSD", "SPOT", date(2026, 1, 2), Decimal("1.1"), "TEST", False)


def recorded():
    market_quotes.record(quotes=[ROW], actor=None)
    return MarketQuote.objects.get()


def test_a_quote_is_recorded_once():
    recorded()
    with pytest.raises(Refusal) as refusal:
        market_quotes.record(quotes=[ROW], actor=None)
    assert refusal.value.constraint == "market_quote_once"


def test_a_correction_is_a_new_row_and_only_one():
    quote = recorded()
    correction = market_quotes.correct(
        quote=quote, value=Decimal("1.01"), source="TEST", actor=book.user(), reason="Digits swapped"
    )
    assert (correction.corrects, correction.value) == (quote, Decimal("1.01"))
    with pytest.raises(Refusal, match="corrected already"):
        market_quotes.correct(
            quote=quote, value=Decimal("1.02"), source="TEST", actor=book.user(), reason="Again"
        )
    assert MarketQuote.objects.get(pk=quote.pk).value == Decimal("1.1")


def test_a_correction_is_of_the_same_series_and_date():
    quote = recorded()
    with (
        pytest.raises(DatabaseError, match="same kind, symbol, tenor and date"),
        transaction.atomic(),
        audit.action("test.forged", actor=None),
    ):
        MarketQuote.objects.create(
            kind="FX_SPOT",
            symbol="GBPUSD",
            quote_date=quote.quote_date,
            value=Decimal(1),
            source="TEST",
            is_synthetic=False,
            corrects=quote,
        )


def test_a_quote_is_not_rounded():
    with pytest.raises(Refusal, match="value: expected at most 10 decimals"):
        market_quotes.record(quotes=[(*ROW[:4], Decimal("1.00000000001"), *ROW[5:])], actor=None)
    assert not MarketQuote.objects.exists()
