"""A trade that is worked out, as the line of a proposal whose ticket it fills in.

Amounts are signed in the risk's base unit, + to buy; strikes are quote currency per unit of base and stand in the
ticket as the market quotes the pair, to six digits; a premium is that of the whole amount in the quote currency, as
paid, rounded once. An option protects: who sells buys a put, who buys a call. It expires on the business day from which
the pair settles on the value date. Reference: rules section 2 (options), FAQ §12.
Worked example: risk USDEUR, −600,000 USD under a put at 0.92 EUR for 0.012: side BUY, PUT on USD 600,000 at EURUSD
1.08696, premium EUR 7,200.00.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.proposals.propose import LineDraft
from hedges.domain.ticket.kinds import COLLAR
from hedges.domain.ticket.pairs import market_pair
from hedges.enums import InstrumentKind, OptionKind
from treasury.domain.value_days import business_day
from treasury.enums import RiskKind
from treasury.kernel.money import round_amount
from treasury.quant.dates.conventions import pair_spot_lag

OPTION = InstrumentKind.OPTION.value
PROTECTIVE = (OPTION, COLLAR)


def currencies(risk: Mapping[str, Any]) -> list[str]:
    """Those that a trade of the risk pays: of a quantity that of its price."""
    if risk["kind"] == RiskKind.CURRENCY_PAIR:
        return [risk["base_unit_id"], risk["quote_currency_id"]]
    return [risk["quote_currency_id"] or risk["base_unit_id"]]


def deal(
    risk: Mapping[str, Any],
    entity_code: str,
    kind: str,
    amount: Decimal,
    day: date,
    *,
    strike: float | None = None,
    sold_strike: float | None = None,
    premium: float | None = None,
    sold_premium: float | None = None,
    not_before: date | None = None,
    **cell: Any,
) -> LineDraft:
    """`kind` a forward of some kind, OPTION or COLLAR; premiums per unit of base, None: the dealer's; `cell`: what it
    is for, as `LineDraft` has it. `not_before`: the first day on which an option can expire."""
    is_pair = risk["kind"] == RiskKind.CURRENCY_PAIR
    ticket = {
        "entity": entity_code, "side": _side(amount), "amount": f"{abs(amount):f}", "value_date": day.isoformat(),
        "currency": risk["base_unit_id"] if is_pair else risk["code"],
    }  # fmt: skip
    if is_pair:
        ticket["against"] = str(market_pair(risk["base_unit_id"], risk["quote_currency_id"]))
    if kind in PROTECTIVE:
        paid = {"premium_amount": premium, "sold_premium_amount": sold_premium if kind == COLLAR else None}
        ticket |= {
            "expiry_date": max(_expiry(risk, day), not_before or day.min).isoformat(),
            "premium_currency": risk["quote_currency_id"],
            **{name: _premium(risk, amount, each) for name, each in paid.items() if each is not None},
            **{name: dealt_rate(risk, rate) for name, rate in (("rate", strike), ("sold_rate", sold_strike)) if rate},
        }  # fmt: skip
    if kind == OPTION:
        right = OptionKind.CALL if amount > 0 else OptionKind.PUT
        ticket |= {"side": "BUY", "option_kind": right.value}
    return LineDraft(
        risk_id=risk["id"], trade_kind=kind, notional_amount=amount, value_date=day, ticket=ticket, **cell
    )


def dealt_rate(risk: Mapping[str, Any], rate: float) -> str:
    """A rate of the risk as the market quotes it, to six digits."""
    if risk["kind"] == RiskKind.CURRENCY_PAIR:
        base = market_pair(risk["base_unit_id"], risk["quote_currency_id"]).base
        rate = rate if base == risk["base_unit_id"] else 1 / rate
    return f"{Decimal(f'{rate:.6g}'):f}"


def _side(amount: Decimal) -> str:
    return "BUY" if amount > 0 else "SELL"


def _expiry(risk: Mapping[str, Any], day: date) -> date:
    if risk["kind"] != RiskKind.CURRENCY_PAIR:
        return day
    paid = currencies(risk)
    return business_day(day, -pair_spot_lag(paid[0], paid[1]), paid)


def _premium(risk: Mapping[str, Any], amount: Decimal, each: float) -> str:
    whole = round_amount(Decimal(repr(float(each))) * abs(amount), risk["quote_currency_id"])
    return f"{whole:f}" if whole else "0"
