"""The grammar of an import's numbers is that of the one strict parser, once its marks are taken for what they are."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exposures.domain.importing import dates, numbers
from treasury.kernel import parsing
from treasury.kernel.errors import InputError

REFUSED = [
    "NaN", "nan", "Infinity", "-inf", "1e400", "1e5", "1_000", "１２３", "1 000", "٣", "--1", "+-1", "1-", "(1)",
   "1.2.3",    "0x10", "5.", ".5", "1,5", "€5", "5 EUR", "½", "1\u00a0000", "", "-", "+", "1\n2",
]  # fmt: skip


def read(text: str, decimals: int = 2, **marks: str) -> tuple[int, str]:
    units, codes = numbers.minor_units([text], np.array([decimals]), **({"decimal": "."} | marks))
    return int(units[0]), str(codes[0])


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_none(text):
    assert read(text) == (0, numbers.NOT_A_NUMBER)


@pytest.mark.parametrize(
    ("text", "marks", "units"),
    [
        ("1.234.567,89", {"decimal": ",", "thousands": "."}, 123456789),
        ("-1 234,5", {"decimal": ",", "thousands": " "}, -123450),
        ("1\u202f234", {"decimal": ",", "thousands": " "}, 123400),
        ("1'000.10", {"decimal": ".", "thousands": "'"}, 100010),
        ("1234567.89", {"decimal": ".", "thousands": ","}, 123456789),
        ("+0007.500", {"decimal": "."}, 750),
        ("90071992547409.91", {"decimal": "."}, 2**53 - 1),
    ],
)
def test_marks_as_they_were_chosen(text, marks, units):
    assert read(text, **marks) == (units, "")


@pytest.mark.parametrize("text", ["1.23", "12.34", "1.2345", "1.234.5", "12.34.567", ".123", "1,234.5"])
def test_groups_are_whole_or_none(text):
    assert read(text, decimal=",", thousands=".")[1] == numbers.NOT_A_NUMBER


def test_scale_and_size():
    assert read("0.001") == (0, numbers.TOO_MANY_DECIMALS)
    assert read("0.5", 0) == (0, numbers.TOO_MANY_DECIMALS)
    assert read("1.000", 0) == (1, "")
    assert read("90071992547409.92") == (0, numbers.TOO_LARGE)
    assert read("9" * 300) == (0, numbers.TOO_LARGE)


@given(st.one_of(st.text("0123456789.,-+eE_ '", max_size=12), st.decimals(allow_nan=True).map(str)))
@example("1e-3")
@example("-0")
def test_whatever_it_takes_the_kernel_takes_for_the_same_number(text):
    units, code = read(text, 4)
    if code:
        return
    assert parsing.decimal(text.removeprefix("+"), "x") == Decimal(units).scaleb(-4)


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_whatever_the_kernel_takes_of_plain_decimals_it_takes(value):
    text = f"{value:f}"
    assert read(text, 4) == (int(value.scaleb(4)), "")


@pytest.mark.parametrize("text", [t for t in REFUSED if t not in ("1e5", "5.", ".5")])
def test_the_kernel_refuses_the_same(text):
    with pytest.raises(InputError):
        parsing.decimal(text, "x")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2028-02-29", "ISO", "2028-02-29"),
        ("1.2.2026", "DMY", "2026-02-01"),
        ("1/2/2026", "MDY", "2026-01-02"),
        ("31-12-2199", "DMY", "2199-12-31"),
    ],
)
def test_dates_in_the_order_chosen(text, order, day):
    found, there = dates.days([text], order)
    assert (str(found[0]), bool(there[0])) == (day, True)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-02-29", "ISO"), ("2026-2-1", "ISO"), ("20260201", "ISO"), ("2026-13-01", "ISO"), ("31.04.2026", "DMY"),
        ("31/12/26", "DMY"), ("12/31/2026", "DMY"), ("31/12/2026", "MDY"), ("1/2-2026", "DMY"), ("0.1.2026", "DMY"),
        ("1899-12-31", "ISO"), ("2200-01-01", "ISO"), ("２０２６-01-01", "ISO"), ("2026-10-31T00:00", "ISO"),
        ("46000", "ISO"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text, order):
    assert not dates.days([text], order)[1][0]
