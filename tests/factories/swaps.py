"""Swaps for tests: the terms that a test does not care about have a plain default."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hedges.models import InstrumentVersion
from tests.factories import book
from treasury.models import Entity, Risk


def rate_index(code: str = "EURIBOR6M", currency: str = "EUR") -> Risk:
    return book.risk(code, kind="RATE_INDEX", base_unit_id=currency, quote_currency_id=currency)


def interest_rate_swap(notional: Any = 2_000_000, *, of: Entity, **fields: Any) -> InstrumentVersion:
    """Pays 3 % against the six-month index for a year, in two periods; it began 91 days ago."""
    start = fields.pop("start_date", book.TODAY - timedelta(days=91))
    values: dict[str, Any] = {
        "risk": fields.pop("risk", None) or rate_index(),
        "trade_date": start,
        "start_date": start,
        "settlement_date": start + timedelta(days=365),
        "payment_months": 6,
        "pay_fixed": True,
        "fixed_rate": Decimal("0.03"),
        "spread_rate": Decimal("0.001"),
        "flow_days": [182, 365],
        "flow_accruals": [182 / 360, 183 / 360],
    }
    return book.instrument("INTEREST_RATE_SWAP", notional, of=of, **(values | fields))


def cross_currency_swap(notional: Any = 1_000_000, *, of: Entity, **fields: Any) -> InstrumentVersion:
    """Receives 5 % in dollars and pays 3 % in euro for a year; it began 100 days ago at 0.92."""
    start = fields.pop("start_date", book.TODAY - timedelta(days=100))
    values: dict[str, Any] = {
        "trade_date": start,
        "start_date": start,
        "settlement_date": start + timedelta(days=365),
        "payment_months": 12,
        "fixed_rate": Decimal("0.05"),
        "counter_fixed_rate": Decimal("0.03"),
        "counter_amount": -Decimal(notional) * Decimal("0.92"),
        "counter_currency_id": "EUR",
        "resets_notional": False,
        "flow_days": [365],
        "flow_accruals": [1.0],
    }
    return book.instrument("CROSS_CURRENCY_SWAP", notional, of=of, **(values | fields))
