from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.measurement.rebalancing import cumulative_changes, relationship_changes

number = st.decimals(-1000, 1000, places=4)


def test_booked_history_is_not_rescaled():
    assert cumulative_changes([2.0, 3.0], [100.0, 80.0]).tolist() == [200, 440]
    assert cumulative_changes([D("0.1"), D("0.2")], [D(3), D(1)]).tolist() == [D("0.3"), D("0.5")]


@given(st.lists(st.tuples(number, number), min_size=1, max_size=6))
def test_the_sum_over_periods_of_the_volume_in_force(rows):
    per_unit, volume = (list(side) for side in zip(*rows, strict=True))
    found = cumulative_changes(per_unit, volume)
    assert found.tolist() == [sum(a * b for a, b in rows[: i + 1]) for i in range(len(rows))]
    # a volume that never changes is the plain product
    steady = cumulative_changes(per_unit, [D(7)] * len(rows))
    assert steady[-1] == 7 * sum(per_unit)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3)), max_size=8
    ),
    st.randoms(),
)
def test_layers_add_up_by_relationship_whatever_their_order(layers, random):
    if not layers:
        return
    index, values = (np.array(side) for side in zip(*layers, strict=True))
    found = relationship_changes(values, index, 4)
    order = list(range(len(layers)))
    random.shuffle(order)
    assert relationship_changes(values[order], index[order], 4).tolist() == found.tolist()
    for group in range(4):
        assert found[group] == pytest.approx(values[index == group].sum(axis=0), abs=1e-5)
    exact = np.vectorize(D, otypes=[object])(values)
    decimals = relationship_changes(exact, index, 4)
    for group in range(4):
        assert [float(x) for x in decimals[group]] == pytest.approx(found[group].tolist(), abs=1e-5)
    assert all(isinstance(value, D) for value in decimals.ravel())
    units = relationship_changes(values.astype(np.int64), index, 4)
    assert units.sum() == values.astype(np.int64).sum()


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: cumulative_changes([1, 2], [1, 2]), "changes_per_unit"),
        (lambda: cumulative_changes([1.0], [1.0, 2.0]), "volume_in_force"),
        (lambda: relationship_changes([[1.0]], [0, 1], 2), "relationship"),
        (lambda: relationship_changes([[1.0]], [2], 2), "relationship"),
    ],
)
def test_bad_columns_are_refused_by_name(call, field):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.field == field
