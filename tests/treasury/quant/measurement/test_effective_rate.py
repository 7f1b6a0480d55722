"""The effective rate: found where there is one, refused where there is none or several."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason, reason_names
from treasury.quant.measurement.effective_rate import effective_rate

flow = st.one_of(st.integers(0, 200), st.floats(0, 1e6, allow_subnormal=False)).map(float)
years_of = st.sets(st.integers(1, 30 * 365), min_size=1, max_size=12).map(
    lambda days: [day / 365 for day in sorted(days)]
)


@st.composite
def loans(draw):
    years = draw(years_of)
    flows = draw(st.lists(flow, min_size=len(years), max_size=len(years)))
    flows[-1] += 1.0
    return flows, years, draw(st.floats(-0.5, 3.0))


@given(loans())
def test_the_rate_that_made_the_price_comes_back(loan):
    flows, years, rate = loan
    amount = scalar.present_value(flows, years, rate)
    found = effective_rate([amount, -amount], [flows, [-x for x in flows]], years)
    assert not found.reasons.any()
    assert found.effective_rate[0] == found.effective_rate[1]
    # the slope of the price tells what a unit in the last place of the price is worth in rate
    slope = sum(year * value / (1 + rate) ** (year + 1) for value, year in zip(flows, years, strict=True))
    assert found.effective_rate[0] == pytest.approx(rate, abs=1e-14 * amount / slope + 1e-13, rel=1e-12)
    assert scalar.present_value(flows, years, found.effective_rate[0]) == pytest.approx(amount, rel=1e-11)


@given(st.lists(st.integers(-60, 60), min_size=2, max_size=7), st.integers(-100, 100).filter(bool))
def test_one_of_several_rates_is_never_passed_off_as_the_one(flows, amount):
    """Against the roots of the polynomial in 1/(1 + rate), for every pattern of signs."""
    assume(any(flows))
    roots = np.roots([*flows[::-1], -amount])
    roots = roots[np.abs(roots) > 1e-9]
    positive = roots[(np.abs(roots.imag) < 1e-7 * np.abs(roots)) & (roots.real > 0)].real
    clear = (roots.real < 0) | (np.abs(roots.imag) < 1e-12 * np.abs(roots)) | (np.abs(roots.imag) > 1e-3)
    assume(clear.all() and (np.diff(np.sort(positive)) > 1e-4).all())
    found = effective_rate([amount], [flows], np.arange(1, len(flows) + 1))
    if len(positive) == 1:
        assert found.reasons[0] == 0
        assert found.effective_rate[0] == pytest.approx(1 / positive[0] - 1, rel=1e-8, abs=1e-8)
    else:
        assert np.isnan(found.effective_rate[0])
        assert reason_names(found.reasons[0]) == ["no_unique_rate"]


@pytest.mark.parametrize(
    ("amount", "flows"),
    [
        (100, [230, -132]),  # 10 % and 20 %
        (-100, [-230, 132.25]),  # 15 %, twice
        (100, [230, -133]),  # none, by a hair
        (100, [-1, -1]),  # nothing comes back
        (100, [0, 0]),
        (100, [400, -500, 200]),  # 100 %, and 0 % twice
    ],
)
def test_several_none_and_a_double_one(amount, flows):
    found = effective_rate([amount], [flows], np.arange(1, len(flows) + 1))
    assert np.isnan(found.effective_rate[0])
    assert found.reasons[0] == Reason.NO_UNIQUE_RATE


@given(st.floats(-0.3, 1.0), st.floats(-5, -0.5), st.floats(-5, -0.5), st.integers(2, 4))
def test_rates_that_lie_close_together_are_told_apart(rate, first_gap, gap, count):
    """100 = Π (1 − v/v_i) expanded: its rates are known, down to 0.00001 apart."""
    rates = [rate, rate + 10**first_gap, rate + 10**first_gap + 10**gap, rate + 1.5][:count]
    polynomial = np.array([1.0])
    for one in rates:
        polynomial = np.convolve(polynomial, [1.0, -(1.0 + one)])
    found = effective_rate([100.0], [-100.0 * polynomial[1:]], np.arange(1, count + 1))
    assert np.isnan(found.effective_rate[0])
    assert found.reasons[0] == Reason.NO_UNIQUE_RATE


def test_one_rate_behind_many_changes_of_sign():
    flows = [60, -155, 1000]
    assert effective_rate([100], [flows], [1, 2, 3]).effective_rate[0] == pytest.approx(
        max(
            1 / root.real - 1
            for root in np.roots([1000, -155, 60, -100])
            if abs(root.imag) < 1e-12 and root.real > 0
        )
    )


def test_a_rate_beyond_what_can_be_shown_and_rates_at_the_ends():
    # e^1000 a year; −100 % to the last place; a return of nearly nothing
    found = effective_rate([1.0, 1e300, 1e300], [[np.e], [1e-300], [1.0]], [[0.001], [1.0], [1.0]])
    assert [reason_names(mask) for mask in found.reasons] == [["out_of_range"], ["out_of_range"], []]
    assert found.effective_rate[2] == -1.0
    assert effective_rate([1e-300], [[1e300]], [100.0]).effective_rate[0] == pytest.approx(1e6 - 1, rel=1e-9)
    assert effective_rate([1e-9], [[1e-9, 0.0]], [1.0, 2.0]).effective_rate[0] == pytest.approx(0, abs=1e-15)


def test_many_flows_of_either_sign_and_no_rows_at_all():
    days = np.arange(1, 2001) / 365
    turns = np.where(np.arange(2000) % 7, 1.0, -2.0)  # 0, 7, ... are paid, the rest is received
    found = effective_rate([1000.0, 1000.0], [np.abs(turns), turns], days)
    assert scalar.present_value(np.abs(turns), days, found.effective_rate[0]) == pytest.approx(
        1000, rel=1e-11
    )
    assert scalar.present_value(turns, days, found.effective_rate[1]) == pytest.approx(1000, rel=1e-11)
    assert effective_rate([], np.zeros((0, 300)), np.arange(1, 301)).effective_rate.shape == (0,)


@given(st.lists(loans(), min_size=2, max_size=6), st.randoms())
def test_a_rows_digits_do_not_depend_on_order_neighbours_or_padding(rows, random):
    width = max(len(flows) for flows, _, _ in rows) + 1
    flows = np.zeros((len(rows), width))
    years = np.zeros((len(rows), width))
    for number, (own, when, _) in enumerate(rows):
        flows[number, : len(own)] = own
        years[number] = [*when, *(when[-1] + 1 + extra for extra in range(width - len(when)))]
    amount = np.array([scalar.present_value(*row) for row in rows])
    flows[0, : len(rows[0][0])] *= np.where(np.arange(len(rows[0][0])) % 2, -1, 1)  # one with many signs
    together = effective_rate(amount, flows, years)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = effective_rate(amount[order], flows[order], years[order])
    assert np.array_equal(shuffled.effective_rate, together.effective_rate[order], equal_nan=True)
    for number, (own, when, _) in enumerate(rows):
        alone = effective_rate(amount[[number]], flows[[number], : len(own)], when)
        assert np.array_equal(alone.effective_rate, together.effective_rate[[number]], equal_nan=True)
        assert alone.reasons[0] == together.reasons[number]


@given(loans(), st.integers(-300, 300))
def test_scaling_the_amounts_leaves_the_rate(loan, power):
    flows, years, rate = loan
    assume(all(value == 0 or value > 1e-3 for value in flows))
    amount = scalar.present_value(flows, years, rate)
    one = effective_rate([amount], [flows], years).effective_rate[0]
    other = effective_rate([amount * 2.0**power], [[x * 2.0**power for x in flows]], years).effective_rate[0]
    assert other == pytest.approx(one, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (([0.0], [[1.0]], [1.0]), "carrying_amount"),
        (([np.nan], [[1.0]], [1.0]), "carrying_amount"),
        (([[1.0]], [[1.0]], [1.0]), "carrying_amount"),
        (([1.0], [[np.inf]], [1.0]), "cash_flows"),
        (([1.0], [[1.0], [1.0]], [1.0]), "cash_flows"),
        (([1.0], [[]], []), "cash_flows"),
        (([1.0], [[1.0, 2.0]], [2.0, 1.0]), "years"),
        (([1.0], [[1.0, 2.0]], [1.0, 1.0]), "years"),
        (([1.0], [[1.0]], [0.0]), "years"),
        (([1.0], [[1.0]], [np.nan]), "years"),
        (([1.0], [[1.0]], [1e5]), "years"),
        (([1.0], [[1.0]], [1.0, 2.0]), "years"),
    ],
)
def test_bad_columns_are_refused_by_name(arguments, field):
    with pytest.raises(InputError) as caught:
        effective_rate(*arguments)
    assert caught.value.field == field
