"""What a hedge lacks to be tested is named, also where it began before the first of all quotes."""

from decimal import Decimal

import pytest

from hedges.domain.assessment.on_demand import on_demand
from tests.factories import book, market
from treasury.domain import market_quotes
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_a_hedge_that_began_before_every_quote_lacks_those_of_its_beginning() -> None:
    entity = book.entity()
    version = book.relationship(
        of=entity,
        items=[(book.exposure(of=entity), 600_000)],
        instruments=[(book.forward(of=entity), -600_000)],
    )
    began, today = version.designation_date, book.TODAY
    assert began < today
    market.record(market_quotes.QuoteRow("FX_SPOT", "EURUSD", "SPOT", today, Decimal("1.08"), "TEST", True))
    with pytest.raises(Refusal) as refused:
        on_demand(relationships=[version.relationship], as_of_date=today, actor=book.user("APPROVER"))
    for currency in ("USD", "EUR"):
        assert f"the spot rate of {currency} has no quote up to {began}" in str(refused.value)
