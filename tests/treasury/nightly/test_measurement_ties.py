"""What is excluded in profit or loss is the excluded element with the credit on it, not only what is left."""

from datetime import date
from decimal import Decimal
from math import exp

import pytest

from hedges.models import CostOfHedgingResult, MeasurementResult
from tests.factories import book, every_kind, hedged, market

pytestmark = pytest.mark.django_db
DUE = date(2027, 4, 30)


@pytest.fixture
def night():
    entity = every_kind.every_kind()
    bank = book.counterparty()
    market.record_spreads(bank.code)
    item = book.exposure(500_000, of=entity, expected_date=DUE)
    put = book.instrument(
        "OPTION", -500_000, strike_rate=Decimal("0.92"), expiry_date=date(2027, 4, 28), settlement_date=DUE,
        counter_amount=Decimal(460_000), counter_currency_id="EUR", premium_currency_id="EUR", option_kind="PUT",
        option_side="BOUGHT", premium_amount=Decimal(-9000), of=entity, counterparty=bank,
    )  # fmt: skip
    version = book.relationship(
        of=entity, items=[(item, 500_000)], instruments=[(put, -500_000)], designated_component="INTRINSIC",
        designation_date=hedged.DESIGNATED, rationale="one-sided",
    )  # fmt: skip
    return hedged.night(), version


def test_what_is_excluded_is_the_time_value_with_its_credit(night) -> None:
    """The fair value has the credit of the whole, the designated component that of its part; the rest is on the time
    value V: −V(1 − e^(−s·T)), s one per cent to the settlement, at the designation and today."""
    run, version = night
    row = MeasurementResult.objects.get(run=run, relationship=version.relationship_id)
    cost = CostOfHedgingResult.objects.get(run=run, relationship=version.relationship_id)
    assert cost.element == "TIME_VALUE"
    then, now = cost.knot_actual_values[0], cost.knot_actual_values[-1]
    assert now - then == cost.cost_recognised + cost.excluded_in_profit_or_loss

    def credit(value: Decimal, on: date) -> float:
        return -float(value) * (1 - exp(-0.01 * (DUE - on).days / 365))

    on_time_value = credit(now, run.as_of_date) - credit(then, hedged.DESIGNATED)
    assert abs(on_time_value) > 1
    left = row.excluded_in_profit_or_loss - cost.excluded_in_profit_or_loss
    assert float(left) == pytest.approx(on_time_value, abs=0.03), "six amounts, each rounded once"
