"""The terms of swaps as they are typed: start, maturity counted from it, rates in per cent, months of a period."""

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.ticket.pairs import Dealt
from hedges.domain.ticket.reader import Reader
from hedges.enums import DayCount, InstrumentKind
from hedges.models import InstrumentVersion
from hedges.queries.ticket import Offer
from treasury.enums import RiskKind
from treasury.kernel.day_count import money_market

MOST_MONTHS = 60


def interest_rate_terms(reader: Reader, offer: Offer, trade_date: date | None) -> dict[str, Any]:
    """The amount is in the currency of the index; what is dealt against it is the index itself."""
    indices = [row for row in offer.risks if row["kind"] == RiskKind.RATE_INDEX]
    risk = reader.row("index", indices, "code", "the code of a rate index such as EURIBOR6M")
    unit = risk["base_unit_id"] if risk else ""
    spread = reader.rate("spread_rate", signed=True, percent=True)
    return {
        "risk": risk,
        "currency": unit,
        "amount": reader.amount("amount", unit),
        "spread_rate": Decimal(0) if spread is None else spread,
        **_legs(reader),
        **_dates(reader, [unit] if unit else [], trade_date),
        **_fixed(reader, "fixed_rate"),
    }


def cross_currency_terms(reader: Reader, found: Dealt | None, trade_date: date | None) -> dict[str, Any]:
    """`fixed_rate` is the coupon of the amount's own currency, `counter_fixed_rate` that of the other one."""
    if found and found.pair is None:
        reader.refuse("currency", "Expected a currency: a quantity pays no coupon.")
    return {
        "resets_notional": str(reader.said.get("resets_notional") or "") not in ("", "0", "false", "False"),
        **_dates(reader, found.currencies if found else [], trade_date),
        **_fixed(reader, "fixed_rate"),
        **_fixed(reader, "counter_fixed_rate"),
    }


def _dates(reader: Reader, currencies: list[str], trade_date: date | None) -> dict[str, Any]:
    start = reader.day("start_date", trade_date=trade_date, currencies=currencies, default="spot")
    ends = reader.day("value_date", trade_date=trade_date, currencies=currencies, start=start)
    if start and ends and ends <= start:
        reader.refuse("value_date", f"Expected a day after the start {start}, got {ends}.")
    return {
        "start_date": start,
        "value_date": ends,
        "payment_months": reader.whole("payment_months", MOST_MONTHS),
    }


def _legs(reader: Reader) -> dict[str, Any]:
    """How the legs count and how often the floating one pays, where it is said: see `hedges.domain.schedules`."""
    return {
        "day_count": _count(reader, "day_count"),
        "floating_payment_months": reader.whole("floating_payment_months", MOST_MONTHS),
        "floating_day_count": _count(reader, "floating_day_count"),
    }


def say_legs(reader: Reader, version: InstrumentVersion) -> None:
    """How each leg of an interest-rate swap came to count and pay stands beside its fields."""
    if version.kind != InstrumentKind.INTEREST_RATE_SWAP:
        return
    fixed = DayCount(version.day_count or money_market(version.notional_currency_id)).label
    floating = DayCount(version.floating_day_count).label if version.floating_day_count else fixed
    months = version.floating_payment_months or version.payment_months
    reader.echoes |= {
        "day_count": fixed,
        "floating_payment_months": f"{months} months",
        "floating_day_count": floating,
    }


def _count(reader: Reader, name: str) -> str | None:
    typed = reader.text(name).upper()
    if not typed:
        return None
    if typed not in DayCount.values:
        reader.refuse(name, f"Expected {', '.join(DayCount.values)}.")
        return None
    return typed


def _fixed(reader: Reader, name: str) -> dict[str, Any]:
    found = reader.rate(name, signed=True, percent=True)
    if found is not None:
        reader.echoes[name] = f"{found.normalize():f} a year"
    return {name: found}
