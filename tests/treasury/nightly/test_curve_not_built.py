"""Quotes that fit no curve: the values that need it are null and say why, and the night goes on."""

from decimal import Decimal

import pytest

from hedges.models import ValuationResult
from tests.factories import book, hedged, market
from treasury.domain import market_quotes
from treasury.models import MarketQuote, RateCurve

pytestmark = pytest.mark.django_db


def test_a_night_with_absurd_quotes_is_published_without_the_values_that_need_them() -> None:
    market.record()
    market.record(*market.rates("EUR", weeks=3))
    market.record(*market.rates("USD", weeks=1, deposit="-9", swap="-5"))
    hedged.hedged_book(1)
    run = hedged.night()
    assert run.status == "PUBLISHED"
    failed = RateCurve.objects.exclude(problem="")
    assert [(curve.symbol, curve.quote_date) for curve in failed] == [("USD", book.TODAY)]
    assert failed[0].node_days == []
    value = ValuationResult.objects.get(run=run)
    assert (value.present_value, value.status) == (None, "UNDEFINED")
    assert value.reasons == ["curve_not_built"]
    assert value.spot_rate is not None

    # Put right, the next revision has its values.
    for quote in MarketQuote.objects.filter(symbol="USD", kind__in=["DEPOSIT_RATE", "SWAP_RATE"]):
        market_quotes.correct(quote=quote, value=Decimal("0.04"), source="TEST", actor=None, reason="absurd")
    again = hedged.night(new_revision=True)
    assert ValuationResult.objects.get(run=again).status == "OK"
