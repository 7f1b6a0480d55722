"""A curve is bootstrapped once for its quotes, stored, and read by every process that looks at the sealed market."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.db import transaction

from tests.factories import book, hedged, market
from treasury.domain import market_quotes, rate_curves
from treasury.models import CalculationRun, MarketQuote, RateCurve
from treasury.quant.curves.bootstrap import build_curves
from treasury.quant.curves.needs import curve_needs
from treasury.quant.market import Market
from treasury.queries import market as market_reads
from treasury.queries import rate_curves as curve_reads

pytestmark = pytest.mark.django_db
WEEKS = 8


@pytest.fixture(autouse=True)
def _book() -> None:
    market.record()
    market.record(*market.rates(weeks=WEEKS))
    hedged.hedged_book(1)


def read_again(run: CalculationRun) -> Market:
    """The market of a run as another process sees it: nothing of it is kept here."""
    market_reads._remembered.clear()
    market_reads._read_market.cache_clear()
    curve_reads._kept.clear()
    run.refresh_from_db()
    assert run.market_data_snapshot is not None
    return market_reads.market_of(run.market_data_snapshot)


def sealed_now() -> market_reads.SealedQuotes:
    return market_reads.known_quotes(
        first_quote_date=book.TODAY - timedelta(weeks=market.WEEKS),
        as_of_date=book.TODAY,
        known_at=MarketQuote.objects.latest("id").recorded_at,
    )


def euro_rates(made: Market) -> list[float]:
    """The newest zero rates of the euro."""
    place = made.curves.currencies.index("EUR")
    row = made.curves.stack_rows(made.position(book.TODAY.toordinal()))
    return list(made.curves.zero_rates[row, place])


def correct_last_swap(value: str) -> None:
    quote = MarketQuote.objects.get(kind="SWAP_RATE", symbol="EUR", tenor="5Y", quote_date=book.TODAY)
    market_quotes.correct(quote=quote, value=Decimal(value), source="TEST", actor=None, reason="Misread")


def test_a_seal_stores_one_curve_for_each_date_that_has_quotes() -> None:
    run = hedged.night()
    stored = RateCurve.objects.all()
    assert {(curve.symbol, curve.quote_date) for curve in stored} == {
        ("EUR", book.TODAY - timedelta(weeks=week)) for week in range(WEEKS)
    }
    assert {curve.event.action for curve in stored} == {"treasury.run.sealed"}
    assert all(curve.node_days and not curve.problem for curve in stored)
    assert run.status == "PUBLISHED"


def test_another_process_reads_the_same_curves_and_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    run = hedged.night()
    sealed = market_reads.market_of(CalculationRun.objects.get(pk=run.pk).market_data_snapshot)
    monkeypatch.setattr(rate_curves, "build_curves", None)
    again = read_again(run)
    assert again is not sealed
    assert np.array_equal(again.curves.zero_rates, sealed.curves.zero_rates, equal_nan=True)


def test_a_second_seal_makes_no_new_curve_and_a_corrected_quote_makes_one() -> None:
    first = hedged.night()
    before = RateCurve.objects.count()
    hedged.night(new_revision=True)
    assert RateCurve.objects.count() == before
    correct_last_swap("0.033")
    second = hedged.night(new_revision=True)
    assert RateCurve.objects.count() == before + 1
    assert RateCurve.objects.filter(symbol="EUR", quote_date=book.TODAY).count() == 2
    # Each run keeps the market that it was sealed with.
    old, new = euro_rates(read_again(first)), euro_rates(read_again(second))
    assert max(old) < 0.025 < max(new)


def test_a_stored_curve_can_be_made_again_to_the_last_digit() -> None:
    hedged.night()
    needs = curve_needs(sealed_now().quotes)
    stored = {curve.quotes_digest: curve for curve in RateCurve.objects.all()}
    made = build_curves(needs, {})
    assert set(made) == set(stored)
    for digest, curve in made.items():
        assert curve.node_days.tolist() == stored[digest].node_days
        assert curve.zero_rates.tolist() == stored[digest].zero_rates


def test_curves_of_a_seal_that_was_taken_back_are_stored_by_the_next_one() -> None:
    with transaction.atomic():
        hedged.night()
        assert RateCurve.objects.exists()
        transaction.set_rollback(True)
    assert not RateCurve.objects.exists()
    run = hedged.night()
    assert RateCurve.objects.count() == WEEKS
    read_again(run)


def test_a_process_that_keeps_no_curve_reads_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hedged.night()
    needs = curve_needs(sealed_now().quotes)
    before = curve_reads.all_of(needs)
    monkeypatch.setattr(curve_reads, "KEPT", 0)
    again = curve_reads.all_of(needs)
    assert all(one is not other for one, other in zip(before, again, strict=True))
    assert [curve.zero_rates.tolist() for curve in before] == [curve.zero_rates.tolist() for curve in again]


def test_a_market_whose_curve_is_not_stored_says_so() -> None:
    hedged.night()
    needs = [replace(need, digest="f" * 64) for need in curve_needs(sealed_now().quotes)]
    with pytest.raises(ValueError, match="8 of the 8 rate curves of this market are not stored"):
        curve_reads.all_of(needs)


def test_a_sealed_market_is_read_after_what_makes_curves_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade of QuantLib gives new curves other digests; those of old runs stand as they were sealed."""
    run = hedged.night()
    before, count = euro_rates(read_again(run)), RateCurve.objects.count()
    monkeypatch.setattr("treasury.quant.curves.needs.curve_maker", lambda: "QuantLib 99")
    monkeypatch.setattr("treasury.domain.sealing.curve_maker", lambda: "QuantLib 99")
    assert euro_rates(read_again(run)) == before
    newer = hedged.night(new_revision=True)
    assert RateCurve.objects.count() == 2 * count
    assert euro_rates(read_again(newer)) == before
