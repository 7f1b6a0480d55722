from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.kernel.money import post
from treasury.quant.measurement.posting import amounts_to_post, postings, rounded_minor_units

money = st.decimals(D("-1e9"), D("1e9"), places=7)


@given(st.lists(st.lists(money, min_size=4, max_size=4), min_size=1, max_size=4))
def test_postings_add_up_to_the_rounded_cumulative_amount(table):
    posted = postings(table, 2)
    for row, done in zip(table, posted, strict=True):
        assert np.cumsum(done).tolist() == [scalar.half_even(value * 100) for value in row]
        before = D(0)
        for value, units in zip(row, done.tolist(), strict=True):
            assert post(value, before, "EUR") == D(units).scaleb(-2)
            before += D(units).scaleb(-2)
    last = amounts_to_post([row[-1] for row in table], posted[:, :-1].sum(axis=1), 2)
    assert last.tolist() == posted[:, -1].tolist()


def test_half_cents_go_to_the_even_one_and_each_row_has_its_own_unit():
    assert postings([D("10.125"), D("10.135")], 2).tolist() == [1012, 2]
    rounded = rounded_minor_units([[D("2.5")], [D("2.5")], [D("2.0005")]], [[0], [1], [3]])
    assert rounded.tolist() == [[2], [25], [2000]]
    assert rounded_minor_units([10.125, 10.375], 2).tolist() == [1012, 1038]
    assert rounded_minor_units([7, -3], 2).tolist() == [7, -3]


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: rounded_minor_units([D("NaN")], 2), "cumulative"),
        (lambda: rounded_minor_units([D(2**53)], 0), "cumulative"),
        (lambda: rounded_minor_units([D(1), D(2)], [0, 1, 2]), "unit_exponents"),
        (lambda: amounts_to_post([D(1)], [1, 2], 2), "already_posted"),
        (lambda: amounts_to_post([D(1)], [1.5], 2), "already_posted"),
    ],
)
def test_bad_columns_are_refused_by_name(call, field):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.field == field
