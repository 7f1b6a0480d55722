"""European FX options in FpML: the right to exchange two amounts at a strike, for a premium.

The pair of the strike says which currency the right is on: a call on its base currency is a put on the other. A premium
is paid within a week of the trade; a deferred one is a loan, which the book has no place for. Reference: FpML 5,
fxOption, europeanExercise.
"""

from datetime import date
from decimal import Decimal

from hedges.domain.documents.fpml_fx import agrees, direction
from hedges.domain.documents.node import Node
from hedges.domain.documents.trade import Trade
from hedges.enums import InstrumentKind, OptionKind, OptionSide

PREMIUM_DAYS = 7
_NO_TERMS = (
    "buyerAccountReference",
    "sellerAccountReference",
    "spotRate",
    "tenorName",
    "tenorPeriod",
    "soldAs",
)


def fx_option(product: Node, us: str, them: str, trade_date: date) -> Trade:
    problems = product.problems
    product.ignore(*_NO_TERMS)
    buyer, seller = product.target("buyerPartyReference"), product.target("sellerPartyReference")
    if {buyer, seller} != {us, them}:
        problems.add(product.path, "parties", "one of the two parties to buy and the other one to sell")
    side = OptionSide.BOUGHT if buyer == us else OptionSide.SOLD
    if "europeanExercise" not in product.names:
        raise problems.refuse(
            product.path, "unsupported_product", "europeanExercise: the book has European options alone"
        )
    exercise = product.one("europeanExercise")
    exercise.ignore("expiryTime", "cutName")
    expiry, value_date = exercise.day("expiryDate"), exercise.day("valueDate")
    put, call = (_money(product.one(f"{name}CurrencyAmount")) for name in ("put", "call"))
    strike = product.one("strike")
    rate = strike.number("rate")
    basis = strike.word("strikeQuoteBasis", "CallCurrencyPerPutCurrency", "PutCurrencyPerCallCurrency")
    is_put = basis == "CallCurrencyPerPutCurrency"
    base, quote = (put, call) if is_put else (call, put)
    premium, premium_currency = _premium(product, us, them, side, trade_date, quote[0])
    if put[0] and put[0] == call[0]:
        problems.add(
            f"{product.path}/callCurrencyAmount/currency", "pair", "another currency than the put's", call[0]
        )
    if rate is not None and rate <= 0:
        problems.add(f"{strike.path}/rate", "rate", "a strike above zero", rate)
    if expiry and value_date and value_date < expiry:
        problems.add(f"{exercise.path}/valueDate", "dates", f"a day from {expiry} on", value_date)
    problems.raise_any()
    assert rate and value_date and base[1] and quote[1]
    agrees(base[1], rate, quote[1], f"{strike.path}/rate", product)
    sign = (1 if side == OptionSide.BOUGHT else -1) * (-1 if is_put else 1)
    return Trade(
        kind=InstrumentKind.OPTION.value, trade_date=trade_date, value_date=value_date, base_currency=base[0],
        base_amount=sign * base[1], quote_currency=quote[0], quote_amount=-sign * quote[1], rate=rate,
        option_kind=(OptionKind.PUT if is_put else OptionKind.CALL).value, option_side=side.value, expiry_date=expiry,
        premium_amount=premium, premium_currency=premium_currency,
    )  # fmt: skip


def _money(node: Node) -> tuple[str, Decimal | None]:
    currency = node.currency()
    return currency, node.money(currency)


def _premium(
    product: Node, us: str, them: str, side: OptionSide, trade_date: date, quote: str
) -> tuple[Decimal, str]:
    """Paid −, received +; an option without one has a premium of zero in the quote currency."""
    node = product.maybe("premium")
    if node is None:
        return Decimal(0), quote
    node.ignore("settlementInformation", "quote", "payerAccountReference", "receiverAccountReference")
    sign = direction(node, us, them)
    if (sign < 0) != (side == OptionSide.BOUGHT):
        product.problems.add(f"{node.path}/payerPartyReference", "direction", "the buyer to pay the premium")
    adjustable = node.one("paymentDate").one("adjustableDate")
    adjustable.ignore("dateAdjustments")
    paid = adjustable.day("unadjustedDate")
    if paid and paid.toordinal() > trade_date.toordinal() + PREMIUM_DAYS:
        product.problems.add(
            f"{node.path}/paymentDate",
            "unsupported",
            f"a premium paid within {PREMIUM_DAYS} days of the trade",
            paid,
        )
    currency, amount = _money(node.one("paymentAmount"))
    return (sign * amount if amount is not None else Decimal(0)), currency
