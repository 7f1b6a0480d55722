"""The digest of a sealed market is over its quotes as they are stored, strikes and the last decimal included."""

from decimal import Decimal

import pytest

from tests.factories import book, hedged
from treasury.domain import market_quotes
from treasury.models import MarketQuote
from treasury.queries import market as market_reads

pytestmark = pytest.mark.django_db


def sealed_with(value: str, moneyness: str | None = None) -> market_reads.SealedQuotes:
    kind = "PRICE" if moneyness is None else "IMPLIED_VOLATILITY"
    row = market_quotes.QuoteRow(
        kind,
        "EURUSD",
        "1Y",
        book.TODAY,
        Decimal(value),
        "TEST",
        True,
        None if moneyness is None else Decimal(moneyness),
    )
    market_quotes.record(quotes=[row], actor=None)
    newest = MarketQuote.objects.latest("id")
    return market_reads.sealed_quotes(
        first_quote_date=book.TODAY, as_of_date=book.TODAY, known_at=newest.recorded_at
    )


def test_a_decimal_that_no_float_tells_apart_is_in_the_digest() -> None:
    one, other = "1234567890.1234567891", "1234567890.1234567892"
    assert float(one) == float(other)
    sealed = sealed_with(one)
    rows = market_reads._refreshed(book.TODAY)
    changed = rows | {"decimals": rows["decimals"] + 1}
    assert rows["whole"][-1] == 1234567890
    assert rows["decimals"][-1] == 1234567891
    assert market_reads._digest(rows) == sealed.digest != market_reads._digest(changed)


def test_every_strike_is_a_series_of_its_own() -> None:
    sealed_with("0.09", "0.95")
    found = sealed_with("0.08", "1.05")
    assert sorted(found.quotes.series) == [
        ("IMPLIED_VOLATILITY", "EURUSD", "1Y", Decimal("0.95")),
        ("IMPLIED_VOLATILITY", "EURUSD", "1Y", Decimal("1.05")),
    ]
    assert found.quote_count == 2


def test_a_negative_rate_keeps_its_sign_in_the_digest() -> None:
    """The two halves of a number between −1 and 0 are 0 and its negative decimals."""
    market_quotes.record(
        quotes=[("ZERO_RATE", "CHF", "1Y", book.TODAY, Decimal("-0.0075"), "TEST", True)], actor=None
    )
    rows = market_reads._refreshed(book.TODAY)
    assert (rows["whole"][-1], rows["decimals"][-1]) == (0, -75_000_000)


def test_a_run_names_the_libraries_under_its_curves() -> None:
    hedged.market.record(*hedged.market.quotes(weeks=1))
    assert "quantlib" in hedged.night().library_versions
