"""Rolling a future: closed at its exchange at a price, and as many contracts opened in a later one on the same day.

What is closed pays (price − price of the last margin day before it) × multiplier × contracts; from the day on the new
contracts are the cover, and their margin counts from their entry price. There is no near leg: nothing of the old future
is left. A designation of it ends with it, since what is designated is the old contract: the book demands that, and
the new one is designated where the documented strategy foresees its rollover (IFRS 9 6.5.6).
Worked example: long 5 × 1,000 barrels, last margin at 68.80, closed at 70.50 and opened in the next contract at 71.10:
(70.50 − 68.80) × 5,000 = USD +8,500.00; a next day at 71.30 pays (71.30 − 71.10) × 5,000 = USD +1,000.00.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.trade_life import unwinding
from hedges.domain.trade_life.follow import follower
from hedges.domain.trade_life.plan import Plan, cash, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing, happened, of_kind
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind, LifeEventMethod
from hedges.models import FuturesContract
from treasury.kernel import money
from treasury.kernel.errors import InputError


def plan(
    stands: Standing,
    *,
    on: date,
    near_rate: Decimal,
    far_rate: Decimal,
    contract: FuturesContract,
    contract_count: int | None = None,
    rate_source: str = "",
) -> Plan:
    """`near_rate`: the price at which the old one is closed; `far_rate`: the entry price of the new one;
    `contract_count`: without sign, as many as there are where it is not given."""
    before = stands.version
    of_kind(stands, (InstrumentKind.FUTURE,), "a future: only futures are rolled into another contract")
    happened(stands, on)
    assert before.contract is not None and before.contract_count is not None
    _later(before.contract, contract)
    if contract_count is not None and contract_count <= 0:
        raise InputError("contract_count", "a whole number of contracts above zero", got=str(contract_count))
    lots = contract_count or abs(before.contract_count)
    count = lots if before.contract_count > 0 else -lots
    currency = str(before.contract.price_currency_id)
    event = event_of(
        before, LifeEventKind.ROLL, on, method=LifeEventMethod.AT_MARKET, rate=near_rate, rate_source=rate_source[:60],
        amount=before.notional_amount, amount_unit_id=before.notional_currency_id, cash_currency_id=currency,
    )  # fmt: skip
    cash(event, unwinding.worked_out(event, before), currency, on)
    successor = follower(
        before, "R", kind=InstrumentKind.FUTURE, trade_date=on, settlement_date=contract.last_trade_date,
        contract=contract, contract_count=count, entry_price=far_rate,
        notional_amount=count * contract.contract_multiplier,
    )  # fmt: skip
    words = (
        f"Rolled on {on} from {before.contract.code} at {money.plain(near_rate)} to {contract.code} at"
        f" {money.plain(far_rate)}, {count:+d} contracts: {said(event.cash_amount, currency)} on {on}. Followed by"
        f" {successor[0].external_reference}."
    )
    notes = []
    if lots != abs(before.contract_count):
        notes.append(
            f"{abs(before.contract_count)} contracts are closed and {lots} opened: the cover changes."
        )
    version = next_version(before, counts_from=on, number=stands.number, status=InstrumentStatus.UNWOUND)
    return Plan(event, before, version, words, successor=successor, notes=notes)


def _later(old: FuturesContract, new: FuturesContract) -> None:
    if new.risk_id != old.risk_id:
        raise InputError("contract", f"a contract on the same risk as {old.code}", got=new.code)
    if new.last_trade_date <= old.last_trade_date:
        raise InputError(
            "contract",
            f"a contract that trades longer than {old.code}, to {old.last_trade_date}",
            got=new.code,
        )
