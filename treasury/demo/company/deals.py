"""Deals in currencies, struck at the market of their trade date."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import log
from typing import Any

from treasury.demo.company.calendar import week_end
from treasury.demo.company.specs import InstrumentSpec, VersionSpec, counter_amount, rate_digits
from treasury.demo.market.curves import zero_rate
from treasury.demo.market.fx import forward_rate, spot_rate
from treasury.demo.market.reference_rates import business_date
from treasury.demo.market.volatility import implied_volatility
from treasury.kernel.clock import is_weekday, years_between
from treasury.quant.valuation.fx_option import fx_option_value

# What a bank takes on a forward, as a share of the rate.
DEALER_MARGIN = 0.0003


@dataclass(frozen=True)
class Ticket:
    """What a deal is for; `amount` is signed in the base unit of the risk, + is bought."""

    entity: str
    counterparty: str
    risk: str
    trade_date: date
    settlement_date: date
    amount: Decimal
    hedges: tuple[str, ...]

    @property
    def base(self) -> str:
        return self.risk[:3]

    @property
    def quote(self) -> str:
        return self.risk[3:]

    def on_another(self, risk: str, amount: Decimal) -> "Ticket":
        return replace(self, risk=risk, amount=amount)

    def reversed(self) -> "Ticket":
        return replace(self, amount=-self.amount)


def life(trade_date: date, settlement_date: date, terms: dict[str, Any]) -> list[VersionSpec]:
    """The version of the trade date, and the settled one when the bank statement has come."""
    versions = [VersionSpec(trade_date, trade_date, {"status": "LIVE"} | terms)]
    if week_end(settlement_date) <= business_date():
        settled = {"status": "SETTLED"} | terms
        versions.append(
            VersionSpec(week_end(settlement_date), settlement_date, settled, "settled by bank statement")
        )
    return versions


def common_terms(ticket: Ticket) -> dict[str, Any]:
    return {
        "counterparty": ticket.counterparty,
        "risk": ticket.risk,
        "trade_date": ticket.trade_date,
        "settlement_date": ticket.settlement_date,
        "notional_amount": ticket.amount,
        "notional_currency": ticket.base,
    }


def strike_terms(ticket: Ticket, rate: Decimal) -> dict[str, Any]:
    return {
        "strike_rate": rate,
        "counter_amount": counter_amount(ticket.amount, rate, ticket.quote),
        "counter_currency": ticket.quote,
    }


def dealt_forward_rate(ticket: Ticket, margin: float = 0.0) -> Decimal:
    """The market's forward, a little worse for the company: dearer when it buys, cheaper when it sells."""
    market = forward_rate(ticket.base, ticket.quote, ticket.trade_date, ticket.settlement_date)
    side = 1 if ticket.amount > 0 else -1
    return rate_digits(market * (1 + side * DEALER_MARGIN + margin))


def forward(ticket: Ticket, margin: float = 0.0) -> list[InstrumentSpec]:
    terms = common_terms(ticket) | strike_terms(ticket, dealt_forward_rate(ticket, margin))
    versions = life(ticket.trade_date, ticket.settlement_date, terms)
    return [InstrumentSpec(ticket.entity, "FORWARD", versions, ticket.hedges)]


def non_deliverable_forward(ticket: Ticket, margin: float = 0.0) -> list[InstrumentSpec]:
    terms = common_terms(ticket) | strike_terms(ticket, dealt_forward_rate(ticket, margin))
    terms |= {"fixing_date": weekdays_before(ticket.settlement_date, 2), "settlement_currency": ticket.quote}
    versions = life(ticket.trade_date, ticket.settlement_date, terms)
    return [InstrumentSpec(ticket.entity, "NON_DELIVERABLE_FORWARD", versions, ticket.hedges)]


def bought_option(ticket: Ticket, margin: float = 0.0) -> list[InstrumentSpec]:
    """A call on what has to be bought, a put on what will be sold, one percent out of the money."""
    return [_option(ticket, "BOUGHT", 0.01 + margin, "")]


def collar(ticket: Ticket, margin: float = 0.0) -> list[InstrumentSpec]:
    """Two legs: a bought option that protects, and a sold one on the other side that pays for most of it."""
    structure = f"COLLAR-{ticket.hedges[0]}"
    return [_option(ticket, "BOUGHT", 0.02, structure), _option(ticket, "SOLD", 0.025, structure)]


def _option(ticket: Ticket, side: str, out_of_the_money: float, structure: str) -> InstrumentSpec:
    buys_base = ticket.amount > 0
    # Both legs of a collar have the direction of the hedge: a bought call and a sold put are both long.
    kind = "CALL" if buys_base == (side == "BOUGHT") else "PUT"
    day, base, quote = ticket.trade_date, ticket.base, ticket.quote
    expiry = weekdays_before(ticket.settlement_date, 2)
    market = forward_rate(base, quote, day, ticket.settlement_date)
    strike = rate_digits(market * (1 + out_of_the_money if kind == "CALL" else 1 - out_of_the_money))
    years = years_between(day, expiry)
    # What the option pays is paid at the settlement; its variance ends at the expiry.
    paid_after = years_between(day, ticket.settlement_date)
    quote_rate = zero_rate(quote, day, paid_after) * paid_after / years
    spot = spot_rate(base, quote, day)
    value = fx_option_value(
        1 if kind == "CALL" else -1,
        1.0,
        spot,
        float(strike),
        # The base currency's rate at which parity gives the market's forward, basis included.
        quote_rate - log(market / spot) / years,
        quote_rate,
        implied_volatility(base, quote, day, years, float(strike) / market),
        years,
    )
    # A premium to the nearest hundred, paid for what is bought and received for what is sold.
    premium = Decimal(round(float(value.unit_value) * float(abs(ticket.amount)) / 100) * 100)
    terms = common_terms(ticket) | strike_terms(ticket, strike)
    terms |= {
        "option_kind": kind,
        "option_side": side,
        "expiry_date": expiry,
        "premium_amount": -premium if side == "BOUGHT" else premium,
        "premium_currency": quote,
    }
    versions = life(day, ticket.settlement_date, terms)
    return InstrumentSpec(ticket.entity, "OPTION", versions, ticket.hedges, structure)


def weekdays_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= is_weekday(day)
    return day


MAKERS: dict[str, Callable[[Ticket, float], list[InstrumentSpec]]] = {
    "forward": forward,
    "ndf": non_deliverable_forward,
    "option": bought_option,
    "collar": collar,
    "proxy": forward,
}
