import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel import shorthand
from treasury.kernel.errors import InputError


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5m", "5000000"), ("5M", "5000000"), ("5 mio", "5000000"), ("5mm", "5000000"), ("250k", "250000"),
        ("1.25bn", "1250000000"), ("-1.5m", "-1500000"), ("\u22122k", "-2000"), ("+7", "7"), (".5m", "500000"),
        ("1,000,000.50", "1000000.50"), ("1,000.50", "1000.50"), ("1 000 000", "1000000"),
        ("12\u00a0050", "12050"), (" 0.01 ", "0.01"), ("-0", "0"), ("5.m", "5000000"),
    ],
)  # fmt: skip
def test_an_amount_is_what_a_dealer_means(text, meant):
    assert shorthand.amount(text) == Decimal(meant)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1_000", "5e6", "NaN", "inf", "Infinity", "\uff15m", "\u0665", "5x", "5kk", "m", "1,00", "1.000.000",
        "1,0000", "1,000,00", "--5", "5m5", "0x10", "5\u20ac", "1,000 000", "1 000,000", "\u2075m", "5\x00", "9" * 31,
    ],
)  # fmt: skip
def test_what_can_be_read_otherwise_or_not_at_all_is_refused(text):
    with pytest.raises(InputError):
        shorthand.amount(text)


def test_one_comma_reads_both_ways_and_is_asked_back():
    with pytest.raises(InputError, match=r"1000, or 1\.000"):
        shorthand.amount("1,000")


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4, allow_nan=False))
def test_every_amount_that_is_written_is_read_back(number):
    assert shorthand.amount(f"{number:f}") == number
    if number != int(number) or abs(number) < 1000 or abs(number) >= 10**6:
        assert shorthand.amount(shorthand.written(number)) == number


@given(st.integers(0, 10**6), st.sampled_from([("k", 3), ("m", 6), ("mio", 6), ("mm", 6), ("bn", 9)]))
def test_a_letter_multiplies_exactly(number, scale):
    letters, power = scale
    for typed in (f"{number}{letters}", f"{number} {letters.upper()}"):
        assert shorthand.amount(typed) == Decimal(number) * 10**power
    assert shorthand.amount(f"-{number}.5{letters}") == -(Decimal(f"{number}.5") * 10**power)


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_refusal(text):
    with contextlib.suppress(InputError):
        assert shorthand.amount(text).is_finite()


def test_tenors_are_those_of_the_quotes():
    assert [shorthand.tenor(text) for text in ("3m", "3M", " 2y", "10D", "o/n", "spot", "1W")] == [
        "3M", "3M", "2Y", "10D", "ON", "SPOT", "1W",
    ]  # fmt: skip
    for wrong in ("", "M", "0M", "3", "3 M", "-3M", "3Q", "12345D", "\uff13M", "1M2W"):
        with pytest.raises(InputError):
            shorthand.tenor(wrong)


def test_a_pair_is_two_currencies_with_the_base_first():
    assert {str(shorthand.pair(text)) for text in ("EURUSD", "eur/usd", "EUR USD", " eurusd ")} == {"EURUSD"}
    assert shorthand.pair("EURUSD").base == "EUR"
    for wrong in ("", "EUR", "EUREUR", "EURUSDX", "EU RUSD", "\uff25URUSD", "EUR-USD", "1EURUS"):
        with pytest.raises(InputError):
            shorthand.pair(wrong)
