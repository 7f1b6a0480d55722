"""The pages of a quote by hand: typed in the market's unit, sent, decided on by another person."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import book, market
from tests.factories.web import signed_in
from treasury.models import ManualQuoteVersion, MarketQuote
from treasury.web.quote_units import unit_of

pytestmark = pytest.mark.django_db
FIELDS = {"quote_date": "2026-10-30", "source": "A BANK", "reason": "the feed had a gap"}


def sent(client, asked: str, **told: str):
    return client.post(reverse("quote-new") + asked, FIELDS | told, follow=True)


@pytest.mark.parametrize(
    ("asked", "typed", "stored"),
    [
        ("kind=FX_SPOT&symbol=eurusd", {"value": "1,0842"}, "1.0842"),
        ("kind=SWAP_RATE&symbol=EUR", {"value": "2.51", "tenor": "7y"}, "0.0251"),
        ("kind=FORWARD_POINTS&symbol=EURUSD", {"value": "-12.5", "tenor": "3M"}, "-0.00125"),
        ("kind=FORWARD_POINTS&symbol=EURJPY", {"value": "-12.5", "tenor": "3M"}, "-0.125"),
        ("kind=IMPLIED_VOLATILITY&symbol=EURUSD", {"value": "8", "tenor": "1Y", "moneyness": "1.05"}, "0.08"),
    ],
)
def test_a_number_is_typed_as_the_market_quotes_it(asked: str, typed: dict[str, str], stored: str) -> None:
    answer = sent(signed_in("TREASURER"), f"?{asked}", **typed)
    assert "Sent for approval" in answer.content.decode()
    version = ManualQuoteVersion.objects.get()
    assert version.value == Decimal(stored)
    assert not MarketQuote.objects.exists()


def test_one_corrects_and_another_one_agrees() -> None:
    market.record(market._quote("FX_SPOT", "EURUSD", "SPOT", book.TODAY, Decimal("1.08")))
    wrong = MarketQuote.objects.get()
    treasurer, approver = signed_in("TREASURER"), signed_in("APPROVER")
    page = treasurer.get(reverse("market"), {"as_of": "2026-10-30"}).content.decode()
    assert f"corrects={wrong.pk}" in page
    sent(treasurer, f"?corrects={wrong.pk}", value="1.0842")
    version = ManualQuoteVersion.objects.get()
    address = reverse("manual-quote", args=[version.pk])
    assert "another person decides" in treasurer.get(address).content.decode()
    assert "Market quotes by hand" in approver.get(reverse("approvals")).content.decode()
    shown = approver.get(address).content.decode()
    assert "1.0842 USD per 1 EUR" in shown and "Make this the quote that counts" in shown
    said = {"digest": version.content_digest, "decision": "APPROVED"}
    approver.post(reverse("manual-quote-decide", args=[version.pk]), said)
    assert MarketQuote.objects.get(corrects=wrong).value == Decimal("1.0842")
    assert (
        f"corrects={wrong.pk}"
        not in treasurer.get(reverse("market"), {"as_of": "2026-10-30"}).content.decode()
    )
    assert treasurer.get(reverse("quote-new"), {"corrects": wrong.pk}).status_code == 404


def test_a_rejection_needs_its_reason() -> None:
    sent(signed_in("TREASURER"), "?kind=FX_SPOT&symbol=EURUSD", value="1.0842")
    version = ManualQuoteVersion.objects.get()
    said = {"digest": version.content_digest, "decision": "REJECTED"}
    answer = signed_in("APPROVER").post(reverse("manual-quote-decide", args=[version.pk]), said)
    assert answer.status_code == 422
    assert "Say why it is rejected" in answer.content.decode()


def test_what_is_wrong_stands_at_its_field() -> None:
    client = signed_in("TREASURER")
    answer = sent(client, "?kind=FX_SPOT&symbol=EURUSD", value="one")
    assert answer.status_code == 422 and "Expected a number like 1.0842" in answer.content.decode()
    answer = sent(client, "?kind=CREDIT_SPREAD&symbol=NOBODY", value="120")
    assert "the code of a counterparty, or of an entity whose hedges you prepare" in answer.content.decode()
    assert not ManualQuoteVersion.objects.exists()


def test_a_reader_records_nothing() -> None:
    client = signed_in("AUDITOR")
    assert client.get(reverse("quote-new")).status_code == 403
    assert "Record a quote" not in client.get(reverse("market")).content.decode()


def test_units_are_those_of_the_market() -> None:
    assert unit_of("CREDIT_SPREAD", "BANKA").said(Decimal("0.0125")) == "125.0000 basis points a year"
    assert unit_of("FX_SPOT", "EURUSD").words == "USD per 1 EUR"
    assert unit_of("SWAP_RATE", "EUR").typed(Decimal("0.0251")) == "2.51"
