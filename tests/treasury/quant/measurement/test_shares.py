from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.strategies import amounts
from treasury.kernel.errors import InputError
from treasury.quant.measurement.shares import plus_share

wholes = st.one_of(st.integers(1, 12), st.integers(1, 2**31 - 1), st.integers(2**31, 2**53))


@given(amounts, amounts, wholes, st.data())
def test_minor_units_are_rounded_half_even_once_as_a_whole(base, amount, whole, data):
    part = data.draw(st.one_of(st.integers(0, whole), st.sampled_from([0, whole // 2, whole])))
    exact = Fraction(base) + Fraction(amount) * Fraction(part, whole)
    units = plus_share(np.array([base]), np.array([amount]), np.array([part]), np.array([whole]))
    assert units.tolist() == [round(exact)]
    assert units.dtype == np.int64
    decimals = plus_share(*(np.array([D(value)], dtype=object) for value in (base, amount, part, whole)))
    assert abs(Fraction(decimals[0]) - exact) <= abs(Fraction(amount)) / 10**59
    floating = plus_share(np.array([float(base)]), np.array([float(amount)]), part, whole)
    assert floating[0] == pytest.approx(float(exact), abs=1e-15 * max(abs(base), abs(amount), 1))


def test_ties_go_to_the_even_unit_of_the_sum_not_of_the_share():
    assert plus_share(np.array([0, 1, 2]), np.array([1, 1, 1]), 1, 2).tolist() == [0, 2, 2]
    assert plus_share(np.array([0, 1]), np.array([-1, -1]), 1, 2).tolist() == [0, 0]
    with pytest.raises(InputError, match="whole"):
        plus_share(np.array([1]), np.array([1]), 0, 0)
