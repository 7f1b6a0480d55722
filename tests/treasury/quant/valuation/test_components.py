import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.valuation.components import round_components

cents = st.floats(-1e10, 1e10)


@given(st.lists(st.tuples(cents, cents, cents), min_size=1, max_size=30), st.sampled_from([0, 2, 3]))
def test_components_sum_to_the_rounded_total(rows, exponent):
    total, first, second = np.array(rows).T
    whole, parts = round_components(total, [first, second], exponent)
    assert len(parts) == 3
    assert np.array_equal(sum(parts), whole)
    assert np.array_equal(whole, np.rint(total * 10.0**exponent).astype(np.int64))


def test_the_last_component_takes_the_rounding():
    whole, parts = round_components([10.006], [[3.335]], 2)
    assert (whole.tolist(), [part.tolist() for part in parts]) == ([1001], [[334], [667]])
    with pytest.raises(InputError):
        round_components([np.nan], [[1.0]], 2)
    with pytest.raises(InputError, match="leading_components"):
        round_components([1.0], [], 2)
