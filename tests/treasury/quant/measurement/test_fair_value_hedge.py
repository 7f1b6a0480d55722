from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.strategies import tables
from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.quant.codes import Framework
from treasury.quant.measurement.fair_value_hedge import fair_value_hedge


@given(tables(2), st.randoms())
def test_every_row_is_the_plain_writing_of_the_rules(table, random):
    hedge, item = (np.array([row[side] for row in table]) for side in (0, 1))
    result = fair_value_hedge(hedge, item)
    for number, row in enumerate(table):
        expected = scalar.fair_value(*row)
        assert result.carrying_amount_adjustment[number].tolist() == [line[0] for line in expected]
        assert result.ineffectiveness[number].tolist() == [line[1] for line in expected]
    order = list(range(len(table)))
    random.shuffle(order)
    other = fair_value_hedge(-hedge[order], -item[order])
    assert other.ineffectiveness.tolist() == (-result.ineffectiveness[order]).tolist()
    # what profit or loss is left with is the hedge and the adjustment together
    assert (
        result.ineffectiveness.sum(axis=1) == hedge.sum(axis=1) + result.carrying_amount_adjustment[:, -1]
    ).all()


def test_decimals_stay_exact_and_bad_columns_are_refused_by_name():
    result = fair_value_hedge([D("0.1"), D("0.2")], [D("-0.3"), D("-0.6")])
    assert result.carrying_amount_adjustment.tolist() == [D("-0.3"), D("-0.9")]
    assert result.ineffectiveness.tolist() == [D("-0.2"), D("-0.4")]
    for hedge, item, field in (
        ([1], [1, 2], "item_changes"),
        ([], [], "instrument_changes"),
        ([1.0], [np.nan], "item_changes"),
    ):
        with pytest.raises(InputError) as caught:
            fair_value_hedge(hedge, item)
        assert caught.value.field == field


@given(tables(2), st.data())
def test_a_period_that_failed_leaves_the_item_alone(table, data):
    hedge, item = (np.array([row[side] for row in table]) for side in (0, 1))
    flags = st.lists(st.booleans(), min_size=hedge.shape[1], max_size=hedge.shape[1])
    passed = [data.draw(flags) for _ in table]
    for framework in Framework:
        result = fair_value_hedge(hedge, item, framework, passed)
        for number, row in enumerate(table):
            expected = scalar.fair_value(*row, framework.name, passed[number])
            assert result.carrying_amount_adjustment[number].tolist() == [line[0] for line in expected]
            assert result.ineffectiveness[number].tolist() == [line[1] for line in expected]
