"""FX in FpML: two amounts that are exchanged on one day, delivered or settled in cash against a fixing; and FX swaps.

Reference: FpML 5, fxSingleLeg, nonDeliverableSettlement, fxSwap. Worked example: EUR 10,000,000 received, USD 9,175,000
paid, rate 0.9175 Currency2PerCurrency1, spot 0.9130 and points 0.0045.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hedges.domain.documents.node import Node
from hedges.domain.documents.trade import Trade
from hedges.enums import InstrumentKind

#: How far an amount may be from the other one at the rate: banks round rates, not amounts.
TOLERANCE = Decimal("0.0001")
_NO_TERMS = ("settlementInformation", "tenorName", "tenorPeriod", "dealtCurrency")


@dataclass(frozen=True, slots=True)
class Leg:
    """`base` and `quote` are currencies, `*_amount` signed from our side."""

    base: str
    base_amount: Decimal
    quote: str
    quote_amount: Decimal
    rate: Decimal
    value_date: date
    fixing_date: date | None = None
    settlement_currency: str | None = None


def fx_single_leg(product: Node, us: str, them: str, trade_date: date) -> Trade:
    leg = _leg(product, us, them)
    deliverable = leg.fixing_date is None
    return Trade(
        kind=(InstrumentKind.FORWARD if deliverable else InstrumentKind.NON_DELIVERABLE_FORWARD).value,
        trade_date=trade_date, value_date=leg.value_date, base_currency=leg.base, base_amount=leg.base_amount,
        quote_currency=leg.quote, quote_amount=leg.quote_amount, rate=leg.rate, fixing_date=leg.fixing_date,
        settlement_currency=leg.settlement_currency,
    )  # fmt: skip


def fx_swap(product: Node, us: str, them: str, trade_date: date) -> Trade:
    near, far = (_leg(product.one(name), us, them) for name in ("nearLeg", "farLeg"))
    problems = product.problems
    if near.fixing_date or far.fixing_date:
        problems.add(product.path, "unsupported", "legs that are delivered")
    if (near.base, near.quote) != (far.base, far.quote):
        problems.add(
            f"{product.path}/farLeg",
            "legs_differ",
            f"the near leg's pair {near.base}{near.quote}",
            far.base + far.quote,
        )
    if near.base_amount * far.base_amount > 0:
        problems.add(
            f"{product.path}/farLeg", "legs_differ", "what the near leg pays to come back in the far leg"
        )
    if near.value_date >= far.value_date:
        problems.add(
            f"{product.path}/farLeg/valueDate", "dates", f"a day after {near.value_date}", far.value_date
        )
    return Trade(
        kind=InstrumentKind.FX_SWAP.value, trade_date=trade_date, value_date=far.value_date,
        base_currency=far.base, base_amount=far.base_amount, quote_currency=far.quote, quote_amount=far.quote_amount,
        rate=far.rate, near_date=near.value_date, near_base_amount=near.base_amount,
        near_quote_amount=near.quote_amount, near_rate=near.rate,
    )  # fmt: skip


def _leg(node: Node, us: str, them: str) -> Leg:
    node.ignore(*_NO_TERMS)
    paid = [_payment(node.one(f"exchangedCurrency{number}"), us, them) for number in (1, 2)]
    value_date = node.day("valueDate")
    exchange = node.one("exchangeRate")
    base, quote = pair(exchange.one("quotedCurrencyPair"))
    rate = exchange.number("rate")
    _points(exchange, rate)
    fixing = _fixing(node, base, quote)
    problems = node.problems
    amounts = {currency: amount for currency, amount in paid if amount is not None}
    if rate is not None and rate <= 0:
        problems.add(f"{exchange.path}/rate", "rate", "a rate above zero", rate)
    if {base, quote} != {currency for currency, _ in paid}:
        problems.add(
            f"{exchange.path}/quotedCurrencyPair",
            "pair",
            "the two currencies that are exchanged",
            base + quote,
        )
    if len(amounts) == 2 and amounts.get(base, Decimal(1)) * amounts.get(quote, Decimal(-1)) > 0:
        problems.add(
            f"{node.path}/exchangedCurrency2", "direction", "one amount received and the other one paid"
        )
    problems.raise_any()
    assert rate is not None and value_date is not None
    agrees(amounts[base], rate, amounts[quote], f"{exchange.path}/rate", node)
    problems.raise_any()
    return Leg(base, amounts[base], quote, amounts[quote], rate, value_date, *fixing)


def _payment(node: Node, us: str, them: str) -> tuple[str, Decimal | None]:
    """Currency and amount, + where we receive it."""
    node.ignore("settlementInformation", "payerAccountReference", "receiverAccountReference")
    sign = direction(node, us, them)
    money = node.one("paymentAmount")
    currency = money.currency()
    amount = money.money(currency)
    return currency, None if amount is None else sign * amount


def direction(node: Node, us: str, them: str) -> int:
    """+1 where the other party pays and we receive, −1 the other way round."""
    payer, receiver = node.target("payerPartyReference"), node.target("receiverPartyReference")
    if {payer, receiver} != {us, them}:
        node.problems.add(node.path, "parties", "one of the two parties to pay and the other one to receive")
    return 1 if receiver == us else -1


def pair(node: Node) -> tuple[str, str]:
    """Base and quote currency of a rate."""
    first, second = node.currency("currency1"), node.currency("currency2")
    basis = node.word("quoteBasis", "Currency1PerCurrency2", "Currency2PerCurrency1")
    return (second, first) if basis == "Currency1PerCurrency2" else (first, second)


def agrees(base_amount: Decimal, rate: Decimal, quote_amount: Decimal, path: str, node: Node) -> None:
    """The rate is that of the amounts."""
    if abs(abs(base_amount) * rate - abs(quote_amount)) > abs(quote_amount) * TOLERANCE:
        node.problems.add(
            path, "rate", f"about {abs(quote_amount / base_amount):.6f}, which is the amounts'", rate
        )


def _points(exchange: Node, rate: Decimal | None) -> None:
    exchange.ignore("crossRate")
    spot, points = (exchange.number(name, required=False) for name in ("spotRate", "forwardPoints"))
    size = exchange.number("pointValue", required=False)
    if spot is None or points is None or rate is None:
        return
    if spot + points * (1 if size is None else size) != rate:
        exchange.problems.add(
            f"{exchange.path}/forwardPoints", "points", "points that lead from spot to the rate", points
        )


def _fixing(node: Node, base: str, quote: str) -> tuple[date | None, str | None]:
    """The fixing date and the currency paid; where the rate is read is not one of the book's terms."""
    cash = node.maybe("nonDeliverableSettlement")
    if cash is None:
        return None, None
    currency = cash.currency("settlementCurrency")
    if currency and currency not in (base, quote):
        node.problems.add(f"{cash.path}/settlementCurrency", "pair", f"{base} or {quote}", currency)
    fixing = cash.one("fixing")
    fixing.ignore("fxSpotRateSource")
    if set(pair(fixing.one("quotedCurrencyPair"))) != {base, quote}:
        node.problems.add(f"{fixing.path}/quotedCurrencyPair", "pair", f"{base} and {quote}")
    day = fixing.day("fixingDate")
    return day or date.max, currency
