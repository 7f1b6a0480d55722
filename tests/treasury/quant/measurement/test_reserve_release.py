from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.strategies import amounts
from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.quant.measurement.reserve_release import reserve_release


def test_the_reserve_of_the_forecast_sale_leaves_with_the_sale():
    result = reserve_release([30800], [[0, 192500, 770000]], [770000])
    assert result.released.tolist() == [[0, 7700, 30800]]
    assert result.release.tolist() == [[0, 7700, 23100]]
    assert result.balance.tolist() == [[30800, 23100, 0]]
    stopped = reserve_release([30800], [[0, 192500, 192500]], [770000], [[False, False, True]])
    assert stopped.release.tolist() == [[0, 7700, 23100]]


@given(
    st.lists(
        st.tuples(amounts, st.lists(st.integers(0, 10**9), min_size=4, max_size=4)), min_size=1, max_size=5
    ),
    st.integers(0, 10**9),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_every_row_is_the_plain_writing_of_the_rules(table, beyond, gone):
    reserve = [row[0] for row in table]
    happened = np.array([sorted(row[1]) for row in table])
    designated = happened[:, -1] + beyond + 1
    result = reserve_release(reserve, happened, designated, gone)
    exact = reserve_release(
        *(
            np.vectorize(lambda value: D(int(value)), otypes=[object])(side)
            for side in (reserve, happened, designated)
        ),
        gone,
    )
    for number, amount in enumerate(reserve):
        expected = scalar.released(amount, happened[number].tolist(), int(designated[number]), gone)
        assert result.released[number].tolist() == [scalar.half_even(value) for value in expected]
        for found, value in zip(exact.released[number], expected, strict=True):
            assert abs(Fraction(found) - value) <= Fraction(abs(amount), 10**58)
    assert (result.released + result.balance == np.array(reserve)[:, np.newaxis]).all()
    assert (np.cumsum(result.release, axis=1) == result.released).all()


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (([1], [[2, 1]], [3]), "happened"),
        (([1], [[2, 4]], [3]), "happened"),
        (([1], [[-1, 1]], [3]), "happened"),
        (([1], [[0.5, 1.0]], [3]), "happened"),
        (([1], [[0, 0]], [0]), "designated"),
        (([np.nan], [[0.0]], [1.0]), "reserve"),
        (([1, 2, 3], [[0, 0], [0, 0]], [1, 1]), "reserve"),
        (([1], [[0, 0]], [1], [[1, 0]]), "no_longer_expected"),
    ],
)
def test_bad_columns_are_refused_by_name(arguments, field):
    with pytest.raises(InputError) as caught:
        reserve_release(*arguments)
    assert caught.value.field == field
