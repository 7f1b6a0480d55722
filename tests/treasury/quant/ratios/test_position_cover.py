"""Cover by position: designated first, then the earliest; held against a plain loop."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from treasury.quant.ratios.position_cover import position_cover


def test_designated_first_then_the_earliest():
    cover = position_cover([50, 100], [0, 30], [6, 5], [0, 0], [-110], [0], 1)
    assert cover.tolist() == [10, 100]


def test_a_hedge_covers_only_the_side_that_it_protects():
    assert position_cover([100, -100], [0, 0], [1, 2], [0, 0], [-60, 20], [0, 0], 1).tolist() == [60, 20]
    assert position_cover([100], [0], [1], [0], [60], [0], 1).tolist() == [0]


def test_a_natural_offset_covers_its_group_alone():
    assert position_cover([100, 100], [0, 0], [1, 1], [0, 1], [-100], [1], 2).tolist() == [0, 100]


def test_no_positions():
    assert position_cover([], [], [], [], [-5], [0], 1).tolist() == []


sizes = st.integers(-50, 50).filter(bool)


@given(
    st.lists(st.tuples(sizes, st.integers(0, 60), st.integers(0, 4), st.integers(0, 1)), max_size=8),
    st.lists(st.tuples(sizes, st.integers(0, 1)), max_size=6),
)
def test_like_a_plain_loop(positions, hedges):
    exposure, designated, due, group = ([row[i] for row in positions] for i in range(4))
    found = position_cover(
        exposure, designated, due, group, [size for size, _ in hedges], [place for _, place in hedges], 2
    )
    expected = [min(own, abs(amount)) for amount, own in zip(exposure, designated, strict=True)]
    for place in (0, 1):
        for sign in (1, -1):
            rows = [i for i in range(len(exposure)) if group[i] == place and np.sign(exposure[i]) == sign]
            rest = sum(abs(size) for size, of in hedges if of == place and np.sign(size) == -sign)
            rest = max(0, rest - sum(expected[i] for i in rows))
            for i in sorted(rows, key=lambda i: due[i]):
                taken = min(rest, abs(exposure[i]) - expected[i])
                expected[i], rest = expected[i] + taken, rest - taken
    assert found.tolist() == expected
