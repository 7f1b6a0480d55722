"""Unwinding a trade, whole or in part: closed with its bank, and its value paid.

Forwards and far legs: N·(R − K)·D at the forward rate R to the settlement and the discount factor D to the payment;
non-deliverable ones in their settlement currency. Options: the price per unit of notional. Futures: the gain since the
last margin day before it; what later days have paid for these contracts goes back with the next one. Swaps: the amount
agreed. An amount that is typed stands as agreed.
Parts: the amounts that were worked out add up, on the way and in the end, to the rounded sum of all of them, so that
the cash of unwinding in parts at one rate is that of unwinding the whole. Reference: rules section 1 (rounded once).
Worked example: sold USD 600,000 at 0.90, 400,000 unwound at 0.93, D 0.99: EUR −11,880.00; USD 200,000 stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hedges.domain.trade_life.partial_settlement import near_leg_is_past
from hedges.domain.trade_life.plan import Plan, currency_of, event_of, next_version, part_of, said, without
from hedges.domain.trade_life.standing import Standing, happened
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from hedges.models import InstrumentEvent, InstrumentVersion
from hedges.queries import instrument_life, variation_margin
from treasury.domain.refusals import Refusal
from treasury.kernel import money, trade_cash
from treasury.kernel.errors import InputError

FORWARDS = (InstrumentKind.FORWARD, InstrumentKind.FX_SWAP, InstrumentKind.NON_DELIVERABLE_FORWARD)
SWAPS = (InstrumentKind.INTEREST_RATE_SWAP, InstrumentKind.CROSS_CURRENCY_SWAP)


def plan(
    stands: Standing,
    *,
    on: date,
    amount: Decimal | None = None,
    rate: Decimal | None = None,
    discount_factor: Decimal | None = None,
    rate_source: str = "",
    agreed: Decimal | None = None,
    cash_date: date | None = None,
) -> Plan:
    """`amount` without sign, the whole by default; `rate`: forward, option price or futures price; `agreed`: paid −,
    received +; `cash_date`: the day of payment, `on` by default."""
    before = stands.version
    if before.kind == InstrumentKind.NATURAL_OFFSET:
        raise Refusal("A natural offset is an item of the books and has no bank: end it instead.")
    happened(stands, on)
    near_leg_is_past(stands, on)
    paid_on = cash_date or on
    if paid_on < on:
        raise InputError("cash_date", f"a day on or after {on}", got=str(paid_on))
    part = part_of(before, amount)
    whole = part == before.notional_amount
    kept = without(before, part) if not whole else {}
    event = event_of(
        before, LifeEventKind.UNWINDING, on, amount=part, amount_unit_id=before.notional_currency_id, rate=rate,
        rate_source=rate_source[:60], cash_date=paid_on, is_agreed=agreed is not None,
    )  # fmt: skip
    if before.counter_amount is not None:
        event.counter_amount = before.counter_amount - kept.get("counter_amount", Decimal(0))
        event.counter_currency_id = before.counter_currency_id
    if before.kind in FORWARDS:
        event.discount_factor = discount_factor or Decimal(1)
    event.cash_currency_id = _currency(before)
    event.cash_amount = (
        money.round_amount(agreed, event.cash_currency_id)
        if agreed is not None
        else worked_out(event, before)
    )
    terms = {"status": InstrumentStatus.UNWOUND} if whole else kept
    words = (
        f"Unwound on {on}: {said(part, before.notional_currency_id)}"
        + (f" at {money.plain(rate)}" if rate is not None else "")
        + f", {said(event.cash_amount, event.cash_currency_id)} on {paid_on}."
    )
    version = next_version(before, counts_from=on, number=stands.number, **terms)
    return Plan(event, before, version, words)


def exact(event: InstrumentEvent, before: InstrumentVersion, *, last_price: Decimal | None = None) -> Decimal:
    """What an unwinding pays, unrounded. `before`: any version of the trade before it; kind and side do not change."""
    if event.rate is None:
        raise InputError("rate", "the rate at which it is unwound, or the amount that was agreed")
    assert event.amount is not None
    bought = before.option_side == "BOUGHT"
    match before.kind:
        case InstrumentKind.OPTION:
            return trade_cash.premium_amount(event.amount, event.rate, bought=bought)
        case InstrumentKind.FUTURE:
            assert before.contract is not None and last_price is not None
            multiplier = before.contract.contract_multiplier
            return trade_cash.variation_margin(event.amount / multiplier, multiplier, event.rate, last_price)
    if before.kind in SWAPS:
        raise InputError("cash_amount", "the amount that was agreed with the bank: paid −, received +")
    assert event.counter_amount is not None
    found = trade_cash.unwinding_amount(
        event.amount, event.counter_amount, event.rate, event.discount_factor or Decimal(1)
    )
    in_base = before.settlement_currency_id == before.notional_currency_id
    return found / event.rate if in_base else found


def worked_out(event: InstrumentEvent, before: InstrumentVersion) -> Decimal:
    """Rounded cumulative less what earlier unwindings have paid."""
    currency = event.cash_currency_id
    assert currency is not None
    if before.kind == InstrumentKind.FUTURE:
        price = variation_margin.price_before(before.instrument_id, event.event_date) or before.entry_price
        return money.round_amount(exact(event, before, last_price=price), currency)
    earlier: Sequence[InstrumentEvent] = (
        instrument_life.unwindings(before.instrument_id) if before.kind in FORWARDS else []
    )
    already = sum((one.cash_amount or Decimal(0) for one in earlier), Decimal(0))
    cumulative = exact(event, before) + sum((exact(one, before) for one in earlier), Decimal(0))
    return money.post(cumulative, already, currency)


def _currency(before: InstrumentVersion) -> str:
    if before.contract is not None:
        return str(before.contract.price_currency_id)
    return str(before.settlement_currency_id or currency_of(before))
