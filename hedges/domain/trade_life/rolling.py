"""A roll as it is said on a page or over the API: a tenor or date for what is exchanged, a contract for a future."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.trade_life import roll, roll_future
from hedges.domain.trade_life.plan import Plan
from hedges.domain.trade_life.standing import Standing
from hedges.enums import InstrumentKind, LifeEventMethod
from hedges.models import FuturesContract
from hedges.queries import futures_contracts
from treasury.domain.value_days import EXPECTED, value_day
from treasury.enums import RiskKind
from treasury.kernel.errors import InputError, shown


def plan(
    stands: Standing,
    *,
    on: date,
    near_rate: Decimal,
    far_rate: Decimal,
    method: str,
    value_date: str | None = None,
    fixing_date: date | None = None,
    contract: str | None = None,
    contract_count: int | None = None,
    rate_source: str = "",
) -> Plan:
    """A tenor counts from the old settlement; `contract`: a code. What the kind of trade does not know is refused."""
    before = stands.version
    if before.kind == InstrumentKind.FUTURE:
        _only_of("a trade that is exchanged on a day", value_date=value_date, fixing_date=fixing_date)
        if method != LifeEventMethod.AT_MARKET:
            raise InputError("method", "AT_MARKET: the gain of a future is paid every day", got=shown(method))
        return roll_future.plan(
            stands, on=on, near_rate=near_rate, far_rate=far_rate, contract=_contract(contract),
            contract_count=contract_count, rate_source=rate_source,
        )  # fmt: skip
    roll.refuse_what_is_not_rolled(before)
    _only_of("a future", contract=contract, contract_count=contract_count)
    if not value_date:
        raise InputError("value_date", f"the new settlement: {EXPECTED}")
    codes = [before.notional_currency_id, before.counter_currency_id or ""]
    day = value_day(
        value_date, business_date=on, start=before.settlement_date,
        currencies=codes if before.risk.kind == RiskKind.CURRENCY_PAIR else [],
    )  # fmt: skip
    return roll.plan(
        stands, on=on, near_rate=near_rate, far_rate=far_rate, settlement_date=day.day,
        method=LifeEventMethod(method), fixing_date=fixing_date, rate_source=rate_source,
    )  # fmt: skip


def _contract(code: str | None) -> FuturesContract:
    if not code:
        raise InputError("contract", "the code of the contract into which the future is rolled")
    found = futures_contracts.contracts().filter(code=code).first()
    if found is None:
        raise InputError("contract", "the code of a futures contract on record", got=shown(code))
    return found


def _only_of(kind: str, **told: object) -> None:
    for name, value in told.items():
        if value not in (None, ""):
            raise InputError(name, f"nothing: it is said of {kind}", got=shown(str(value)))
