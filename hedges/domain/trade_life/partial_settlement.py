"""Settling a forward before its date, in part or whole: that much of both amounts is exchanged at the contract rate.

The notional is less by the part from the day on. What the bank charges or pays for the earlier day (the swap points) is
typed as agreed. Reference: ACI model code on early take-up of forwards.
Worked example: sold USD 600,000 at 0.90, 200,000 delivered early: USD −200,000, EUR +180,000; USD 400,000 stay.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.trade_life.plan import (
    Plan,
    cash,
    currency_of,
    event_of,
    next_version,
    part_of,
    said,
    without,
)
from hedges.domain.trade_life.standing import Standing, happened, of_kind
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from treasury.domain.refusals import Refusal

KINDS = (InstrumentKind.FORWARD, InstrumentKind.FX_SWAP)


def plan(stands: Standing, *, on: date, amount: Decimal | None = None, agreed: Decimal | None = None) -> Plan:
    """`amount` without sign, the whole by default; `agreed`: paid − or received + for the earlier day."""
    before = stands.version
    of_kind(stands, KINDS, "a forward or the far leg of an FX swap: only these are delivered in part")
    happened(stands, on)
    near_leg_is_past(stands, on)
    part = part_of(before, amount)
    whole = part == before.notional_amount
    assert before.counter_amount is not None
    kept = {} if whole else without(before, part)
    counter = before.counter_amount - kept.get("counter_amount", Decimal(0))
    event = event_of(
        before, LifeEventKind.PARTIAL_SETTLEMENT, on, amount=part, amount_unit_id=before.notional_currency_id,
        counter_amount=counter, counter_currency_id=before.counter_currency_id,
    )  # fmt: skip
    words = (
        f"Settled on {on}: {said(part, before.notional_currency_id)} against"
        f" {said(counter, before.counter_currency_id)}."
    )
    if agreed:
        event.is_agreed = True
        cash(event, agreed, currency_of(before), on)
        words += f" For the earlier day {said(event.cash_amount, event.cash_currency_id)}."
    version = next_version(
        before, counts_from=on, number=stands.number, **(kept or {"status": InstrumentStatus.SETTLED})
    )
    return Plan(event, before, version, words)


def near_leg_is_past(stands: Standing, on: date) -> None:
    """Of an FX swap only the far leg is left to settle, unwind or roll."""
    near = stands.version.near_settlement_date
    if near is not None and on < near:
        raise Refusal(
            f"event_date: the near leg settles on {near}. Until then amend the swap; from then on its far leg is"
            " settled, unwound or rolled."
        )
