"""What the book needs of the market: every quote of it, what lacks first, the same by page and API."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedges.queries import market_needs
from tests.factories import api, book, market
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
DAY = book.TODAY
FRESH = {"FX_SPOT": ("EURUSD",), "ZERO_RATE": ("EUR", "USD")}


def quotes(day: date, kinds: dict[str, tuple[str, ...]] = FRESH) -> None:
    market.record(*[
        market._quote(kind, symbol, "SPOT" if kind in ("FX_SPOT", "CREDIT_SPREAD") else "1Y", day, Decimal("1.1"))
        for kind, symbols in kinds.items() for symbol in symbols
    ])  # fmt: skip


@pytest.fixture
def entity():
    """An exposure in dollars and a forward with a bank."""
    made, risk = book.entity(), book.risk()
    book.exposure(of=made, risk=risk)
    book.forward(of=made, risk=risk)
    return made


def found(entity, **told) -> dict[tuple[str, str], tuple[str, int, int]]:
    rows = market_needs.needs(entity_ids=[entity.pk], on=told.pop("on", DAY), **told)
    return {(row["what"], row["name"]): (row["state"], row["instruments"], row["exposures"]) for row in rows}


def test_everything_is_missing_in_an_empty_market(entity) -> None:
    rows = found(entity)
    party = next(name for what, name in rows if what == "CREDIT_SPREAD" and name != entity.code)
    missing = market_needs.MISSING
    assert rows == {
        ("FX_SPOT", "USD"): (missing, 1, 1), ("FX_SPOT", "EUR"): (missing, 1, 1),
        ("INTEREST_RATES", "EUR"): (missing, 1, 0), ("INTEREST_RATES", "USD"): (missing, 1, 0),
        ("CREDIT_SPREAD", party): (missing, 1, 0), ("CREDIT_SPREAD", entity.code): (missing, 1, 0),
    }  # fmt: skip


def test_a_quote_is_fresh_up_to_the_limit_and_then_too_old(entity) -> None:
    quotes(DAY)
    limit = market_needs.needs(entity_ids=[entity.pk], on=DAY)[0]["days"]
    at_it, beyond = DAY + timedelta(days=limit), DAY + timedelta(days=limit + 1)
    for on, state in ((DAY, market_needs.FRESH), (at_it, market_needs.FRESH), (beyond, market_needs.STALE)):
        assert found(entity, on=on)["FX_SPOT", "USD"][0] == state
    assert found(entity, on=DAY - timedelta(days=1))["FX_SPOT", "USD"][0] == market_needs.MISSING


def test_what_is_not_known_yet_is_missing(entity) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        before = cursor.fetchone()[0]
    quotes(DAY)
    assert found(entity, known_at=before)["INTEREST_RATES", "USD"][0] == market_needs.MISSING
    assert found(entity)["INTEREST_RATES", "USD"][0] == market_needs.FRESH


def test_a_stranger_s_book_needs_nothing_here(entity) -> None:
    assert found(book.entity()) == {}


def test_the_page_and_the_api_say_the_same_and_what_to_do(entity) -> None:
    quotes(DAY)
    page = signed_in("TREASURER").get(reverse("market-needs"), {"as_of": str(DAY)}).content.decode()
    assert "Credit spread of" in page and f"Credit spread of {entity.code}" in page
    assert "Spot rate of USD" not in page and f"kind=CREDIT_SPREAD&amp;symbol={entity.code}" in page
    every = (
        signed_in("TREASURER")
        .get(reverse("market-needs"), {"as_of": str(DAY), "show": "all"})
        .content.decode()
    )
    assert "Spot rate of USD" in every
    told = api.by_token("AUDITOR").read("market-needs/", as_of=str(DAY))
    assert (told["missing"], told["stale"], len(told["results"])) == (2, 0, 6)
    one = api.by_token("AUDITOR").read("market-needs/", as_of=str(DAY), state="MISSING")
    assert {row["what"] for row in one["results"]} == {"CREDIT_SPREAD"}


def test_the_page_asks_as_often_for_three_as_for_one(entity) -> None:
    client = signed_in("TREASURER")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("market-needs"), {"as_of": str(DAY)})
        return len(queries)

    asked()
    one = asked()
    for _ in range(2):
        other = book.entity()
        book.forward(of=other, risk=book.risk())
    assert asked() == one
