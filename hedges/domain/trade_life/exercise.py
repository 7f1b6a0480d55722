"""Exercising an option on its expiry date (European style, the only one in the book).

By delivery: a forward of the same amounts to the option's settlement follows, and the option ends that day. In cash:
the intrinsic value at the fixing, N·(S − K) where that is in the holder's favour, on the settlement date; until then
the option is valued as its exercise. Of a sold option it is the bank that exercises.
Worked example: bought put on USD 500,000 at 0.92, fixing 0.90: EUR +10,000.00; by delivery a forward, USD −500,000
against EUR +460,000.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.trade_life.follow import follower
from hedges.domain.trade_life.plan import Plan, cash, currency_of, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing, happened, of_kind
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind, LifeEventMethod
from treasury.kernel import money, trade_cash
from treasury.kernel.errors import InputError


def plan(
    stands: Standing,
    *,
    on: date,
    method: LifeEventMethod,
    rate: Decimal | None = None,
    rate_source: str = "",
) -> Plan:
    """`rate`: the fixing that a settlement in cash is worked out with; by delivery it is only kept on record."""
    before = stands.version
    on_its_expiry(stands, on)
    event = event_of(
        before, LifeEventKind.EXERCISE, on, method=method, rate=rate, rate_source=rate_source[:60],
        amount=before.notional_amount, amount_unit_id=before.notional_currency_id,
    )  # fmt: skip
    currency = currency_of(before)
    assert before.counter_amount is not None
    if method == LifeEventMethod.PHYSICAL:
        event.counter_amount, event.counter_currency_id = before.counter_amount, before.counter_currency_id
        successor = follower(before, "X", trade_date=on, settlement_date=before.settlement_date)
        words = (
            f"Exercised on {on} by delivery: {said(before.notional_amount, before.notional_currency_id)} against"
            f" {said(before.counter_amount, currency)} on {before.settlement_date}. Followed by"
            f" {successor[0].external_reference}."
        )
        version = next_version(before, counts_from=on, number=stands.number, status=InstrumentStatus.SETTLED)
        return Plan(event, before, version, words, successor=successor)
    if method != LifeEventMethod.CASH:
        raise InputError("method", "PHYSICAL or CASH", got=str(method))
    if rate is None:
        raise InputError("rate", "the fixing of the expiry date, from the market or typed with its source")
    worth = trade_cash.exercise_amount(
        before.notional_amount, before.counter_amount, rate, bought=before.option_side == "BOUGHT"
    )
    cash(event, worth, currency, before.settlement_date)
    words = (
        f"Exercised on {on} in cash at {money.plain(rate)}: {said(event.cash_amount, currency)} on"
        f" {before.settlement_date}."
    )
    version = next_version(
        before, counts_from=before.settlement_date, number=stands.number, status=InstrumentStatus.SETTLED
    )
    return Plan(event, before, version, words)


def on_its_expiry(stands: Standing, on: date) -> None:
    of_kind(stands, (InstrumentKind.OPTION,), "an option: only options are exercised or lapse")
    expiry = stands.version.expiry_date
    if on != expiry:
        raise InputError(
            "event_date",
            f"the expiry date {expiry}: a European option is exercised or lapses on it",
            got=str(on),
        )
    happened(stands, on)
