"""Trades whose life is lived in tests, and the second person."""

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain import book_approval
from hedges.domain.trade_life.plan import Plan
from hedges.domain.trade_life.record import record
from hedges.domain.trade_life.standing import Standing, standing
from hedges.models import InstrumentEvent, InstrumentVersion
from tests.factories import book
from treasury.enums import Decision

NOW = date(2026, 10, 30)
DUE = date(2027, 4, 30)


def stands(version: InstrumentVersion, *, ended: bool = False, seen: int | None = None) -> Standing:
    return standing(version.instrument_id, entity_ids=[version.entity_id], ended=ended, seen=seen)


def done(plan: Plan, *, reason: str = "as agreed with the bank", actor: Any = None) -> InstrumentEvent:
    return record(plan, actor=actor or book.user("TREASURER"), reason=reason)


def approved(event: InstrumentEvent, decision: Decision = Decision.APPROVED) -> InstrumentEvent:
    book_approval.decide(
        kind="instrument", version_id=event.version_id, actor=book.user("APPROVER"), decision=decision
    )
    return event


def both(plan: Plan) -> InstrumentEvent:
    return approved(done(plan))


def option(of: Any, *, notional: int = -500_000, kind: str = "PUT", side: str = "BOUGHT", **fields: Any):
    values = {
        "strike_rate": Decimal("0.92"), "counter_amount": -notional * Decimal("0.92"), "counter_currency_id": "EUR",
        "option_kind": kind, "option_side": side, "expiry_date": date(2026, 10, 28),
        "settlement_date": date(2026, 10, 30), "premium_amount": Decimal(-9000), "premium_currency_id": "EUR",
    }  # fmt: skip
    return book.instrument("OPTION", notional, of=of, **(values | fields))


def non_deliverable(of: Any, settles_in: str = "EUR", **fields: Any):
    values = {
        "strike_rate": Decimal("0.9"), "counter_amount": Decimal(-900_000), "counter_currency_id": "EUR",
        "fixing_date": date(2026, 10, 28), "settlement_date": date(2026, 10, 30), "settlement_currency_id": settles_in,
    }  # fmt: skip
    return book.instrument("NON_DELIVERABLE_FORWARD", 1_000_000, of=of, **(values | fields))


def future(of: Any, count: int = 5, **fields: Any):
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="WTI")
    contract = fields.pop("contract", None) or book.futures_contract(oil)
    values = {"contract": contract, "contract_count": count, "entry_price": Decimal("68.5"), "risk": oil,
              "trade_date": date(2026, 10, 26), "settlement_date": contract.last_trade_date}  # fmt: skip
    return book.instrument("FUTURE", count * 1000, of=of, **(values | fields))


def in_force(version: InstrumentVersion, on: date) -> InstrumentVersion:
    found = InstrumentVersion.objects.filter(
        instrument=version.instrument_id, approval__decision="APPROVED", valid_from__lte=on
    )
    return found.order_by("-version_number")[0]
