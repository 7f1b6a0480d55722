"""Swaps out as FpML: two streams with their periods as cash flows, so that every payment day and fraction is stated.

Reference: FpML 5-13, swap, swapStream, cashflows, fxLinkedNotionalSchedule.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from hedges.domain.documents import centres
from hedges.domain.documents.element import element
from hedges.domain.documents.fpml_dates import DAY_COUNTS
from hedges.domain.documents.trade import Trade
from hedges.enums import InstrumentKind
from treasury.quant.dates.schedule import payment_days

SYMBOL = re.compile(r"(?P<name>[A-Za-z]+)(?:(?P<count>[0-9]{1,3})(?P<period>[DWMY]))?", re.ASCII)
_CONSTANT = "constantNotional"
Between = Callable[[int], tuple[Element, Element]]


def swap(trade: Trade, between: Between) -> Element:
    if trade.kind == InstrumentKind.INTEREST_RATE_SWAP:
        fixed = -1 if trade.pay_fixed else 1
        notional = _constant(trade.base_currency, trade.base_amount)
        return element(
            "swap",
            _stream(trade, "fixed", between(fixed), _calculation(notional, _fixed(trade.fixed_rate), trade)),
            _stream(
                trade.floating_leg,
                "floating",
                between(-fixed),
                _calculation(notional, _floating(trade), trade.floating_leg),
                resets=True,
            ),
        )
    assert trade.quote_amount is not None
    sign = 1 if trade.base_amount > 0 else -1
    constant = _constant(trade.base_currency, trade.base_amount)
    constant.set("id", _CONSTANT)
    other = _linked(trade) if trade.resets_notional else _constant(trade.quote_currency, trade.quote_amount)
    return element(
        "swap",
        _stream(trade, "base", between(sign), _calculation(constant, _fixed(trade.fixed_rate), trade)),
        _stream(trade, "quote", between(-sign), _calculation(other, _fixed(trade.counter_fixed_rate), trade)),
    )


def _stream(
    trade: Trade, name: str, sides: Iterable[Element], calculation: Element, *, resets: bool = False
) -> Element:
    principals = None
    if trade.kind == InstrumentKind.CROSS_CURRENCY_SWAP:
        principals = element(
            "principalExchanges",
            element("initialExchange", True),
            element("finalExchange", True),
            element("intermediateExchange", bool(trade.resets_notional)),
        )
    periods = f"{name}Periods"
    return element(
        "swapStream",
        *sides,
        _periods(trade, periods),
        element(
            "paymentDates",
            element("calculationPeriodDatesReference", href=periods),
            element("paymentFrequency", *_every(trade)),
            element("payRelativeTo", "CalculationPeriodEndDate"),
            element("paymentDatesAdjustments", *_adjustment(trade)),
        ),
        _reset_dates(trade, periods) if resets else None,
        element("calculationPeriodAmount", calculation),
        principals,
        _cash_flows(trade),
    )


def _periods(trade: Trade, key: str) -> Element:
    start, first = trade.start_date, _first_regular(trade)
    return element(
        "calculationPeriodDates",
        element("effectiveDate", element("unadjustedDate", start), _as_written()),
        element("terminationDate", element("unadjustedDate", trade.value_date), _as_written()),
        element("calculationPeriodDatesAdjustments", *_adjustment(trade)),
        element("firstRegularPeriodStartDate", first) if first else None,
        element("calculationPeriodFrequency", *_every(trade), element("rollConvention", _roll(trade))),
        id=key,
    )


def _as_written() -> Element:
    return element("dateAdjustments", element("businessDayConvention", "NONE"))


def _every(trade: Trade) -> tuple[Element, Element]:
    return element("periodMultiplier", trade.payment_months), element("period", "M")


def _adjustment(trade: Trade) -> list[Element]:
    found = centres.centres_of(trade.currencies)
    if not found:
        return [element("businessDayConvention", "NONE")]
    listed = [element("businessCenter", centre) for centre in found]
    return [element("businessDayConvention", "MODFOLLOWING"), element("businessCenters", *listed)]


def _unadjusted(trade: Trade) -> list[date]:
    assert trade.start_date is not None and trade.payment_months is not None
    days = payment_days(trade.start_date, trade.value_date, trade.payment_months)
    return [trade.start_date + timedelta(days=day) for day in days]


def _first_regular(trade: Trade) -> date | None:
    """The end of a short first period."""
    days = _unadjusted(trade)
    if len(days) < 2 or trade.start_date is None:
        return None
    assert trade.payment_months is not None
    months = (days[0].year - trade.start_date.year) * 12 + days[0].month - trade.start_date.month
    is_whole = months == trade.payment_months and trade.start_date.day in (days[0].day, days[-1].day)
    return None if is_whole else days[0]


def _roll(trade: Trade) -> str:
    days = [*_unadjusted(trade)]
    if len(days) > 1 and all((day + timedelta(days=1)).day == 1 for day in days):
        return "EOM"
    return str(max(day.day for day in days))


def _reset_dates(trade: Trade, periods: str) -> Element:
    return element(
        "resetDates",
        element("calculationPeriodDatesReference", href=periods),
        element("resetRelativeTo", "CalculationPeriodStartDate"),
        element(
            "fixingDates",
            element("periodMultiplier", 0),
            element("period", "D"),
            element("businessDayConvention", "NONE"),
            element("dateRelativeTo", href="resetDates"),
        ),
        element("resetFrequency", *_every(trade)),
        element("resetDatesAdjustments", *_adjustment(trade)),
        id="resetDates",
    )


def _calculation(notional: Element, rate: Element, trade: Trade) -> Element:
    return element("calculation", notional, rate, element("dayCountFraction", _day_count(trade)))


def _day_count(trade: Trade) -> str:
    if trade.day_count is not None:
        return next(name for name, count in DAY_COUNTS.items() if count == trade.day_count)
    days, accruals = trade.flow_days or (), trade.flow_accruals or ()
    spans = [end - begin for begin, end in zip([0, *days[:-1]], days, strict=True)]
    is_360 = all(span / 360 == accrual for span, accrual in zip(spans, accruals, strict=True))
    return "ACT/360" if is_360 else "ACT/365.FIXED"


def _constant(currency: str | None, amount: Decimal) -> Element:
    return element(
        "notionalSchedule",
        element("notionalStepSchedule", element("initialValue", abs(amount)), element("currency", currency)),
    )


def _linked(trade: Trade) -> Element:
    """The notional of the quote leg is that of the base leg at the spot rate of each period's start."""
    assert trade.quote_amount is not None
    rate_source = element("primaryRateSource", element("rateSource", "Other"))
    return element(
        "fxLinkedNotionalSchedule",
        element("constantNotionalScheduleReference", href=_CONSTANT),
        element("initialValue", abs(trade.quote_amount)),
        element("varyingNotionalCurrency", trade.quote_currency),
        element("varyingNotionalFixingDates", *_on_the_day("quotePeriods")),
        element("fxSpotRateSource", rate_source),
        element("varyingNotionalInterimExchangePaymentDates", *_on_the_day("quotePeriods")),
    )


def _on_the_day(of: str) -> tuple[Element, ...]:
    return (
        element("periodMultiplier", 0),
        element("period", "D"),
        element("businessDayConvention", "NONE"),
        element("dateRelativeTo", href=of),
    )


def _fixed(rate: Decimal | None) -> Element:
    return element("fixedRateSchedule", element("initialValue", rate))


def _floating(trade: Trade) -> Element:
    found = SYMBOL.fullmatch(trade.index or "")
    if found is None:
        raise ValueError(f"the index {trade.index} has no name in FpML")
    tenor: Any = None
    if found["count"]:
        tenor = element(
            "indexTenor", element("periodMultiplier", found["count"]), element("period", found["period"])
        )
    return element(
        "floatingRateCalculation",
        element("floatingRateIndex", f"{trade.base_currency}-{found['name']}"),
        tenor,
        element("spreadSchedule", element("initialValue", trade.spread_rate)) if trade.spread_rate else None,
    )


def _cash_flows(trade: Trade) -> Element:
    assert trade.start_date is not None and trade.flow_days and trade.flow_accruals
    days = [trade.start_date + timedelta(days=day) for day in trade.flow_days]
    return element(
        "cashflows",
        element("cashflowsMatchParameters", False),
        *(
            element(
                "paymentCalculationPeriod",
                element("adjustedPaymentDate", end),
                element(
                    "calculationPeriod",
                    element("adjustedStartDate", begin),
                    element("adjustedEndDate", end),
                    element("dayCountYearFraction", repr(fraction)),
                ),
            )
            for begin, end, fraction in zip(
                [trade.start_date, *days[:-1]], days, trade.flow_accruals, strict=True
            )
        ),
    )
