import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.quant.curves.spreading import spread_out

NODES = st.lists(st.integers(1, 400), min_size=1, max_size=6)


@given(st.lists(NODES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_each_curve_is_a_plain_interpolation_between_its_own_nodes(curves, random):
    width = max(len(nodes) for nodes in curves)
    nodes, values = np.full((len(curves), width), 7.0), np.full((len(curves), width), np.nan)
    for row, own in enumerate(curves):
        nodes[row, : len(own)] = own
        values[row, : len(own)] = [random.uniform(-1, 1) for _ in own]
    common = np.unique(
        np.concatenate([*(np.array(own, dtype=float) for own in curves), np.arange(0.0, 450.0, 13.7)])
    )
    found = spread_out(nodes, values, common)
    for row, own in enumerate(curves):
        last = dict(zip(own, values[row, : len(own)], strict=True))  # of two at one node the later one
        places = sorted(last)
        wanted = np.interp(common, places, [last[place] for place in places])
        assert np.allclose(found[row], wanted, rtol=0, atol=1e-14)
        at = np.searchsorted(common, places)
        assert found[row, at].tolist() == [last[place] for place in places]
        assert np.array_equal(spread_out(nodes[row : row + 1], values[row : row + 1], common)[0], found[row])


def test_what_has_no_node_has_no_value():
    assert np.isnan(spread_out(np.array([1.0, 2.0]), np.full((2, 2), np.nan), np.array([0.5, 1.5]))).all()
    assert np.isnan(spread_out(np.array([]), np.empty((3, 0)), np.array([0.5, 1.5]))).all()
    assert spread_out(np.array([1.0]), np.empty((0, 1)), np.array([0.5])).shape == (0, 1)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_one_grid_for_all_gives_the_digits_of_a_grid_for_each(count: int) -> None:
    chance = np.random.default_rng(count)
    nodes, rates = chance.uniform(0.0, 10.0, count), chance.normal(size=(40, count))
    rates[0] = np.nan
    common = np.sort(np.concatenate([nodes, chance.uniform(-1.0, 12.0, 30)]))
    each = spread_out(np.broadcast_to(nodes, rates.shape), rates, common)
    assert np.array_equal(spread_out(nodes, rates, common), each, equal_nan=True)
