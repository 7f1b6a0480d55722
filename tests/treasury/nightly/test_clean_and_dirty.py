"""The night values swaps dirty, the measurement carries them clean: what lies between is the accrued interest.

Without credit risk, which is adjusted on each of the two values.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from hedges.models import MeasurementResult, ValuationResult
from tests.factories import book, hedged, market, swaps
from tests.treasury.nightly.by_hand import TODAY, cents, spot_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def safe(entity) -> Any:
    """A bank that is as good as the company: neither can fail."""
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code, value="0")
    return bank


def night(entity, item, swap, amount) -> tuple[ValuationResult, MeasurementResult]:
    book.relationship(
        of=entity, items=[item], instruments=[(swap, amount)], designation_date=swap.start_date,
        hedge_end_date=swap.settlement_date,
    )  # fmt: skip
    hedged.night()
    return ValuationResult.objects.get(), MeasurementResult.objects.get()


def between(valued: ValuationResult, row: MeasurementResult, accrued: Decimal) -> None:
    """To the cent; the night's accrued amount is the rest of two rounded ones, so within one of the one by hand."""
    assert valued.fair_value_functional - row.carrying_amount == valued.accrued_amount != 0
    assert row.carrying_amount == valued.clean_value
    assert abs(valued.accrued_amount - accrued) <= Decimal("0.01")


def test_an_interest_rate_swap(entity, safe) -> None:
    swap = swaps.interest_rate_swap(of=entity, counterparty=safe)
    loan = book.exposure(
        -2_000_000, of=entity, risk=swap.risk, kind="RECOGNISED_LIABILITY", start_date=swap.start_date,
        expected_date=swap.settlement_date, payment_months=6,
    )  # fmt: skip
    valued, row = night(entity, (loan, -2_000_000), swap, 2_000_000)
    accrued = cents(2_000_000 * (0.0201 + 0.001 - 0.03) * 182 / 360 * 91 / 182)
    between(valued, row, accrued)


def test_a_cross_currency_swap(entity, safe) -> None:
    swap = swaps.cross_currency_swap(of=entity, counterparty=safe)
    due = swap.start_date + timedelta(days=365)
    debt = book.exposure(-1_000_000, of=entity, kind="RECOGNISED_LIABILITY", expected_date=due)
    valued, row = night(entity, (debt, -1_000_000), swap, 1_000_000)
    passed = (TODAY - swap.start_date).days / 365
    accrued = cents((1_000_000 * 0.05 * spot_of(0) - 920_000 * 0.03) * passed)
    assert (
        valued.fair_value_functional - row.carrying_amount == valued.accrued_amount == accrued != Decimal(0)
    )
