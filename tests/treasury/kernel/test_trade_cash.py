"""What a trade pays in its life, by the worked examples of its formulas and by what must hold for all numbers."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel import trade_cash
from treasury.kernel.errors import InputError
from treasury.kernel.money import post, round_amount

AMOUNTS = st.integers(1, 10**12).map(lambda cents: D(cents).scaleb(-2))
RATES = st.integers(1, 10**12).map(lambda steps: D(steps).scaleb(-8))


def test_the_worked_examples():
    assert trade_cash.difference(D(1_000_000), D(-900_000), D("0.925")) == 25_000
    assert trade_cash.fixing_amount(D(1_000_000), D(-5_000_000), D("5.2"), in_base_unit=False) == 200_000
    in_base = trade_cash.fixing_amount(D(1_000_000), D(-5_000_000), D("5.2"), in_base_unit=True)
    assert round_amount(in_base, "USD") == D("38461.54")
    assert trade_cash.unwinding_amount(D(-400_000), D(360_000), D("0.93"), D("0.99")) == -11_880
    assert trade_cash.exercise_amount(D(-500_000), D(460_000), D("0.9"), bought=True) == 10_000
    assert trade_cash.exercise_amount(D(-500_000), D(460_000), D("0.95"), bought=True) == 0
    assert trade_cash.premium_amount(D(-500_000), D("0.012"), bought=True) == 6_000
    assert trade_cash.variation_margin(D(5), D(1000), D("69.1"), D("68.5")) == 3_000
    assert trade_cash.carried_rate(D("0.9"), D("0.92"), D("0.926")) == D("0.906")


def test_the_case_of_the_forward_that_is_designed_in_the_rules():
    """N 10,000,000; K 1.1220; F 1.1480; D 0.985: 256,100 (rules section 3)."""
    assert trade_cash.unwinding_amount(D(10_000_000), D(-11_220_000), D("1.148"), D("0.985")) == 256_100


@pytest.mark.parametrize("bad", [D(0), D(-1), D("NaN"), D("Infinity")])
def test_a_rate_that_is_none_is_refused(bad):
    with pytest.raises(InputError):
        trade_cash.difference(D(1), D(-1), bad)
    with pytest.raises(InputError):
        trade_cash.unwinding_amount(D(1), D(-1), D(1), bad)


@given(AMOUNTS, AMOUNTS, RATES, st.booleans())
def test_what_the_buyer_gets_the_writer_pays(notional, counter, rate, is_put):
    sign = -1 if is_put else 1
    bought = trade_cash.exercise_amount(sign * notional, -sign * counter, rate, bought=True)
    sold = trade_cash.exercise_amount(-sign * notional, sign * counter, rate, bought=False)
    assert bought >= 0
    assert bought == -sold


@given(AMOUNTS, RATES, RATES, RATES, st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_parts_at_one_rate_pay_what_the_whole_pays(notional, strike, rate, factor, shares):
    """Whatever the parts and their roundings: posted cumulatively they add up to the rounded whole."""
    counter = -round_amount(notional * strike, "EUR")
    whole = round_amount(trade_cash.unwinding_amount(notional, counter, rate, factor), "EUR")
    left, left_counter, cumulative, paid = notional, counter, D(0), D(0)
    for number, share in enumerate(shares):
        is_last = number == len(shares) - 1
        part = left if is_last else round_amount(left * share / 1001, "USD")
        part_counter = left_counter if is_last else round_amount(left_counter * share / 1001, "EUR")
        cumulative += trade_cash.unwinding_amount(part, part_counter, rate, factor)
        paid += post(cumulative, paid, "EUR")
        left, left_counter = left - part, left_counter - part_counter
    assert paid == whole
