"""Trades out as FpML 5: a data document of the confirmation view with one trade, seen by nobody in particular.

The structure is that of the published samples. Reference: FpML 5-13, confirmation view.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from hedges.domain.documents.element import document, element
from hedges.domain.documents.fpml_read import NAMESPACE
from hedges.domain.documents.fpml_write_swap import swap
from hedges.domain.documents.trade import Trade
from hedges.enums import InstrumentKind, OptionKind, OptionSide
from treasury.domain.value_days import spot_day

US, THEM = "party1", "party2"
_LEI = "http://www.fpml.org/coding-scheme/external/iso17442"
_REFERENCE = "urn:hedgebook:external-reference"


@dataclass(frozen=True, slots=True)
class Named:
    lei: str
    name: str


def write(trade: Trade, *, us: Named, them: Named, reference: str) -> bytes:
    """Raises KeyError for a kind that is no FpML product here."""
    make = _PRODUCTS[trade.kind]
    root = element(
        "dataDocument",
        element(
            "trade",
            element(
                "tradeHeader",
                element(
                    "partyTradeIdentifier",
                    element("partyReference", href=US),
                    element("tradeId", reference, tradeIdScheme=_REFERENCE),
                ),
                element("tradeDate", trade.trade_date),
            ),
            make(trade),
        ),
        *(
            element(
                "party",
                element("partyId", who.lei, partyIdScheme=_LEI),
                element("partyName", who.name),
                id=key,
            )
            for key, who in ((US, us), (THEM, them))
        ),
        xmlns=NAMESPACE,
        fpmlVersion="5-13",
    )
    return document(root)


def _between(sign: int) -> tuple[Element, Element]:
    """Who pays and who receives; `sign` + where we receive."""
    payer, receiver = (THEM, US) if sign > 0 else (US, THEM)
    return element("payerPartyReference", href=payer), element("receiverPartyReference", href=receiver)


def _amount(currency: str | None, amount: Decimal) -> tuple[Element, Element]:
    return element("currency", currency), element("amount", abs(amount))


def _exchanged(number: int, currency: str | None, amount: Decimal) -> Element:
    return element(
        f"exchangedCurrency{number}",
        *_between(1 if amount > 0 else -1),
        element("paymentAmount", *_amount(currency, amount)),
    )


def _pair(trade: Trade) -> Element:
    return element(
        "quotedCurrencyPair",
        element("currency1", trade.base_currency),
        element("currency2", trade.quote_currency),
        element("quoteBasis", "Currency2PerCurrency1"),
    )


def _leg(trade: Trade, base: Any, quote: Any, day: Any, rate: Any) -> list[Element]:
    return [
        _exchanged(1, trade.base_currency, base),
        _exchanged(2, trade.quote_currency, quote),
        element("valueDate", day),
        element("exchangeRate", _pair(trade), element("rate", rate)),
    ]


def _single_leg(trade: Trade) -> Element:
    cash = None
    if trade.kind == InstrumentKind.NON_DELIVERABLE_FORWARD:
        cash = element(
            "nonDeliverableSettlement",
            element("settlementCurrency", trade.settlement_currency),
            element("fixing", _pair(trade), element("fixingDate", trade.fixing_date)),
        )
    legs = _leg(trade, trade.base_amount, trade.quote_amount, trade.value_date, trade.rate)
    return element("fxSingleLeg", *legs, cash)


def _fx_swap(trade: Trade) -> Element:
    near = (trade.near_base_amount, trade.near_quote_amount, trade.near_date, trade.near_rate)
    far = (trade.base_amount, trade.quote_amount, trade.value_date, trade.rate)
    return element("fxSwap", element("nearLeg", *_leg(trade, *near)), element("farLeg", *_leg(trade, *far)))


def _option(trade: Trade) -> Element:
    assert trade.quote_amount is not None
    buyer, seller = (US, THEM) if trade.option_side == OptionSide.BOUGHT else (THEM, US)
    amounts = [(trade.base_currency, trade.base_amount), (trade.quote_currency, trade.quote_amount)]
    is_call = trade.option_kind == OptionKind.CALL
    call, put = amounts if is_call else amounts[::-1]
    return element(
        "fxOption",
        element("buyerPartyReference", href=buyer),
        element("sellerPartyReference", href=seller),
        element(
            "europeanExercise",
            element("expiryDate", trade.expiry_date),
            element("valueDate", trade.value_date),
        ),
        element("putCurrencyAmount", *_amount(*put)),
        element("callCurrencyAmount", *_amount(*call)),
        element(
            "strike",
            element("rate", trade.rate),
            element(
                "strikeQuoteBasis",
                f"{'Put' if is_call else 'Call'}CurrencyPer{'Call' if is_call else 'Put'}Currency",
            ),
        ),
        _premium(trade),
    )


def _premium(trade: Trade) -> Element | None:
    """Paid on the spot date of the trade, as the market does; the book keeps no day of its own for it."""
    if not trade.premium_amount:
        return None
    day = spot_day(business_date=trade.trade_date, currencies=trade.currencies)
    return element(
        "premium",
        *_between(1 if trade.premium_amount > 0 else -1),
        element(
            "paymentDate",
            element(
                "adjustableDate",
                element("unadjustedDate", day),
                element("dateAdjustments", element("businessDayConvention", "NONE")),
            ),
        ),
        element("paymentAmount", *_amount(trade.premium_currency, trade.premium_amount)),
    )


def _swap(trade: Trade) -> Element:
    return swap(trade, _between)


_PRODUCTS = {
    InstrumentKind.FORWARD.value: _single_leg,
    InstrumentKind.NON_DELIVERABLE_FORWARD.value: _single_leg,
    InstrumentKind.FX_SWAP.value: _fx_swap,
    InstrumentKind.OPTION.value: _option,
    InstrumentKind.INTEREST_RATE_SWAP.value: _swap,
    InstrumentKind.CROSS_CURRENCY_SWAP.value: _swap,
}
KINDS = frozenset(_PRODUCTS)
