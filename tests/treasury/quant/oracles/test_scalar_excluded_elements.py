"""Excluded elements and counted changes of net assets against their plain twins, within 1e-12 of what is added up."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.treasury.quant.scalar import excluded_elements as plain
from treasury.quant.measurement import excluded_elements as ours
from treasury.quant.measurement.net_assets import counted_changes

few = settings(max_examples=60)
amounts = st.one_of(st.sampled_from([0.0, 1.0, -1e12]), st.integers(-(10**9), 10**9).map(float))
rates = st.one_of(st.sampled_from([1.0, 1e-4, 1e4]), st.floats(1e-3, 1e3))
spreads = st.one_of(st.sampled_from([0.0]), st.floats(-0.1, 0.1).map(lambda value: round(value, 9)))
factors = st.one_of(st.sampled_from([1.0, 1e-9, 1.2]), st.floats(0.01, 1.1))


def rows(*columns):
    return st.lists(st.tuples(*columns), min_size=1, max_size=6)


def same(function, twin, given_rows):
    found = function(*(np.array(column) for column in zip(*given_rows, strict=True)))
    for value, row in zip(found.tolist(), given_rows, strict=True):
        exact, size = twin(*row)
        assert abs(Fraction(value) - exact) <= Fraction(1, 10**12) * size + Fraction(1, 10**300)


@few
@given(rows(amounts, rates, rates, amounts, rates, rates))
def test_remaining_forward_points(given_rows):
    same(ours.remaining_forward_points, plain.forward_points, given_rows)


@few
@given(rows(amounts, rates, rates, amounts, factors))
def test_remaining_currency_basis(given_rows):
    same(ours.remaining_currency_basis, plain.currency_basis, given_rows)


@few
@given(rows(amounts, rates, rates, rates, rates, factors, st.booleans()))
def test_hypothetical_forward_element(given_rows):
    same(ours.hypothetical_forward_element, plain.hypothetical_forward, given_rows)


@few
@given(rows(amounts, spreads, spreads, factors))
def test_hypothetical_currency_basis(given_rows):
    same(ours.hypothetical_currency_basis, plain.hypothetical_basis, given_rows)


@few
@given(rows(st.integers(-(10**12), 10**12), st.floats(0, 1)))
def test_counted_changes_of_net_assets(periods):
    changes, shares = (list(column) for column in zip(*periods, strict=True))
    found = counted_changes(np.array([changes]), np.array([shares]))[0].tolist()
    size = sum(abs(change) for change in changes) * 2
    for value, exact in zip(found, plain.counted(changes, shares), strict=True):
        assert abs(Fraction(value) - exact) <= Fraction(1, 10**12) * size
