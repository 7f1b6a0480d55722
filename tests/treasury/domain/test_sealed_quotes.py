"""The digest of a sealed market is over its quotes as they are stored, strikes and the last decimal included."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from tests.factories import book, hedged
from treasury.domain import market_quotes
from treasury.models import MarketQuote
from treasury.queries import market as market_reads

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """What makes a transaction take back what it wrote."""


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
    return market_reads.known_quotes(
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


def test_what_a_transaction_took_back_is_not_sealed() -> None:
    kept = sealed_with("1.10")
    with pytest.raises(Undone), transaction.atomic():
        assert sealed_with("0.09", "0.95").quote_count == 2
        raise Undone
    later = MarketQuote.objects.latest("id").recorded_at + timedelta(hours=1)
    again = market_reads.known_quotes(first_quote_date=book.TODAY, as_of_date=book.TODAY, known_at=later)
    assert (again.quote_count, again.digest) == (1, kept.digest)


def test_a_correction_replaces_a_quote_and_does_not_hide_the_date_s_rates() -> None:
    market_quotes.record(
        quotes=[("FX_SPOT", "EURUSD", "SPOT", book.TODAY, Decimal("1.10"), "TEST", True)], actor=None
    )
    first = MarketQuote.objects.latest("id")
    market_quotes.correct(
        quote=first, value=Decimal("1.20"), source="TEST", actor=None, reason="typing error"
    )
    newest = MarketQuote.objects.latest("id")
    assert market_reads.has_rates(book.TODAY)
    found = market_reads.known_quotes(
        first_quote_date=book.TODAY, as_of_date=book.TODAY, known_at=newest.recorded_at
    )
    assert (found.quote_count, found.quotes.values.tolist()) == (2, [1.2])


def test_a_run_names_the_libraries_under_its_curves() -> None:
    hedged.market.record(*hedged.market.quotes(weeks=1))
    assert "quantlib" in hedged.night().library_versions


def test_outside_a_seal_a_quote_that_became_visible_late_is_seen() -> None:
    """What the process has read lacks a lower id that was still on its way: then all are read afresh."""
    sealed_with("1.10")
    sealed = sealed_with("0.09", "0.95")
    store = market_reads._store
    assert store is not None
    lacking = {name: values[1:] for name, values in store.rows.items()}
    market_reads._store = replace(store, rows=lacking)
    known_at = MarketQuote.objects.latest("id").recorded_at
    found = market_reads.known_quotes(first_quote_date=book.TODAY, as_of_date=book.TODAY, known_at=known_at)
    assert (found.quote_count, found.digest) == (sealed.quote_count, sealed.digest)
    assert market_reads._store.rows["id"].size == store.rows["id"].size, "and stay"
    market_reads._store = None


def test_what_another_thread_has_read_meanwhile_is_not_there_twice(monkeypatch) -> None:
    sealed_with("1.10")
    read_after, threads = market_reads._read_after, [1]

    def with_another_in_the_middle(*told):
        found = read_after(*told)
        if threads and threads.pop():
            known(*read)
        return found

    def known(first, last):
        at = MarketQuote.objects.latest("id").recorded_at
        return market_reads.known_quotes(first_quote_date=first, as_of_date=last, known_at=at)

    read = book.TODAY, book.TODAY
    known(*read)
    sealed_rows = MarketQuote.objects.count()
    market_quotes.record(
        quotes=[("PRICE", "EURUSD", "2Y", book.TODAY, Decimal("1.20"), "TEST", True)], actor=None
    )
    monkeypatch.setattr(market_reads, "_read_after", with_another_in_the_middle)
    known(*read)
    ids = market_reads._store.rows["id"].tolist()
    market_reads._store = None
    assert not threads
    assert len(ids) == len(set(ids)) == sealed_rows + 1
