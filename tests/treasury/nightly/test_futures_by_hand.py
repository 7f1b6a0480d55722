"""Futures and natural offsets, worked out again from the quotes and the rules."""

from decimal import Decimal

import pytest

from tests.factories import book
from tests.treasury.nightly.by_hand import SPOT, cents, valued

pytestmark = pytest.mark.django_db


def test_a_future_is_settled_daily(entity, bank) -> None:
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD")
    contract = book.futures_contract(oil, code="CLH27")
    row = valued(
        book.instrument(
            "FUTURE", 5000, of=entity, risk=oil, counterparty=bank, contract=contract, contract_count=5,
            entry_price=Decimal("68.5"),
        )
    )  # fmt: skip
    assert (row.present_value, row.fair_value_functional) == (0, 0)
    assert row.profit_amount == (Decimal("71.00") - Decimal("68.5")) * 5000
    assert row.value_currency == "USD"


def test_a_natural_offset_is_its_amount_at_the_spot_rate(entity, bank) -> None:
    loan = book.exposure(-60_000, of=entity, kind="RECOGNISED_LIABILITY")
    row = valued(book.instrument("NATURAL_OFFSET", -60_000, of=entity, offset_exposure=loan.exposure))
    assert (row.present_value, row.fair_value) == (cents(-60_000 * SPOT),) * 2
    assert row.basis_element is None
