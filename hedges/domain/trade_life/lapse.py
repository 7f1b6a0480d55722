"""Letting an option lapse on its expiry date: nothing is paid or delivered.

Out of the money it is worth nothing from then on and ends on its settlement date, as it would by itself. One that was
worth exercising at the rate given loses that value: it ends on the expiry date.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.trade_life.exercise import on_its_expiry
from hedges.domain.trade_life.plan import Plan, currency_of, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing
from hedges.enums import InstrumentStatus, LifeEventKind
from treasury.kernel import trade_cash


def plan(stands: Standing, *, on: date, rate: Decimal | None = None, rate_source: str = "") -> Plan:
    """`rate`: the market's on the expiry date, where it is known: it says what is let go."""
    before = stands.version
    on_its_expiry(stands, on)
    event = event_of(
        before, LifeEventKind.LAPSE, on, rate=rate, rate_source=rate_source[:60],
        amount=before.notional_amount, amount_unit_id=before.notional_currency_id,
    )  # fmt: skip
    worth = Decimal(0)
    if rate is not None and before.counter_amount is not None:
        worth = trade_cash.exercise_amount(
            before.notional_amount, before.counter_amount, rate, bought=before.option_side == "BOUGHT"
        )
    notes = []
    if worth:
        notes.append(f"At this rate exercise would pay {said(worth, currency_of(before))}.")
    version = next_version(
        before,
        counts_from=on if worth else before.settlement_date,
        number=stands.number,
        status=InstrumentStatus.SETTLED,
    )
    return Plan(event, before, version, f"Lapsed on {on}.", notes=notes)
