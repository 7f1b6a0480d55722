"""What is typed is understood exactly or refused beside its field, all of it at once."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedges.domain.ticket.exchange import exchange, other_amount
from hedges.domain.ticket.kinds import FIELDS
from hedges.domain.ticket.understand import understood
from hedges.queries.ticket import Offer
from treasury.kernel.errors import InputError
from treasury.kernel.shorthand import Pair

USDEUR = {
    "id": 1, "code": "USDEUR", "name": "dollar", "kind": "CURRENCY_PAIR", "base_unit_id": "USD",
    "quote_currency_id": "EUR", "market_symbol": "USDEUR",
}  # fmt: skip
JPYUSD = USDEUR | {"id": 2, "code": "JPYUSD", "base_unit_id": "JPY", "quote_currency_id": "USD"}
WTI = USDEUR | {
    "id": 3, "code": "WTI", "name": "Crude oil", "kind": "COMMODITY", "base_unit_id": "BBL",
    "quote_currency_id": "USD",
}  # fmt: skip
OFFER = Offer(
    entities=[{"id": 9, "code": "FR01", "name": "France", "functional_currency_id": "EUR"}],
    risks=[USDEUR, JPYUSD, WTI],
    counterparties=[{"id": 4, "code": "BNP", "name": "BNP"}],
    contracts=[],
    exposures=[],
    units=frozenset({"EUR", "USD", "JPY", "GBP", "BBL"}),
    today=date(2026, 11, 18),
)
SAID = {
    "kind": "FORWARD", "entity": "FR01", "side": "SELL", "currency": "EUR", "amount": "5m", "against": "USD",
    "value_date": "3M", "counterparty": "bnp", "rate": "1.0825",
}  # fmt: skip


def say(**changed):
    return understood(SAID | changed, OFFER)


def test_what_was_understood_is_said_back():
    found = say()
    assert found.errors == {}
    assert found.echoes["amount"] == "5,000,000 EUR"
    assert found.echoes["against"] == "rate in USD per 1 EUR; risk USDEUR"
    assert found.echoes["value_date"] == "Monday 2027-02-22, as Saturday 2027-02-20 is a weekend"
    assert found.echoes["counter_amount"] == "5,412,500.00 USD"
    assert found.deal.counterparty_id == 4


@pytest.mark.parametrize(
    ("currency", "against", "quoted"),
    [("EUR", "USD", "EURUSD"), ("USD", "eur", "EURUSD"), ("USD", "USDEUR", "USDEUR"), ("eurusd", "", "EURUSD"),
     ("USD", "JPY", "USDJPY"), ("JPY", "USD", "USDJPY")],
)  # fmt: skip
def test_a_rate_is_quoted_as_the_market_does_or_as_it_is_said(currency, against, quoted):
    assert str(say(currency=currency, against=against, rate="1.5").deal.pair) == quoted


def test_a_quantity_is_dealt_by_the_code_of_its_risk():
    found = say(currency="wti", against="", amount="2000", rate="71.5")
    version = found.legs[0][1]
    assert (version.notional_amount, version.counter_amount, version.strike_rate) == (
        -2000,
        143_000,
        Decimal("71.5"),
    )
    assert (version.notional_currency_id, version.counter_currency_id) == ("BBL", "USD")


def test_all_that_is_wrong_is_said_at_once():
    found = say(amount="5e6", rate="-1", value_date="2026-11-17", counterparty="", currency="XXX")
    assert set(found.errors) == {"amount", "rate", "value_date", "counterparty", "currency"}
    assert found.deal is None
    assert found.errors["amount"].startswith("Expected an amount such as 5m")
    assert "on or after the trade date 2026-11-18" in found.errors["value_date"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"trade_date": "2026-11-19"}, "trade_date"), ({"against": "GBP"}, "against"), ({"against": "EUR"}, "against"),
        ({"amount": "0"}, "amount"), ({"amount": "5.001"}, "amount"), ({"rate": "1.08250000001"}, "rate"),
        ({"entity": "DE01"}, "entity"), ({"side": "HOLD"}, "side"), ({"kind": "SPOT"}, "kind"),
        ({"counter_amount": "5.5m"}, "counter_amount"), ({"rate": "1m"}, "rate"),
        ({"counterparty": "X"}, "counterparty"),
        ({"kind": "FX_SWAP", "near_rate": "1.08"}, "currency"), ({"amount": "99bn", "rate": "1999999"}, "*"),
    ],
)  # fmt: skip
def test_one_slip_is_refused_beside_its_field(changed, field):
    found = say(**changed)
    if field == "*":  # what the book cannot hold is the book's to refuse
        assert found.deal is not None
    else:
        assert list(found.errors) == [field]


def test_an_agreed_counter_amount_stands_if_it_is_the_rates():
    version = say(counter_amount="5,412,499.99").legs[0][1]
    assert version.notional_amount == Decimal("5412499.99")


def test_a_day_off_is_warned_of():
    assert "a day off in USD" in say(value_date="2026-11-26").warnings["value_date"]


@given(
    st.sampled_from(list(FIELDS)),
    st.dictionaries(
        st.sampled_from(sorted({name for names in FIELDS.values() for name in names})), st.text(max_size=9)
    ),
)
def test_whatever_is_typed_is_understood_or_refused(kind, said):
    found = understood({"kind": kind, "entity": "FR01", "counterparty": "BNP"} | said, OFFER)
    assert (found.deal is None) == bool(found.errors)


@given(
    st.decimals(min_value="0.01", max_value=10**9, places=2),
    st.decimals(min_value="0.0001", max_value=1000, places=6),
    st.booleans(),
    st.sampled_from(["USD", "EUR"]),
    st.sampled_from([-1, 1]),
)
def test_both_ways_of_quoting_give_the_rates_amount_to_the_cent(amount, rate, as_market, currency, side):
    pair = Pair("EUR", "USD") if as_market else Pair("USD", "EUR")
    other = "EUR" if currency == "USD" else "USD"
    worth = other_amount(amount, rate, is_base=currency == pair.base, unit=other)
    if worth == 0:
        with pytest.raises(InputError):
            exchange(risk=USDEUR, side=side, currency=currency, amount=amount, pair=pair, rate=rate)
        return
    found = exchange(risk=USDEUR, side=side, currency=currency, amount=amount, pair=pair, rate=rate)
    sizes = {"USD": found.notional, "EUR": found.counter}
    assert sizes[currency] == side * amount
    assert sizes[other] == -side * worth
    exact = amount * rate if currency == pair.base else amount / rate
    assert abs(worth - exact) <= Decimal("0.005000001")
    assert (found.dealt_rate is None) == (pair.base == "USD")
