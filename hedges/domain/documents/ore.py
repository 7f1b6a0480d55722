"""The live book as an ORE portfolio, so that a value can be checked by another engine on the same terms.

FxForward, FxOption, FxSwap, Swap and CrossCurrencySwap as Open Source Risk Engine reads them; payment days are listed
as the book has them. What has no such trade is left out by name, with its reason. Premiums are not in it: they are paid
and no part of a value. Reference: ORE user guide, trade data.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

from hedges.domain.documents.book_terms import from_version
from hedges.domain.documents.element import document, element
from hedges.domain.documents.fpml_write_swap import SYMBOL
from hedges.domain.documents.trade import Trade
from hedges.enums import InstrumentKind, OptionSide
from hedges.models import InstrumentVersion
from treasury.domain.refusals import Refusal
from treasury.kernel.day_count import ACT_360, ACT_365, ACTUAL, THIRTY_360, THIRTY_E_360

_DAY_COUNTS = {
    ACT_360: "A360", ACT_365: "A365F", THIRTY_360: "30/360 (Bond Basis)", THIRTY_E_360: "30E/360",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    instrument_id: int
    external_reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    content: bytes
    trade_count: int
    left_out: tuple[LeftOut, ...]


def portfolio(versions: Iterable[InstrumentVersion]) -> Portfolio:
    """`versions` with instrument, risk, counterparty and entity; the trades have the ids of the instruments."""
    trades, left_out = [], []
    for version in versions:
        try:
            trades.append(_trade(version, from_version(version)))
        except (Refusal, ValueError) as reason:
            name = version.instrument.external_reference
            left_out.append(LeftOut(version.instrument_id, name, str(reason)))
    return Portfolio(document(element("Portfolio", *trades)), len(trades), tuple(left_out))


def _trade(version: InstrumentVersion, trade: Trade) -> Element:
    kind, data = _KINDS[trade.kind]
    bank = version.counterparty.code if version.counterparty else ""
    more = element(
        "AdditionalFields",
        element("entity", version.entity.code),
        element("external_reference", version.instrument.external_reference),
    )
    envelope = element(
        "Envelope",
        element("CounterParty", bank),
        element("NettingSetId", f"{version.entity.code}-{bank}"),
        more,
    )
    return element("Trade", element("TradeType", kind), envelope, data(trade), id=f"I{version.instrument_id}")


def _sides(trade: Trade, base: Any, quote: Any) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """What is bought and what is sold: currency and amount."""
    first, second = (trade.base_currency, abs(base)), (trade.quote_currency, abs(quote))
    return (first, second) if base > 0 else (second, first)


def _forward(trade: Trade) -> Element:
    bought, sold = _sides(trade, trade.base_amount, trade.quote_amount)
    cash = trade.kind == InstrumentKind.NON_DELIVERABLE_FORWARD
    settlement = None
    if cash:
        settlement = element(
            "SettlementData",
            element("Currency", trade.settlement_currency),
            element("FXIndex", _fx_index(trade)),
        )
    return element(
        "FxForwardData",
        element("ValueDate", trade.value_date),
        element("BoughtCurrency", bought[0]),
        element("BoughtAmount", bought[1]),
        element("SoldCurrency", sold[0]),
        element("SoldAmount", sold[1]),
        element("Settlement", "Cash" if cash else "Physical"),
        settlement,
    )


def _option(trade: Trade) -> Element:
    """A call buys the base currency; of a put ORE turns the two amounts round."""
    assert trade.quote_amount is not None
    return element(
        "FxOptionData",
        element(
            "OptionData",
            element("LongShort", "Long" if trade.option_side == OptionSide.BOUGHT else "Short"),
            element("OptionType", str(trade.option_kind).capitalize()),
            element("Style", "European"),
            element("Settlement", "Physical"),
            element("PayOffAtExpiry", False),
            element("ExerciseDates", element("ExerciseDate", trade.expiry_date)),
        ),
        element("BoughtCurrency", trade.base_currency),
        element("BoughtAmount", abs(trade.base_amount)),
        element("SoldCurrency", trade.quote_currency),
        element("SoldAmount", abs(trade.quote_amount)),
    )


def _fx_swap(trade: Trade) -> Element:
    bought, sold = _sides(trade, trade.near_base_amount, trade.near_quote_amount)
    far_bought, far_sold = _sides(trade, trade.base_amount, trade.quote_amount)
    return element(
        "FxSwapData",
        element("NearDate", trade.near_date),
        element("NearBoughtCurrency", bought[0]),
        element("NearBoughtAmount", bought[1]),
        element("NearSoldCurrency", sold[0]),
        element("NearSoldAmount", sold[1]),
        element("FarDate", trade.value_date),
        element("FarBoughtAmount", far_bought[1]),
        element("FarSoldAmount", far_sold[1]),
    )


def _swap(trade: Trade) -> Element:
    notional = element("Notionals", element("Notional", trade.base_amount))
    again = element("Notionals", element("Notional", trade.base_amount))
    spread = element("Spreads", element("Spread", trade.spread_rate))
    floating = element(
        "FloatingLegData",
        element("Index", _index(trade)),
        spread,
        element("IsInArrears", False),
        element("FixingDays", 0),
    )
    pays = bool(trade.pay_fixed)
    return element(
        "SwapData",
        _leg(trade, "Fixed", pays, trade.base_currency, notional, _fixed(trade.fixed_rate)),
        _leg(trade.floating_leg, "Floating", not pays, trade.base_currency, again, floating),
    )


def _cross_currency_swap(trade: Trade) -> Element:
    receives_base = trade.base_amount > 0
    assert trade.quote_amount is not None
    reset = None
    if trade.resets_notional:
        reset = element(
            "FXReset",
            element("ForeignCurrency", trade.base_currency),
            element("ForeignAmount", abs(trade.base_amount)),
            element("FXIndex", _fx_index(trade)),
            element("FixingDays", 0),
        )
    base = element("Notionals", element("Notional", abs(trade.base_amount)), _exchanges())
    quote = element("Notionals", element("Notional", abs(trade.quote_amount)), reset, _exchanges())
    return element(
        "CrossCurrencySwapData",
        _leg(trade, "Fixed", not receives_base, trade.base_currency, base, _fixed(trade.fixed_rate)),
        _leg(trade, "Fixed", receives_base, trade.quote_currency, quote, _fixed(trade.counter_fixed_rate)),
    )


def _exchanges() -> Element:
    return element(
        "Exchanges", element("NotionalInitialExchange", True), element("NotionalFinalExchange", True)
    )


def _fixed(rate: Any) -> Element:
    return element("FixedLegData", element("Rates", element("Rate", rate)))


def _leg(trade: Trade, kind: str, pays: bool, currency: Any, notionals: Element, data: Element) -> Element:
    assert trade.start_date is not None and trade.flow_days
    days = [trade.start_date, *(trade.start_date + timedelta(days=day) for day in trade.flow_days)]
    return element(
        "LegData",
        element("LegType", kind),
        element("Payer", pays),
        element("Currency", currency),
        element("PaymentConvention", "Unadjusted"),
        element("DayCounter", _day_counter(trade)),
        notionals,
        element(
            "ScheduleData",
            element(
                "Dates",
                element("Calendar", "NullCalendar"),
                element("Convention", "Unadjusted"),
                element("Dates", *(element("Date", day) for day in days)),
            ),
        ),
        data,
    )


def _day_counter(trade: Trade) -> str:
    """The day count that gives the book's fractions of a year."""
    for count in (trade.day_count,) if trade.day_count else ACTUAL:
        if trade.counts(count):
            return _DAY_COUNTS[count]
    if trade.day_count:
        raise ValueError(f"its fractions of a year are not those of {trade.day_count}")
    raise ValueError("its fractions of a year are neither actual days over 360 nor over 365")


def _index(trade: Trade) -> str:
    found = SYMBOL.fullmatch(trade.index or "")
    if found is None:
        raise ValueError(f"the index {trade.index} has no name in ORE")
    tenor = f"-{found['count']}{found['period']}" if found["count"] else ""
    return f"{trade.base_currency}-{found['name']}{tenor}"


def _fx_index(trade: Trade) -> str:
    return f"FX-GENERIC-{trade.base_currency}-{trade.quote_currency}"


_KINDS: dict[str, tuple[str, Callable[[Trade], Element]]] = {
    InstrumentKind.FORWARD.value: ("FxForward", _forward),
    InstrumentKind.NON_DELIVERABLE_FORWARD.value: ("FxForward", _forward),
    InstrumentKind.OPTION.value: ("FxOption", _option),
    InstrumentKind.FX_SWAP.value: ("FxSwap", _fx_swap),
    InstrumentKind.INTEREST_RATE_SWAP.value: ("Swap", _swap),
    InstrumentKind.CROSS_CURRENCY_SWAP.value: ("CrossCurrencySwap", _cross_currency_swap),
}
