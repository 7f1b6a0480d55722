"""Effective rates against the words of the FAQ one scenario at a time, and each break-even put back into them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.quant.strategy.protection import (
    break_even_with_forward,
    break_even_with_open_position,
    effective_rates,
)

rates = st.floats(0.5, 2.0)
small = st.floats(0.0, 0.2)
ways = st.sampled_from([1, -1])


def plain(way, spot, forward, strike, premium, cap, received):
    if way > 0:
        return spot, forward, max(spot, strike) - premium, min(max(spot, strike), cap) - premium + received
    return spot, forward, min(spot, strike) + premium, max(min(spot, strike), cap) + premium - received


@given(ways, rates, rates, rates, small, rates, small)
def test_effective_rates_are_those_of_the_words(way, spot, forward, strike, premium, width, received):
    cap = strike + way * (width - 0.5)
    found = effective_rates(way, [spot], forward, strike, premium, cap, received)
    seen = (found.open[0], found.forward[0], found.option[0], found.collar[0])
    assert seen == pytest.approx(plain(way, spot, forward, strike, premium, cap, received))


@given(ways, rates, rates, small)
def test_at_the_break_even_the_option_is_the_forward(way, forward, strike, premium):
    at = break_even_with_forward(way, forward, strike, premium, way * math.inf)
    if math.isnan(at):
        # It always does better: its floor is better than the forward.
        assert way * (strike - way * premium) > way * forward
    else:
        assert plain(way, at, forward, strike, premium, 0, 0)[2] == pytest.approx(forward)


@given(ways, rates, small)
def test_at_the_other_break_even_the_option_is_the_open_position(way, strike, premium):
    at = break_even_with_open_position(way, strike, premium)
    assert plain(way, at, 1.0, strike, premium, 0, 0)[2] == pytest.approx(at)


def test_a_collar_that_never_comes_out_as_the_forward():
    assert math.isnan(break_even_with_forward(1, 1.10, 1.00, 0.0, 1.05))
    assert math.isnan(break_even_with_open_position(1, 1.0, -0.01))


def test_the_worked_example():
    found = effective_rates(1, [1.00, 1.20], 1.10, 1.08, 0.02, np.nan, 0.0)
    assert found.option == pytest.approx([1.06, 1.18])
    assert np.isnan(found.collar).all()
    assert break_even_with_forward(1, 1.10, 1.08, 0.02, math.inf) == pytest.approx(1.12)
    assert break_even_with_open_position(1, 1.08, 0.02) == pytest.approx(1.06)
