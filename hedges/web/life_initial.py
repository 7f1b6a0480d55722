"""What stands in a form of the life of a trade when it is opened: the day, and the market's rates as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hedges.domain.trade_life import rates
from hedges.domain.trade_life.standing import Standing
from hedges.enums import InstrumentKind
from hedges.web.forms.instrument_life import (
    END,
    EXERCISE,
    FIX,
    LAPSE,
    NOVATE,
    ROLL,
    SETTLE,
    UNWIND,
    rate_unit,
)
from treasury.kernel.money import plain

_FORWARDS = (InstrumentKind.FORWARD, InstrumentKind.FX_SWAP, InstrumentKind.NON_DELIVERABLE_FORWARD)


def initial(verb: str, stands: Standing, asked: Mapping[str, str]) -> dict[str, Any]:
    """Dates are today's; a fixing is that of its date where it is on record, a rate to unwind or roll the market's."""
    version = stands.version
    day = min(stands.today, version.settlement_date)
    if verb in (SETTLE, NOVATE, END):
        return {"event_date": day}
    if verb in (FIX, EXERCISE, LAPSE):
        on = version.fixing_date if verb == FIX else version.expiry_date
        found = rates.fixing(version, on) if on else None
        return {"rate": _typed(version, found.rate), "rate_source": found.source} if found else {}
    if verb in (UNWIND, ROLL) and version.kind in _FORWARDS:
        seen = rates.forward(version, version.settlement_date)
        rate = _typed(version, seen.rate) if seen and seen.rate else ""
        if verb == ROLL:
            return {"event_date": day, "rate": rate, "value_date": asked.get("value_date", "3M")}
        return {"event_date": day, "rate": rate, "cash_date": day,
                "discount_factor": plain(seen.discount_factor) if seen and seen.discount_factor else ""}  # fmt: skip
    return {"event_date": day} if verb in (UNWIND, ROLL) else {}


def market_words(stands: Standing, verb: str) -> str:
    """What the market says, beside the form; empty where it says nothing."""
    version = stands.version
    if verb in (FIX, EXERCISE, LAPSE):
        on = version.fixing_date if verb == FIX else version.expiry_date
        found = rates.fixing(version, on) if on else None
        if found is None:
            return f"No rate of {on} is on record: type it with its source." if on else ""
        return (
            f"On record for {on}: {_typed(version, found.rate)} {rate_unit(version)[0]}, from {found.source}."
        )
    if verb in (UNWIND, ROLL) and version.kind in _FORWARDS:
        seen = rates.forward(version, version.settlement_date)
        if seen is None or not seen.rate:
            return "No night has been published with a market for this trade: type the bank's rates."
        return (
            f"Market of {seen.as_of_date}: {_typed(version, seen.rate)} {rate_unit(version)[0]} to"
            f" {version.settlement_date}."
        )
    return ""


def _typed(version: Any, rate: Decimal) -> str:
    if not rate or not rate_unit(version)[1]:
        return plain(rate)
    return plain((1 / rate).quantize(Decimal("0.000001")))
