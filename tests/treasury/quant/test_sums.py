import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.sums import column_sum, group_sums, point_products, point_sums, row_sum, segment_sums


@pytest.mark.parametrize("width", [0, 1, 7, 8, 60, 127, 128, 129, 1000])
def test_a_row_sums_to_the_same_digits_in_any_company_and_padding(width):
    values = np.random.default_rng(width).normal(0, 1e6, (57, width))
    whole = row_sum(values)
    assert whole == pytest.approx([math.fsum(row) for row in values], rel=1e-11, abs=1e-9)
    for i in (0, 13, 56):
        assert row_sum(values[i : i + 1])[0] == whole[i]
        assert row_sum(values[i]) == whole[i]
    for extra in (1, 8, 50, 300):
        assert np.array_equal(row_sum(np.pad(values, ((0, 0), (0, extra)))), whole)
    assert np.array_equal(row_sum(np.asfortranarray(values)), whole)


@pytest.mark.parametrize("width", [0, 1, 7, 8, 9, 60, 127, 128, 129, 1000])
def test_points_first_sums_to_the_same_digits(width):
    values = np.random.default_rng(width).normal(0, 1e6, (57, width))
    assert np.array_equal(column_sum(np.ascontiguousarray(values.T)), row_sum(values))
    assert np.array_equal(column_sum(values.T), row_sum(values))


@pytest.mark.parametrize("points", [0, 1, 2, 7, 8, 9, 60, 128, 129, 1000])
def test_points_after_points_sum_to_the_same_digits_in_any_company(points):
    rng = np.random.default_rng(points)
    one, other = rng.normal(0, 1e6, (2, points, 57)) * 10.0 ** rng.integers(-9, 9, 57)
    for call, expected in ((lambda a, b: point_sums(a), one), (point_products, one * other)):
        whole = call(one, other)
        # Both add up one point after the other.
        total = np.zeros(57)
        for point in expected:
            total += point
        assert whole == pytest.approx(total, rel=1e-9, abs=1e-12)
        for size in (1, 2, 3, 5, 8, 9, 16, 31):
            for start in range(0, 57, size):
                part = slice(start, start + size)
                assert np.array_equal(call(one[:, part], other[:, part]), whole[part])
                assert np.array_equal(call(one[:, part].copy(), other[:, part].copy()), whole[part])
        order = rng.permutation(57)
        assert np.array_equal(call(one[:, order], other[:, order]), whole[order])
        for extra in (1, 8, 50):
            padded = (np.pad(values, ((0, extra), (0, 0))) for values in (one, other))
            assert np.array_equal(call(*padded), whole)


@given(st.lists(st.tuples(st.integers(-(2**52), 2**52), st.integers(0, 4)), max_size=60), st.randoms())
def test_groups_sum_exactly_in_any_order(rows, random):
    expected = [sum(amount for amount, group in rows if group == g) for g in range(5)]
    random.shuffle(rows)
    amounts = np.array([amount for amount, _ in rows], dtype=np.int64)
    groups = np.array([group for _, group in rows], dtype=np.int64)
    assert group_sums(amounts, groups, 5).tolist() == expected


@pytest.mark.parametrize(
    ("values", "groups", "field"),
    [
        ([1.5], [0], "values"),
        ([1, 2], [0], "group_index"),
        ([1], [5], "group_index"),
        ([1], [-1], "group_index"),
    ]
    + [([2**61, 2**61, 2**61], [0, 0, 0], "values")],
)
def test_what_cannot_be_summed_exactly_is_refused(values, groups, field):
    with pytest.raises(InputError) as caught:
        group_sums(values, groups, 5)
    assert caught.value.field == field


def test_segments_may_be_empty_and_stand_alone():
    values = np.random.default_rng(1).normal(size=(2, 9))
    offsets = [0, 0, 4, 4, 9, 9]
    sums = segment_sums(values, offsets)
    assert sums.shape == (2, 5)
    assert sums[:, [0, 2, 4]].tolist() == [[0.0] * 3] * 2
    assert sums[1, 3] == segment_sums(values[1, 4:], [0, 5])[0]
    assert segment_sums(np.zeros(0), [0, 0]).tolist() == [0.0]
    assert segment_sums(np.zeros(0), [0]).tolist() == []
