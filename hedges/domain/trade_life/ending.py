"""Ending a natural offset: from a day on its item is an exposure again and no cover any more.

The item itself stays what it is: it is settled, amended or cancelled among the exposures. Nothing is paid.
Worked example: a loan of EUR 10m stands beside receivables of EUR 10m as their natural offset, ended on 1 March: up to
February the receivables are covered 1.00; from March on they are open, and the loan is an exposure of its own.
"""

from __future__ import annotations

from datetime import date

from hedges.domain.trade_life.plan import Plan, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing, of_kind
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from treasury.kernel.errors import InputError


def plan(stands: Standing, *, on: date) -> Plan:
    """`on`: the first day on which it is no cover; it may lie ahead, up to the item's date."""
    before = stands.version
    of_kind(stands, (InstrumentKind.NATURAL_OFFSET,), "a natural offset: a trade is unwound, or cancelled")
    if on > before.settlement_date:
        raise InputError("event_date", f"a day up to the item's date {before.settlement_date}", got=str(on))
    event = event_of(
        before, LifeEventKind.ENDING, on, amount=before.notional_amount,
        amount_unit_id=before.notional_currency_id,
    )  # fmt: skip
    item = before.instrument.offset_exposure
    words = (
        f"Ended on {on}: {said(before.notional_amount, before.notional_currency_id)} are no natural offset from then"
        f" on, and {item} counts as an exposure."
    )
    version = next_version(before, counts_from=on, number=stands.number, status=InstrumentStatus.UNWOUND)
    return Plan(event, before, version, words)
