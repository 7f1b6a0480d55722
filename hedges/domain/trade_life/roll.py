"""Rolling a forward by an FX swap: its near leg closes the old trade on its date, its far leg is a new one of the size.

The near leg is a trade of its own from the deal to the old settlement, the opposite of the old trade, so that the two
cover nothing together, are worth the same whatever the market does, and pay what the event says: at the market, near
rate S, N·(S − K) on the old settlement date; the new trade is at the market's rate. At the historic rate the near leg
is dealt at K: no cash; the new rate is K plus the market's points, K + (F − S), so that the difference is carried.
Dealt on the settlement day itself the old trade is settled that day, and there is nothing to close.
A non-deliverable forward is rolled the same way, up to its fixing date: old trade and near leg are fixed together and
pay the difference at the near rate in their settlement currency, N·(S − K)/S where that is the base unit; the new one
has a fixing date of its own. Futures: `roll_future`. Options and swaps are not rolled: each refusal says what instead.
A rollover that the documented strategy foresees is no expiration of the hedging instrument (IFRS 9 6.5.6, IAS
39.91(a)): a designated trade is measured to its own date. The near leg is never designated.
Worked examples: sold USD 600,000 at 0.90, near rate 0.92: near leg USD +600,000 against EUR −552,000, with the old
trade's EUR +540,000 −12,000.00; new forward at 0.926. A non-deliverable one bought USD 1,000,000 at BRL 5.00, near rate
5.20, settled in USD: 200,000 / 5.20 = USD +38,461.54.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.trade_life.follow import follower
from hedges.domain.trade_life.partial_settlement import near_leg_is_past
from hedges.domain.trade_life.plan import Plan, Trade, cash, currency_of, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing, happened
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind, LifeEventMethod
from hedges.models import InstrumentEvent, InstrumentVersion
from treasury.domain.refusals import Refusal
from treasury.domain.value_days import business_day
from treasury.enums import RiskKind
from treasury.kernel import money, trade_cash
from treasury.kernel.errors import InputError

KINDS = (InstrumentKind.FORWARD, InstrumentKind.FX_SWAP, InstrumentKind.NON_DELIVERABLE_FORWARD)
_SWAP = (
    "{} is a swap, which is not rolled: unwind it at the amount agreed, and deal the next one on a ticket."
)
INSTEAD = {
    InstrumentKind.OPTION: (
        "{} is an option, which is not rolled: unwind it at its price, or exercise it or let it lapse on its expiry"
        " date, and deal the next one on a ticket."
    ),
    InstrumentKind.INTEREST_RATE_SWAP: _SWAP,
    InstrumentKind.CROSS_CURRENCY_SWAP: _SWAP,
    InstrumentKind.NATURAL_OFFSET: (
        "{} is a natural offset, which is not rolled: it ends with its item, and the next item is recorded as one."
    ),
}
_RATE_STEP = Decimal(1).scaleb(-10)
#: A fixing is so many business days before the settlement where nothing else is said, as on the ticket.
_FIXING_LAG = -2


def plan(
    stands: Standing,
    *,
    on: date,
    near_rate: Decimal,
    far_rate: Decimal,
    settlement_date: date,
    method: LifeEventMethod,
    fixing_date: date | None = None,
    rate_source: str = "",
) -> Plan:
    """`near_rate` to the old settlement, `far_rate` to the new one, both the market's; `on`: the day of the deal;
    `fixing_date`: of the new non-deliverable forward, two business days before its settlement where it is not given."""
    before = stands.version
    refuse_what_is_not_rolled(before)
    happened(stands, on)
    near_leg_is_past(stands, on)
    if method not in (LifeEventMethod.AT_MARKET, LifeEventMethod.HISTORIC_RATE):
        raise InputError("method", "AT_MARKET or HISTORIC_RATE", got=str(method))
    if settlement_date <= before.settlement_date:
        raise InputError(
            "settlement_date",
            f"a day after the old settlement {before.settlement_date}",
            got=str(settlement_date),
        )
    fixed = _fixing(before, on, settlement_date, fixing_date)
    assert before.counter_amount is not None and before.strike_rate is not None
    event = event_of(
        before, LifeEventKind.ROLL, on, method=method, rate=near_rate, rate_source=rate_source[:60],
        amount=before.notional_amount, amount_unit_id=before.notional_currency_id,
    )  # fmt: skip
    currency, paid_in = currency_of(before), str(before.settlement_currency_id or currency_of(before))
    moved = trade_cash.difference(before.notional_amount, before.counter_amount, near_rate)
    if method == LifeEventMethod.AT_MARKET:
        rate = far_rate
        amount = trade_cash.fixing_amount(
            before.notional_amount, before.counter_amount, near_rate, in_base_unit=paid_in != currency
        )
        cash(event, amount, paid_in, before.settlement_date)
        paid = f"{said(event.cash_amount, paid_in)} on {before.settlement_date}"
    else:
        rate = trade_cash.carried_rate(before.strike_rate, near_rate, far_rate).quantize(_RATE_STEP)
        if rate <= 0:
            raise Refusal("The historic rate with these points is not above zero: look at both rates.")
        paid = f"no cash, {said(moved, currency)} is carried into the new rate"
    successor = follower(
        before, "R", trade_date=on, settlement_date=settlement_date, strike_rate=rate,
        counter_amount=money.round_amount(-before.notional_amount * rate, currency), **fixed,
    )  # fmt: skip
    near = near_leg(before, event) if on < before.settlement_date else None
    words = (
        f"Rolled on {on} to {settlement_date} at {money.plain(rate)}, near rate {money.plain(near_rate)}: {paid}."
        + (f" Closed by {near[0].external_reference}, followed" if near else " Followed")
        + f" by {successor[0].external_reference}"
        + (f", fixed on {fixed['fixing_date']}." if fixed else ".")
    )
    version = next_version(
        before, counts_from=before.settlement_date, number=stands.number, status=InstrumentStatus.SETTLED
    )
    return Plan(event, before, version, words, successor=successor, near_leg=near)


def near_leg(before: InstrumentVersion, event: InstrumentEvent) -> Trade:
    """The opposite of the old trade; its terms hold up to the settlement, on which the old one is settled too."""
    assert before.counter_amount is not None and event.rate is not None
    at_market = event.method == LifeEventMethod.AT_MARKET
    exchanged = -before.counter_amount
    if at_market and event.cash_currency_id == before.counter_currency_id:
        exchanged += event.cash_amount or Decimal(0)
    elif at_market:
        exchanged = money.round_amount(before.notional_amount * event.rate, currency_of(before))
    of_kind: dict[str, Any] = {}
    if before.kind == InstrumentKind.NON_DELIVERABLE_FORWARD:
        of_kind = {"kind": InstrumentKind.NON_DELIVERABLE_FORWARD, "fixing_date": before.fixing_date,
                   "settlement_currency_id": before.settlement_currency_id}  # fmt: skip
    return follower(
        before, "N", trade_date=event.event_date, valid_to=before.settlement_date,
        settlement_date=before.settlement_date, notional_amount=-before.notional_amount,
        strike_rate=event.rate if at_market else before.strike_rate,
        counter_amount=exchanged, **of_kind,
    )  # fmt: skip


def refuse_what_is_not_rolled(before: InstrumentVersion) -> None:
    """Refuses a kind that is not rolled, and says what is done with it instead."""
    name = before.instrument.external_reference
    if before.kind == InstrumentKind.FUTURE:
        raise InputError("contract", "the contract into which the future is rolled")
    if before.kind not in KINDS:
        raise Refusal(INSTEAD[InstrumentKind(before.kind)].format(name))


def _fixing(before: InstrumentVersion, on: date, settles: date, typed: date | None) -> dict[str, Any]:
    """What a new non-deliverable forward has besides the terms of a forward."""
    if before.kind != InstrumentKind.NON_DELIVERABLE_FORWARD:
        if typed is not None:
            raise InputError(
                "fixing_date", "nothing: only a non-deliverable forward is fixed", got=str(typed)
            )
        return {}
    assert before.fixing_date is not None
    if on > before.fixing_date:
        raise Refusal(
            f"event_date: {before.instrument.external_reference} is rolled up to its fixing date"
            f" {before.fixing_date}. After that fix it, and deal the next one on a ticket."
        )
    codes = [before.notional_currency_id, before.counter_currency_id or ""]
    calendars = codes if before.risk.kind == RiskKind.CURRENCY_PAIR else []
    day = typed or business_day(settles, _FIXING_LAG, calendars)
    if not before.fixing_date < day <= settles:
        raise InputError(
            "fixing_date",
            f"a day after the old fixing {before.fixing_date} and up to the new settlement {settles}",
            got=str(day),
        )
    return {"kind": InstrumentKind.NON_DELIVERABLE_FORWARD, "fixing_date": day,
            "settlement_currency_id": before.settlement_currency_id}  # fmt: skip
