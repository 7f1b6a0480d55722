"""Fixing a non-deliverable forward: the rate of its fixing date, and with it the amount of its settlement.

N·(F − K) in the quote currency, or N·(F − K)/F where it settles in the base unit; rounded once. It ends on its
settlement date, on which the amount is paid.
Worked example: bought USD 1,000,000 against BRL at 5.00, settled in USD, fixed at 5.20: USD +38,461.54.
"""

from __future__ import annotations

from decimal import Decimal

from hedges.domain.trade_life.plan import Plan, cash, currency_of, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing, happened, of_kind
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from treasury.domain.refusals import Refusal
from treasury.kernel import money, trade_cash


def plan(stands: Standing, *, rate: Decimal, rate_source: str) -> Plan:
    """`rate`: quote currency per base unit; `rate_source`: whose rate it is."""
    before = stands.version
    of_kind(
        stands, (InstrumentKind.NON_DELIVERABLE_FORWARD,), "a non-deliverable forward: only these are fixed"
    )
    assert before.fixing_date is not None and before.counter_amount is not None
    happened(stands, before.fixing_date)
    if not rate_source.strip():
        raise Refusal("rate_source: is missing. Say whose rate it is, for example PTAX.")
    in_base = before.settlement_currency_id == before.notional_currency_id
    amount = trade_cash.fixing_amount(
        before.notional_amount, before.counter_amount, rate, in_base_unit=in_base
    )
    event = event_of(
        before, LifeEventKind.FIXING, before.fixing_date, rate=rate, rate_source=rate_source.strip()[:60],
        amount=before.notional_amount, amount_unit_id=before.notional_currency_id,
    )  # fmt: skip
    currency = str(before.settlement_currency_id or currency_of(before))
    cash(event, amount, currency, before.settlement_date)
    words = (
        f"Fixed on {before.fixing_date} at {money.plain(rate)} ({event.rate_source}):"
        f" {said(event.cash_amount, currency)} on {before.settlement_date}."
    )
    version = next_version(
        before, counts_from=before.settlement_date, number=stands.number, status=InstrumentStatus.SETTLED
    )
    return Plan(event, before, version, words)
