"""Whatever the book takes as a quote, the night is published, a hedge is tested or refused in words, and every page and
read of it answers. What cannot be worked out is null with its reason.

A warning of numpy is an error in tests: an overflow that no result names would stop here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from hedges.domain.assessment import on_demand
from hedges.models import CostOfHedgingResult, HedgeRelationship, InstrumentVersion, MeasurementResult
from tests.factories import api, book, every_kind, hedged, market, web
from treasury.domain.market_quotes import QuoteRow
from treasury.domain.refusals import Refusal
from treasury.enums import RunStatus

pytestmark = pytest.mark.django_db
#: The limits of NUMERIC(20, 10).
MOST, LEAST = Decimal("9999999999.9999999999"), Decimal("0.0000000001")
NEWEST = (0,)
ALWAYS = tuple(range(0, 200, 7))


def quoted(
    kind: str, symbol: str, value: Decimal | str, *tenors: str, days: tuple[int, ...] = NEWEST
) -> Iterator[QuoteRow]:
    """The same value for each tenor, so many days ago."""
    for tenor in tenors or ("SPOT",):
        for ago in days:
            yield QuoteRow(
                kind, symbol, tenor, book.TODAY - timedelta(days=ago), Decimal(value), "ABSURD", True
            )


MARKETS = {
    "a rate that no factor is left of": [*quoted("ZERO_RATE", "USD", MOST, "1M", "1Y")],
    "a rate so low that factors are infinite": [*quoted("ZERO_RATE", "USD", -MOST, "1M", "1Y")],
    "both at once": [*quoted("ZERO_RATE", "EUR", -MOST, "1M"), *quoted("ZERO_RATE", "EUR", MOST, "1Y")],
    "rates of hundreds all year": [*quoted("ZERO_RATE", "USD", "-700", "1M", "5Y", days=ALWAYS)],
    "a dollar that is worth nothing": [*quoted("FX_SPOT", "EURUSD", MOST)],
    "a dollar that is worth all": [*quoted("FX_SPOT", "EURUSD", LEAST, days=ALWAYS)],
    "volatility without end": [*quoted("IMPLIED_VOLATILITY", "EURUSD", MOST, "1M", "6M", "5Y", days=(0, 7))],
    "hardly any volatility": [*quoted("IMPLIED_VOLATILITY", "EURUSD", LEAST, "1M", "6M", "5Y")],
    "forward points beyond the rate": [*quoted("FORWARD_POINTS", "EURUSD", -MOST, "6M"),
                                       *quoted("FORWARD_POINTS", "EURUSD", MOST, "1Y")],
    "oil for nothing": [*quoted("PRICE", "WTI", LEAST), *quoted("FUTURES_PRICE", "CLH27", MOST)],
    "swaps that make no curve": [*quoted("SWAP_RATE", "EURIBOR6M", MOST, "2Y"),
                                 *quoted("DEPOSIT_RATE", "EUR", "-100", "6M", "30Y", days=(0, 7))],
    "a fixing at the limit": [*quoted("RATE_FIXING", "EURIBOR6M", MOST, days=ALWAYS)],
    "tenors at the limit": [*quoted("ZERO_RATE", "EUR", "0.03", "9999D", "9999W", "9999M", "9999Y"),
                            *quoted("SWAP_RATE", "EUR", "0.03", "60Y", "9999Y")],
}  # fmt: skip


@pytest.mark.parametrize("quotes", MARKETS.values(), ids=MARKETS)
def test_a_night_on_any_market_is_published_and_can_be_read(quotes: list[QuoteRow]) -> None:
    every_kind.every_kind()
    market.record(*quotes)
    run = hedged.night()
    assert run.status == RunStatus.PUBLISHED
    _everything_answers(run)


@pytest.mark.parametrize("spread", [MOST, -MOST], ids=["certain default", "less than none"])
def test_so_it_is_with_any_credit_spread(spread: Decimal) -> None:
    entity = every_kind.every_kind()
    banks = InstrumentVersion.objects.exclude(counterparty=None).values_list("counterparty__code", flat=True)
    market.record(*(row for code in {entity.code, *banks} for row in quoted("CREDIT_SPREAD", code, spread)))
    run = hedged.night()
    assert run.status == RunStatus.PUBLISHED
    _everything_answers(run)


def _everything_answers(run: Any) -> None:
    accountant, reads, desk = book.user("HEDGE_ACCOUNTANT"), api.by_token("AUDITOR"), web.signed_in("AUDITOR")
    relationships = list(HedgeRelationship.objects.all())
    assert len(relationships) > 3
    for one in relationships:
        with suppress(Refusal):
            on_demand.on_demand(relationships=[one], as_of_date=book.TODAY, actor=accountant)
        assert desk.get(f"/relationships/{one.pk}/").status_code == 200
    measured = MeasurementResult.objects.filter(run=run).values_list("relationship_id", flat=True)
    costs = CostOfHedgingResult.objects.filter(run=run).values_list("relationship_id", "element")
    assert measured and costs
    for key in measured:
        reads.read(f"measurements/{key}/")
    for relationship, element in costs:
        reads.read(f"costs-of-hedging/{relationship}.{element}/")
