"""Variation margin of futures: each day with a settlement price pays (price − price before) × multiplier × contracts.

All live futures at once, from the quotes on record: every day since the last one that was recorded, or since the
trade, in two statements however many they are. A day is recorded once and never taken back: the price before is the
one that the last day was paid at, and a day pays the rounded gain so far less what was paid so far, so that what turns
out to be wrong of earlier days, their price or their contracts, is paid with the next one. Contracts are those in force
on the day, as known.
Worked example: long 5 × 1,000 barrels dealt at 68.50; prices 69.10 and 68.80: USD +3,000.00, then −1,500.00. Two of the
five were unwound on the first day, it is said now: the next day at 68.80 again pays −(2 × 1,000 × 0.30) = USD −600.00.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.entitled import prepares_at_all
from hedges.enums import LifeEventKind
from hedges.models import InstrumentEvent
from hedges.queries.variation_margin import MarginDay, margin_due
from treasury.domain import audit
from treasury.domain.refusals import as_refusal
from treasury.kernel import money


def record_due(*, up_to: date, actor: Any = None, entity_ids: list[int] | None = None) -> int:
    """Records every margin day up to a date that is not on record yet; says how many. Twice is once."""
    if actor is not None:
        prepares_at_all(actor, entity_ids or [], "records its margin")
    due = margin_due(up_to=up_to, entity_ids=entity_ids)
    if not due:
        return 0
    events = [
        InstrumentEvent(
            instrument_id=row.instrument_id, entity_id=row.entity_id, kind=LifeEventKind.MARGIN,
            event_date=row.day, rate=row.price, rate_source=row.source, cash_date=row.day,
            cash_currency_id=row.currency, cash_amount=amount,
        )
        for row, amount in zip(due, _amounts(due), strict=True)
    ]  # fmt: skip
    with (
        as_refusal(),
        audit.action(
            "hedges.instrument.margin_recorded",
            actor=actor,
            reason=f"{len(events)} margin days up to {up_to}",
        ),
    ):
        before = InstrumentEvent.objects.filter(kind=LifeEventKind.MARGIN).count()
        InstrumentEvent.objects.bulk_create(events, ignore_conflicts=True)
        return InstrumentEvent.objects.filter(kind=LifeEventKind.MARGIN).count() - before


def _amounts(due: Sequence[MarginDay]) -> list[Decimal]:
    """Of each day the rounded gain so far less what is on record and what the days before it pay here."""
    amounts: list[Decimal] = []
    paid, of = Decimal(0), None
    for row in due:
        if row.instrument_id != of:
            paid, of = row.paid, row.instrument_id
        amounts.append(money.post(row.gained, paid, row.currency))
        paid += amounts[-1]
    return amounts
