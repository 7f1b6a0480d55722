from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel import money
from treasury.kernel.errors import InputError


@pytest.mark.parametrize(
    ("unit", "exponent"),
    [
        ("EUR", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("ISK", 0),
        ("CLP", 0),
        ("VND", 0),
        ("KWD", 3),
        ("BHD", 3),
        ("OMR", 3),
    ]
    + [("JOD", 3), ("TND", 3), ("BBL", 3), ("GAL", 3), ("MT", 3), ("IDX", 3), ("CLF", 4), ("HUF", 2)],
)
def test_units_have_their_decimals(unit, exponent):
    assert money.exponent(unit) == exponent
    assert money.exponents([unit, "EUR"]).tolist() == [exponent, 2]


@pytest.mark.parametrize("unit", ["", "eur", "EU R", "E1R", "ＥＵＲ", "TOOLONGX"])
def test_what_is_no_code_is_refused(unit):
    with pytest.raises(InputError, match="code of capital letters"):
        money.exponent(unit)


@pytest.mark.parametrize(
    ("amount", "unit", "rounded"),
    [
        ("10.125", "EUR", "10.12"),
        ("10.135", "EUR", "10.14"),
        ("-10.125", "EUR", "-10.12"),
        ("2.5", "JPY", "2"),
    ]
    + [("3.5", "JPY", "4"), ("0.0005", "KWD", "0.000"), ("0.0015", "KWD", "0.002")],
)
def test_rounding_is_half_even_at_the_unit(amount, unit, rounded):
    assert money.round_amount(D(amount), unit) == D(rounded)


def test_posting_gives_what_is_missing_to_the_rounded_total():
    assert money.post(D("10.125"), D("4.00"), "EUR") == D("6.12")
    with pytest.raises(InputError, match="already_posted"):
        money.post(D("1"), D("0.001"), "EUR")


@given(st.lists(st.decimals(-(10**6), 10**6, places=5), min_size=1, max_size=20))
def test_posted_amounts_add_up_to_the_rounded_cumulative_amount(steps):
    posted = cumulative = D(0)
    for step in steps:
        cumulative += step
        posted += money.post(cumulative, posted, "EUR")
    assert posted == money.round_amount(cumulative, "EUR")


def test_posting_on_columns_is_the_same_step():
    posted = money.post_minor_units([10.125, 10.135, -0.005], np.array([400, 0, 0]), [2, 2, 2])
    assert posted.tolist() == [612, 1014, 0]
    assert posted.dtype == np.int64


def test_amounts_go_to_minor_units_and_back():
    units = ["EUR", "JPY", "BBL"]
    amounts = [D("10.25"), D("-3"), D("1.125")]
    minor = money.amounts_to_minor_units(amounts, units)
    assert minor.tolist() == [1025, -3, 1125]
    assert money.minor_units_to_amounts(minor, units) == amounts
    with pytest.raises(InputError) as caught:
        money.amounts_to_minor_units([D("1"), D("1.5")], ["EUR", "JPY"])
    assert caught.value.index == 1
    assert "at most 0 decimals for JPY" in str(caught.value)


@pytest.mark.parametrize("value", [np.nan, np.inf, 2.0**53 / 100, -(2.0**60)])
def test_what_float_cannot_hold_exactly_is_refused(value):
    with pytest.raises(InputError, match="2\\^53"):
        money.round_to_minor_units([1.0, value], 2)
    with pytest.raises(InputError):
        money.to_minor_units(D(2**53), "JPY")
    assert money.to_minor_units(D(2**53 - 1), "JPY") == 2**53 - 1


@pytest.mark.parametrize(
    ("amount", "text"), [("109250.00", "109250"), ("-0.0", "0"), ("1E+3", "1000"), ("-0.50", "-0.5")]
)
def test_plain_text_of_amounts(amount, text):
    assert money.plain(D(amount)) == text
