"""A trade that is written as FpML and read again is the same trade, whatever its terms."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedges.domain.documents import fpml_read
from hedges.domain.documents.book_terms import from_version, to_version
from hedges.domain.documents.fpml_write import Named, write
from hedges.domain.documents.problems import Problems
from hedges.domain.documents.trade import Trade, said_count
from hedges.domain.schedules import with_schedule
from hedges.enums import DayCount
from hedges.models import InstrumentVersion
from treasury.kernel.money import quantum
from treasury.models import Risk

US, THEM = Named("TESTHEDGEBOOK0000100", "We & <Co>"), Named("TESTHEDGEBOOK0000200", "Bank")
PAIRS = st.sampled_from([("EUR", "USD"), ("USD", "EUR"), ("USD", "JPY"), ("GBP", "USD"), ("KWD", "EUR")])
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
EVERY = settings(max_examples=25, deadline=None, derandomize=True)


def amounts(currency: str):
    step = quantum(currency)
    return st.integers(1_000_000, 10**12).map(lambda units: units * step)


@st.composite
def exchanges(draw):
    """Two amounts of a pair, on a day, at about the rate."""
    base, quote = draw(PAIRS)
    amount, rate = draw(amounts(base)), draw(st.decimals(Decimal("0.5"), Decimal(200), places=5))
    if amount * rate < 10_000:
        amount = amount * 10_000
    sign = draw(st.sampled_from([1, -1]))
    counter = (amount * rate).quantize(quantum(quote))
    traded = draw(DAYS)
    return Trade(
        kind="FORWARD", trade_date=traded, value_date=traded + timedelta(days=draw(st.integers(1, 4000))),
        base_currency=base, base_amount=sign * amount, quote_currency=quote, quote_amount=-sign * counter, rate=rate,
    )  # fmt: skip


def there_and_back(trade: Trade) -> Trade:
    content = write(trade, us=US, them=THEM, reference="T-1 & <2>")
    reading = fpml_read.read(content, frozenset({US.lei}))
    assert reading.us.reference == "T-1 & <2>"
    assert reading.them.names == (THEM.lei, THEM.name)
    mirrored = fpml_read.read(content, frozenset({THEM.lei})).trade
    assert mirrored.base_amount == (-1 if trade.index is None else 1) * trade.base_amount
    return reading.trade


def through_the_book(trade: Trade) -> None:
    """On the risk of the pair, either way round, and back."""
    assert trade.quote_currency is not None
    for base, quote in (
        (trade.base_currency, trade.quote_currency), (trade.quote_currency, trade.base_currency),
    ):  # fmt: skip
        if trade.resets_notional and base != trade.base_currency:
            continue
        risk = {"id": 1, "code": base + quote, "base_unit_id": base, "quote_currency_id": quote}
        problems = Problems()
        version = to_version(trade, risk=risk, counterparty_id=1, problems=problems)
        assert not problems.found
        version.risk = Risk(id=1, kind="CURRENCY_PAIR", code=base + quote)
        assert from_version(version) == trade


@EVERY
@given(exchanges())
def test_a_forward(trade):
    assert there_and_back(trade) == trade
    through_the_book(trade)


@EVERY
@given(exchanges(), st.booleans(), st.integers(0, 10))
def test_a_non_deliverable_forward(trade, in_base, days):
    trade = replace(
        trade, kind="NON_DELIVERABLE_FORWARD", fixing_date=trade.value_date - timedelta(days=days),
        settlement_currency=trade.base_currency if in_base else trade.quote_currency,
    )  # fmt: skip
    assert there_and_back(trade) == trade
    through_the_book(trade)


@EVERY
@given(exchanges(), st.sampled_from(["BOUGHT", "SOLD"]), st.booleans(), st.integers(0, 10), st.booleans())
def test_an_option(trade, side, premium_in_base, days, is_free):
    is_call = (trade.base_amount > 0) == (side == "BOUGHT")
    currency = trade.base_currency if premium_in_base and not is_free else trade.quote_currency
    premium = Decimal(0) if is_free else quantum(currency) * 12_345 * (-1 if side == "BOUGHT" else 1)
    trade = replace(
        trade, kind="OPTION", option_side=side, option_kind="CALL" if is_call else "PUT", premium_amount=premium,
        premium_currency=currency, expiry_date=trade.value_date - timedelta(days=days),
    )  # fmt: skip
    assert there_and_back(trade) == trade
    through_the_book(trade)


@EVERY
@given(exchanges(), st.integers(1, 300), st.decimals(Decimal("-0.01"), Decimal("0.01"), places=3))
def test_an_fx_swap(trade, days, points):
    rate = trade.rate + points
    near_quote = (-trade.base_amount * rate).quantize(quantum(trade.quote_currency))
    trade = replace(
        trade, kind="FX_SWAP", near_date=trade.value_date - timedelta(days=days), near_rate=rate,
        near_base_amount=-trade.base_amount, near_quote_amount=-near_quote,
    )  # fmt: skip
    assert there_and_back(trade) == trade


def scheduled(
    kind: str, start: date, months: int, every: int, currencies: tuple[str, ...], **said: object
) -> dict:
    """Days as the book itself works them out at capture."""
    end = start + timedelta(days=round(months * 30.44) + 3)
    version = InstrumentVersion(
        kind=kind, start_date=start, settlement_date=end, payment_months=every, notional_currency_id=currencies[0],
        counter_currency_id=currencies[1] if len(currencies) > 1 else None, **said,
    )  # fmt: skip
    with_schedule(version)
    own = {}
    if version.floating_flow_days:
        own = {
            "floating_payment_months": version.floating_payment_months,
            "floating_day_count": version.floating_day_count,
            "floating_flow_days": tuple(version.floating_flow_days),
            "floating_flow_accruals": tuple(version.floating_flow_accruals),
        }  # fmt: skip
    return {
        "value_date": end, "start_date": start, "payment_months": every, "flow_days": tuple(version.flow_days),
        "flow_accruals": tuple(version.flow_accruals),
        "day_count": version.day_count if own else said_count(version.day_count), **own,
    }  # fmt: skip


RATES = st.decimals(Decimal("-0.05"), Decimal("0.2"), places=8)


@EVERY
@given(
    # A longer one by the month has more periods than a document may have bytes.
    DAYS, st.integers(1, 300), st.sampled_from([1, 3, 6, 12]), st.sampled_from(["EUR", "GBP", "USD", "PLN", "KES"]),
    RATES, RATES, st.booleans(), st.sampled_from(["EURIBOR6M", "SOFR3M", "SONIA3M", "ESTR"]),
)  # fmt: skip
def test_an_interest_rate_swap(start, months, every, currency, fixed, spread, pays, index):
    trade = Trade(
        kind="INTEREST_RATE_SWAP", trade_date=start, base_currency=currency, base_amount=Decimal("12345678.91"),
        index=index, pay_fixed=pays, fixed_rate=fixed, spread_rate=spread,
        **scheduled("INTEREST_RATE_SWAP", start, months, every, (currency,)),
    )  # fmt: skip
    assert there_and_back(trade) == trade
    risk = {"id": 1, "code": index, "base_unit_id": currency, "quote_currency_id": currency}
    version = to_version(trade, risk=risk, counterparty_id=1, problems=Problems())
    version.risk = Risk(id=1, kind="RATE_INDEX", code=index, market_symbol=index)
    assert from_version(version) == trade


@EVERY
@given(
    DAYS, st.integers(1, 360), st.sampled_from([(12, 6), (12, 3), (6, 6), (3, 12)]),
    st.sampled_from(["EUR", "GBP", "USD"]), st.sampled_from([None, *DayCount.values]),
    st.sampled_from([None, *DayCount.values]), st.booleans(),
)  # fmt: skip
def test_an_interest_rate_swap_with_legs_of_its_own(start, months, every, currency, count, other, pays):
    said = {"day_count": count, "floating_payment_months": every[1], "floating_day_count": other}
    trade = Trade(
        kind="INTEREST_RATE_SWAP", trade_date=start, base_currency=currency, base_amount=Decimal("12345678.91"),
        index="EURIBOR6M", pay_fixed=pays, fixed_rate=Decimal("0.03"), spread_rate=Decimal("0.001"),
        **scheduled("INTEREST_RATE_SWAP", start, months, every[0], (currency,), **said),
    )  # fmt: skip
    assert there_and_back(trade) == trade
    risk = {"id": 1, "code": "EURIBOR6M", "base_unit_id": currency, "quote_currency_id": currency}
    version = to_version(trade, risk=risk, counterparty_id=1, problems=Problems())
    version.risk = Risk(id=1, kind="RATE_INDEX", code="EURIBOR6M", market_symbol="EURIBOR6M")
    assert from_version(version) == trade


@EVERY
@given(exchanges(), st.integers(1, 360), st.sampled_from([3, 6, 12]), RATES, RATES, st.booleans())
def test_a_cross_currency_swap(trade, months, every, fixed, counter, resets):
    base, quote = trade.base_currency, trade.quote_currency
    trade = replace(
        trade, kind="CROSS_CURRENCY_SWAP", rate=None, fixed_rate=fixed, counter_fixed_rate=counter,
        resets_notional=resets, **scheduled("CROSS_CURRENCY_SWAP", trade.trade_date, months, every, (base, quote)),
    )  # fmt: skip
    if not resets and base > quote:  # without a reset no leg comes first: the alphabet says which
        trade = replace(
            trade, base_currency=quote, quote_currency=base, base_amount=trade.quote_amount,
            quote_amount=trade.base_amount,
        )  # fmt: skip
    assert there_and_back(trade) == trade
    through_the_book(trade)


@pytest.mark.parametrize("rate", ["1.0825", "157.3", "0.0063", "43.40", "1"])
def test_the_near_rate_of_a_swap_comes_back_as_dealt_the_other_way_round(rate):
    near = Decimal(rate)
    base = Decimal(1_000_000)
    trade = Trade(
        kind="FX_SWAP", trade_date=date(2026, 1, 5), value_date=date(2026, 6, 5), base_currency="EUR", base_amount=base,
        quote_currency="USD", quote_amount=-base * near, rate=near, near_date=date(2026, 1, 7), near_base_amount=-base,
        near_quote_amount=base * near, near_rate=near,
    )  # fmt: skip
    risk = {"id": 1, "code": "EURUSD", "base_unit_id": "EUR", "quote_currency_id": "USD"}
    for turned in (False, True):
        if turned:  # one amount in the unit of the risk: the other currency is the same in both legs then
            trade = replace(trade, near_base_amount=-base, near_quote_amount=base * near)
            risk = {"id": 1, "code": "USDEUR", "base_unit_id": "USD", "quote_currency_id": "EUR"}
        version = to_version(trade, risk=risk, counterparty_id=1, problems=Problems())
        version.risk = Risk(id=1, kind="CURRENCY_PAIR", code=risk["code"])
        assert from_version(version) == trade
