"""What an event would do, before it is done: the event, the version that it makes, and the trade that follows.

Nothing here is recorded. The version's reason says the event with its money in words, so that the digest that the
second person approves covers both.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.enums import LifeEventKind
from hedges.models import Instrument, InstrumentEvent, InstrumentVersion
from treasury.domain.refusals import Refusal
from treasury.kernel import money, trade_cash
from treasury.kernel.errors import InputError

#: What the database gives a version; a next version is made without it.
_GIVEN = ("pk", "id", "event_id", "recorded_at", "author_id", "content_digest", "capacity_units")

#: Unsaved, with its first version.
Trade = tuple[Instrument, InstrumentVersion]


@dataclass(frozen=True, slots=True)
class Plan:
    """`before`: what it starts from. The others are unsaved; `cancelled`: of a trade that had followed, a near leg."""

    event: InstrumentEvent
    before: InstrumentVersion
    version: InstrumentVersion
    words: str
    successor: Trade | None = None
    near_leg: Trade | None = None
    cancelled: Sequence[InstrumentVersion] = ()
    notes: list[str] = field(default_factory=list)


def event_of(before: InstrumentVersion, kind: LifeEventKind, on: date, **fields: Any) -> InstrumentEvent:
    """An unsaved event of a trade; dated not before the trade."""
    if on < before.trade_date:
        raise InputError("event_date", f"a day on or after the trade date {before.trade_date}", got=str(on))
    return InstrumentEvent(
        instrument=before.instrument, entity_id=before.entity_id, kind=kind, event_date=on, **fields
    )


def next_version(
    before: InstrumentVersion, *, counts_from: date, number: int, **terms: Any
) -> InstrumentVersion:
    """An unsaved version with the terms of before but these. `number`: that of the newest version there is."""
    found = copy(before)
    found._state = type(before._state)()
    found._state.fields_cache = dict(before._state.fields_cache)
    found._state.fields_cache.pop("author", None)
    for name in _GIVEN:
        if name in ("pk", "capacity_units"):
            continue
        setattr(found, name, None if name != "content_digest" else "")
    found.version_number = number + 1
    found.valid_from, found.valid_to = counts_from, None
    for name, value in terms.items():
        setattr(found, name, value)
    return found


def cash(event: InstrumentEvent, amount: Decimal, currency: str, on: date) -> None:
    """Money of an event, rounded once."""
    event.cash_amount = money.round_amount(amount, currency)
    event.cash_currency_id, event.cash_date = currency, on


def currency_of(before: InstrumentVersion) -> str:
    """What a difference of rates is paid in: the quote currency of the trade."""
    found = before.counter_currency_id or before.risk.quote_currency_id
    if not found:
        raise Refusal("The trade's risk has no quote currency, so that nothing can be worked out. Amend it.")
    return str(found)


def part_of(before: InstrumentVersion, typed: Decimal | None) -> Decimal:
    """The part that an event takes, signed as the notional; the whole where nothing is typed."""
    whole = before.notional_amount
    if typed is None:
        return whole
    money.to_minor_units(typed, before.notional_currency_id)
    if not 0 < typed <= abs(whole):
        raise InputError(
            "amount", f"an amount above zero and up to {money.plain(abs(whole))}", got=money.plain(typed)
        )
    return typed if whole > 0 else -typed


def without(before: InstrumentVersion, part: Decimal) -> dict[str, Any]:
    """The terms that stay when a part is gone; what was exchanged for the notional shrinks with it, rounded once."""
    left = before.notional_amount - part
    terms: dict[str, Any] = {"notional_amount": left}
    for name in ("counter_amount", "near_counter_amount"):
        amount = getattr(before, name)
        if amount is not None:
            exact = trade_cash.share_of(amount, left, before.notional_amount)
            terms[name] = money.round_amount(exact, currency_of(before))
            if terms[name] == 0:
                raise InputError(
                    "amount", "the whole, or a part that leaves more of the trade", got=money.plain(abs(part))
                )
    if before.contract is not None:
        lots = part / before.contract.contract_multiplier
        if lots != lots.to_integral_value():
            raise InputError("amount", "a whole number of contracts", got=money.plain(abs(part)))
        terms["contract_count"] = (before.contract_count or 0) - int(lots)
    return terms


def said(amount: Decimal | None, unit: str | None) -> str:
    """`+25,000.00 EUR`, as a sentence needs it, with the sign for minus."""
    if amount is None or unit is None:
        return ""
    return f"{money.round_amount(amount, unit):+,f} {unit}".replace("-", "\N{MINUS SIGN}")
