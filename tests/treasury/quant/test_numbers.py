from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.numbers import compare_ratio, ratio, times_ratio

integers = st.integers(-(2**53) + 1, 2**53 - 1)


@given(integers, integers.filter(bool), st.integers(-(10**6), 10**6))
def test_a_comparison_is_that_of_fractions(top, bottom, limit):
    edge = D(limit).scaleb(-4)
    exact = Fraction(top, bottom) - Fraction(edge)
    assert compare_ratio([top], [bottom], edge)[0] == (exact > 0) - (exact < 0)
    assert compare_ratio(np.array([D(top)], dtype=object), np.array([D(bottom)], dtype=object), edge)[0] == (
        exact > 0
    ) - (exact < 0)


@given(integers.filter(bool), st.integers(1, 999_999), st.sampled_from([-1, 0, 1]))
def test_a_comparison_next_to_the_edge_is_exact(unit, millionths, nudge):
    unit = unit // 10**6 or 1
    top, bottom = unit * millionths + nudge, unit * 10**6
    side = nudge if unit > 0 else -nudge
    assert compare_ratio([top], [bottom], D(millionths).scaleb(-6))[0] == side
    assert compare_ratio([top], [bottom], np.array([millionths / 10**6]))[0] == side


def test_ratios_of_nothing_are_undefined():
    assert np.isnan(ratio([1, 0], [0, 0])).all()
    assert ratio([1], [4]).tolist() == [0.25]
    assert ratio(np.array([D(1)], dtype=object), np.array([D(3)], dtype=object)).tolist() == [1 / 3]


@given(integers, st.integers(-2_000_000, 2_000_000))
def test_an_amount_times_a_ratio_is_rounded_half_even(amount, millionths):
    exact = Fraction(amount * millionths, 10**6)
    assert times_ratio([amount], millionths / 10**6)[0] == round(exact)


def test_ratios_with_too_many_decimals_are_refused_for_minor_units():
    for value in (1 / 3, 1e4, np.nan):
        with pytest.raises(InputError, match="six decimals"):
            times_ratio([100], value)
