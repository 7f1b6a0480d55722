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


DAY = date(2026, 1, 2)


def put(kind, symbol, tenor, value, moneyness=None):
    row = market_quotes.QuoteRow(kind, symbol, tenor, DAY, Decimal(value), "TEST", True, moneyness)
    return market_quotes.record(quotes=[row], actor=None)


def test_a_smile_has_one_quote_for_each_strike():
    put("IMPLIED_VOLATILITY", "EURUSD", "1Y", "0.08")
    put("IMPLIED_VOLATILITY", "EURUSD", "1Y", "0.085", Decimal("0.95"))
    for moneyness in (None, Decimal("0.950")):
        with pytest.raises(Refusal) as refusal:
            put("IMPLIED_VOLATILITY", "EURUSD", "1Y", "0.09", moneyness)
        assert refusal.value.constraint == "market_quote_once"


def test_a_correction_stays_at_its_strike():
    put("IMPLIED_VOLATILITY", "EURUSD", "1Y", "0.085", Decimal("0.95"))
    quote = MarketQuote.objects.get()
    correction = market_quotes.correct(
        quote=quote, value=Decimal("0.084"), source="TEST", actor=None, reason="Misread"
    )
    assert correction.moneyness == Decimal("0.95")
    with (
        pytest.raises(DatabaseError, match="same kind, symbol, tenor and date"),
        transaction.atomic(),
        audit.action("test.forged", actor=None),
    ):
        MarketQuote.objects.create(
            kind="IMPLIED_VOLATILITY",
            symbol="EURUSD",
            tenor="1Y",
            quote_date=DAY,
            value=Decimal("0.1"),
            source="TEST",
            is_synthetic=True,
            corrects=correction,
        )


@pytest.mark.parametrize("moneyness", ["0", "-0.9", "NaN", "1.00000000001"])
def test_moneyness_is_a_positive_number(moneyness):
    with pytest.raises(Refusal, match=r"moneyness|Moneyness|is_a_number"):
        put("IMPLIED_VOLATILITY", "EURUSD", "1Y", "0.08", Decimal(moneyness))


def test_only_a_volatility_has_a_moneyness():
    with pytest.raises(Refusal, match="only a volatility has one"):
        put("FX_SPOT", "EURUSD", "SPOT", "1.1", Decimal("0.95"))


@pytest.mark.parametrize("kind", ["DEPOSIT_RATE", "SWAP_RATE", "FORWARD_POINTS", "ZERO_RATE"])
def test_rates_and_points_may_be_negative_and_are_numbers(kind):
    put(kind, "EURUSD" if kind == "FORWARD_POINTS" else "EUR", "1Y", "-0.005")
    with pytest.raises(Refusal, match="is_a_number"):
        put(kind, "CHF", "1Y", "NaN")


@pytest.mark.parametrize(
    ("kind", "tenor", "constraint"),
    [
        ("DEPOSIT_RATE", "SPOT", "market_quote_to_a_tenor"),
        ("FORWARD_POINTS", "SPOT", "market_quote_to_a_tenor"),
        ("SWAP_RATE", "5", "market_quote_tenor"),
        ("SWAP_RATE", "0Y", "market_quote_tenor"),
        ("ZERO_RATE", "y", "market_quote_tenor"),
    ],
)
def test_a_tenor_is_one_that_the_night_can_read(kind, tenor, constraint):
    with pytest.raises(Refusal) as refusal:
        put(kind, "EUR", tenor, "0.02")
    assert refusal.value.constraint == constraint
