"""A market without interest, in which a dollar costs 10, from April 12 and from July 15 euros: round changes a unit."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import book, clock, market
from treasury.domain.market_quotes import QuoteRow

FIRST = date(2025, 12, 30)


def price(day: date) -> int:
    return 10 if day < date(2026, 4, 1) else 12 if day < date(2026, 7, 1) else 15


def quotes() -> Iterator[QuoteRow]:
    for number in range(35):
        day = FIRST + timedelta(days=9 * number)
        yield QuoteRow("FX_SPOT", "USDEUR", "SPOT", day, Decimal(price(day)), "TEST", True)
        for currency in ("USD", "EUR"):
            yield QuoteRow("ZERO_RATE", currency, "1Y", day, Decimal(0), "TEST", True)


@pytest.fixture(autouse=True)
def prices(request: pytest.FixtureRequest) -> None:
    """Known from the beginning."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")
    record()


def record() -> None:
    book.risk()
    with clock.at(FIRST):
        market.record(*quotes())
