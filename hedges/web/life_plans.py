"""From what a form says to the domain's plan of it: one verb, one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hedges.domain.trade_life import (
    cancellation,
    ending,
    exercise,
    fixing,
    lapse,
    novation,
    partial_settlement,
    reversal,
    rolling,
    unwinding,
)
from hedges.domain.trade_life.plan import Plan
from hedges.domain.trade_life.standing import Standing
from hedges.enums import LifeEventMethod
from hedges.models import InstrumentEvent
from hedges.web.forms.instrument_life import (
    CANCEL,
    END,
    EXERCISE,
    FIX,
    LAPSE,
    NOVATE,
    ROLL,
    SETTLE,
    UNWIND,
)
from treasury.models import Counterparty

Told = dict[str, Any]


def plan(verb: str, stands: Standing, told: Told, event: InstrumentEvent | None) -> Plan:
    """`told`: the cleaned fields of the verb's form; `event`: what is taken back. Raises what the domain refuses."""
    if event is not None:
        return reversal.plan(stands, event=event)
    return _PLANS[verb](stands, told)


def _settle(stands: Standing, told: Told) -> Plan:
    return partial_settlement.plan(
        stands, on=told["event_date"], amount=told["amount"], agreed=told["cash_amount"]
    )


def _unwind(stands: Standing, told: Told) -> Plan:
    return unwinding.plan(
        stands,
        on=told["event_date"],
        amount=told["amount"],
        rate=told["rate"],
        discount_factor=told["discount_factor"],
        agreed=told["cash_amount"],
        cash_date=told["cash_date"],
    )


def _roll(stands: Standing, told: Told) -> Plan:
    """What the form of the kind does not ask is not said."""
    return rolling.plan(
        stands,
        on=told["event_date"],
        near_rate=told["rate"],
        far_rate=told["far_rate"],
        method=told.get("method", LifeEventMethod.AT_MARKET),
        **{name: told.get(name) for name in ("value_date", "fixing_date", "contract", "contract_count")},
    )


def _novate(stands: Standing, told: Told) -> Plan:
    bank = Counterparty.objects.get(code=told["counterparty"])
    return novation.plan(stands, on=told["event_date"], counterparty=bank, agreed=told["cash_amount"])


def _exercise(stands: Standing, told: Told) -> Plan:
    return exercise.plan(
        stands,
        on=_expiry(stands),
        method=LifeEventMethod(told["method"]),
        rate=told["rate"],
        rate_source=told["rate_source"],
    )


def _lapse(stands: Standing, told: Told) -> Plan:
    return lapse.plan(stands, on=_expiry(stands), rate=told["rate"], rate_source=told["rate_source"])


def _fix(stands: Standing, told: Told) -> Plan:
    return fixing.plan(stands, rate=told["rate"], rate_source=told["rate_source"])


def _end(stands: Standing, told: Told) -> Plan:
    return ending.plan(stands, on=told["event_date"])


def _cancel(stands: Standing, told: Told) -> Plan:
    return cancellation.plan(stands)


def _expiry(stands: Standing) -> Any:
    """Of another kind of trade any day will do: the verb refuses it."""
    return stands.version.expiry_date or stands.version.settlement_date


_PLANS: dict[str, Callable[[Standing, Told], Plan]] = {
    SETTLE: _settle, UNWIND: _unwind, ROLL: _roll, NOVATE: _novate, EXERCISE: _exercise, LAPSE: _lapse, FIX: _fix,
    END: _end, CANCEL: _cancel,
}  # fmt: skip
