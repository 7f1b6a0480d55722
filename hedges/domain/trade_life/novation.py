"""Novating a trade: another bank from a day on, the terms stay; what it costs or brings is the amount agreed.

A novation to a central counterparty that law demands does not end a hedge (IFRS 9 6.5.6, IAS 39.91(a)(ii)); any other
one is the end of the instrument, and the relationship is discontinued.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.trade_life.plan import Plan, cash, currency_of, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing
from hedges.enums import InstrumentKind, LifeEventKind
from treasury.domain.refusals import Refusal
from treasury.kernel.errors import InputError
from treasury.models import Counterparty


def plan(stands: Standing, *, on: date, counterparty: Counterparty, agreed: Decimal | None = None) -> Plan:
    """`on` may lie ahead, up to the settlement; `agreed`: paid −, received +, on that day."""
    before = stands.version
    if before.kind == InstrumentKind.NATURAL_OFFSET:
        raise Refusal("A natural offset is an item of the books: it has no bank. End it instead.")
    if counterparty.pk == before.counterparty_id:
        raise InputError("counterparty", "another bank than the one it is with", got=counterparty.code)
    if on > before.settlement_date:
        raise InputError("event_date", f"a day up to the settlement {before.settlement_date}", got=str(on))
    event = event_of(before, LifeEventKind.NOVATION, on)
    old = before.counterparty.code if before.counterparty else ""
    words = f"Novated from {old} to {counterparty.code} from {on} on."
    if agreed:
        event.is_agreed = True
        cash(event, agreed, currency_of(before), on)
        words += f" {said(event.cash_amount, event.cash_currency_id)}."
    version = next_version(before, counts_from=on, number=stands.number, counterparty=counterparty)
    return Plan(event, before, version, words)
