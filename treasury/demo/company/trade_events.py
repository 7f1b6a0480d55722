"""What happens to trades besides settling: a collar that ends, a non-deliverable forward that is fixed, one rolled.

None of them is designated. Rates are those of the market on the day.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from treasury.demo.company.book import instruments
from treasury.demo.company.deals import DEALER_MARGIN
from treasury.demo.company.last_week import put_off
from treasury.demo.company.specs import InstrumentSpec, rate_digits
from treasury.demo.market.fx import forward_rate, spot_rate

SOURCE = "ECB reference rates"
#: The flows whose hedges these are.
COLLARED, FIXED = "SE-JPY-2026-06", "US-KRW-2026-09"


@dataclass(frozen=True)
class EventSpec:
    """`verb`: that of the domain; `terms`: what it is told, names as there."""

    verb: str
    reference: str
    day: date
    reason: str
    terms: dict[str, Any] = field(default_factory=dict)


@cache
def trade_events() -> tuple[EventSpec, ...]:
    return (*_collar_ends(), _is_fixed(), _is_rolled())


@cache
def ended_by_events() -> frozenset[str]:
    """Deals that no bank statement has to settle."""
    return frozenset(event.reference for event in trade_events())


def _collar_ends() -> list[EventSpec]:
    """The option that is in the money is exercised for cash; the other one lapses."""
    found = []
    for deal in _hedges_of(COLLARED):
        day, strike = deal.terms["expiry_date"], deal.terms["strike_rate"]
        rate = _rate(spot_rate(*_pair(deal), day))
        pays = rate < strike if deal.terms["option_kind"] == "PUT" else rate > strike
        seen = {"on": day, "rate": rate, "rate_source": SOURCE}
        if pays:
            cash = {**seen, "method": "CASH"}
            found.append(EventSpec("exercise", deal.reference, day, "the yen is below the strike", cash))
        else:
            found.append(EventSpec("lapse", deal.reference, day, "out of the money", seen))
    return found


def _is_fixed() -> EventSpec:
    (deal,) = _hedges_of(FIXED)
    day = deal.terms["fixing_date"]
    terms = {"rate": _rate(spot_rate(*_pair(deal), day)), "rate_source": SOURCE}
    return EventSpec("fixing", deal.reference, day, "the bank's fixing agrees", terms)


def _is_rolled() -> EventSpec:
    """With the flow that it hedges, which is paid later: bought back at the near rate, sold at the far one."""
    moved = put_off()
    (deal,) = _hedges_of(moved.reference)
    day, later = moved.valid_from, moved.terms["expected_date"]
    near, far = (
        _rate(forward_rate(*_pair(deal), day, settles) * (1 + margin))
        for settles, margin in (
            (deal.terms["settlement_date"], DEALER_MARGIN / 2),
            (later, -DEALER_MARGIN / 2),
        )
    )
    terms = {
        "on": day, "near_rate": near, "far_rate": far, "settlement_date": later, "method": "AT_MARKET",
        "rate_source": deal.terms["counterparty"],
    }  # fmt: skip
    return EventSpec("roll", deal.reference, day, "the flow that it hedges comes a quarter later", terms)


def _hedges_of(reference: str) -> list[InstrumentSpec]:
    return [deal for deal in instruments().values() if reference in deal.hedges]


def _pair(deal: InstrumentSpec) -> tuple[str, str]:
    return deal.terms["risk"][:3], deal.terms["risk"][3:]


def _rate(rate: float) -> Decimal:
    return rate_digits(rate)
