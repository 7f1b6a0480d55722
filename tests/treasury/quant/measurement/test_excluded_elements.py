"""The worked examples of the excluded elements, and what they are at both ends of a hedge."""

import numpy as np

from treasury.quant.measurement.excluded_elements import (
    hypothetical_currency_basis,
    hypothetical_forward_element,
    remaining_currency_basis,
    remaining_forward_points,
)
from treasury.quant.measurement.net_assets import counted_changes

ONE = np.array([1.0])


def of(*values):
    return np.array(values)


def test_forward_points_begin_with_their_cost_and_end_at_zero():
    """100 at 1.25 against a spot of 1: 25 to come; settled at 1.5 the forward is worth 25, its spot element 50"""
    found = remaining_forward_points(of(100.0), of(1.25), of(1.0), of(0.0, 25.0 - 50.0), ONE, ONE)
    assert found.tolist() == [25.0, 0.0]


def test_the_hypothetical_of_the_same_terms_is_the_instrument():
    """Struck at 1.25 = F_0; at settlement forward and spot are 1.5 and nothing is discounted."""
    args = of(100.0), of(1.25), of(1.0), of(1.0, 1.5), of(1.25, 1.5), of(0.5, 1.0)
    for discounted in (True, False):
        element = hypothetical_forward_element(*args, np.array([discounted]))
        assert remaining_forward_points(*args[:3], element, ONE, ONE).tolist() == [25.0, 0.0]


def test_currency_basis_begins_with_its_cost_and_ends_at_zero():
    """Against 1.25 by parity, D 0.5: −12.5 of 50 has gone from the value, 50 · 0.5 is to come; at the end D is 1."""
    found = remaining_currency_basis(of(100.0), of(1.75), of(1.25), of(-12.5, 0.0), of(0.5, 1.0))
    assert found.tolist() == [12.5, 0.0]
    spread = of(0.5, 0.25, 0.0)
    found = hypothetical_currency_basis(of(100.0), spread[:1], spread, of(0.5, 0.5, 1.0))
    assert found.tolist() == [50.0, 37.5, 0.0]


def test_net_assets_that_fall_do_not_scale_what_was_booked():
    assert counted_changes(np.array([[100, 160]]), np.array([[1.0, 0.5]])).tolist() == [[100.0, 130.0]]


def test_what_is_undefined_stays_so():
    assert np.isnan(remaining_currency_basis(of(100.0), of(np.nan), of(1.25), of(0.0), of(1.0))).all()
