"""The ladder against a walk of each month in exact fractions, and what holds of every ladder."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.strategy.layering import layering_ladder, target_ratios

LAYERS = [(6, 0.8), (12, 0.5), (18, 0.2)]
SHARES = [0, 20, 37, 50, 80, 100, 120]
layers = st.lists(
    st.tuples(st.integers(1, 24), st.sampled_from(SHARES)),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one[0],
).map(lambda found: sorted(found))
books = st.lists(
    st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9)), min_size=1, max_size=30
)


def rounded(value):
    """Half even."""
    return round(value)


def walked(book, asked, steps, rolls):
    """Month by month and step by step, without arrays."""
    trades = []
    hedges = [hedge for _, hedge in book]
    for step in range(steps):
        row = []
        for month, (item, _) in enumerate(book):
            ahead = month - step if rolls else month
            share = next((share for months, share in asked if 0 <= ahead < months), None)
            trade = 0
            if share is not None and month >= step and (rolls or step == 0):
                missing = -rounded(Fraction(share, 100) * item) - hedges[month]
                trade = missing if missing * item < 0 else 0
            hedges[month] += trade
            row.append(trade)
        trades.append(row)
    return trades


@given(books, layers, st.integers(1, 30), st.booleans())
def test_the_ladder_is_the_walk(book, asked, steps, rolls):
    item, hedge = np.array(book, dtype=np.int64).T
    found = layering_ladder(
        item, hedge, [(months, share / 100) for months, share in asked], steps, rolls=rolls
    )
    assert found.trades.tolist() == walked(book, asked, steps, rolls)


@given(books, layers, st.integers(1, 30))
def test_after_each_step_every_layer_stands_at_its_target_unless_it_was_above(book, asked, steps):
    item, _ = np.array(book, dtype=np.int64).T
    found = layering_ladder(
        item, np.zeros_like(item), [(months, share / 100) for months, share in asked], steps
    )
    for step in range(steps):
        for month in range(step, item.size):
            reached = [share for months, share in asked if month - step < months]
            seen = [
                next((share for months, share in asked if month - earlier < months), 0)
                for earlier in range(step + 1)
            ]
            if reached and max(seen) == reached[0]:
                assert found.hedges[step, month] == -rounded(Fraction(reached[0], 100) * int(item[month]))


def test_the_worked_example():
    found = layering_ladder([100] * 18, [0] * 18, LAYERS, 13)
    assert found.trades[0].tolist() == [-80] * 6 + [-50] * 6 + [-20] * 6
    assert np.flatnonzero(found.trades[1]).tolist() == [6, 12]
    assert found.trades[1][[6, 12]].tolist() == [-30, -30]
    assert found.ratios[0] == pytest.approx(0.5)
    assert found.ratios[12] == pytest.approx(0.8)
    assert found.exposures[12].tolist() == [0] * 12 + [100] * 6


def test_cover_is_never_taken_off_and_a_hedge_of_the_wrong_side_is_made_up_for():
    found = layering_ladder([100, 100, -100, 0], [-90, 10, 120, -5], [(4, 0.8)], 1)
    assert found.trades[0].tolist() == [0, -90, 0, 0]


def test_a_static_programme_trades_once():
    found = layering_ladder([100] * 4, [0] * 4, [(2, 0.5)], 3, rolls=False)
    assert found.trades.tolist() == [[-50, -50, 0, 0], [0] * 4, [0] * 4]


def test_nothing_exposed_has_no_ratio():
    assert np.isnan(layering_ladder([0, 0], [0, -5], [(2, 0.5)], 2).ratios).all()
    assert layering_ladder([], [], [(2, 0.5)], 2).trades.shape == (2, 0)


@pytest.mark.parametrize(
    "asked, words",
    [
        ([], "months above 0"),
        ([(6, 0.5), (6, 0.2)], "rise"),
        ([(6, -0.1)], "0 or more"),
        ([(0, 1)], "above 0"),
    ],
)
def test_layers_that_are_none(asked, words):
    with pytest.raises(InputError, match=words):
        target_ratios([1], asked)
