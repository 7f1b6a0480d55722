"""What has worn off of an adjustment by a day: by rates found by halving, and down to nothing at the last flow."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.lives import path_of
from tests.treasury.quant.measurement.test_basis_adjustment import bonds
from tests.treasury.quant.measurement.test_life import plain
from tests.treasury.quant.scalar import measurement as scalar
from treasury.quant.codes import Reason
from treasury.quant.measurement.amortised_share import amortised_share
from treasury.quant.measurement.basis_adjustment import basis_adjustment_amortisation
from treasury.quant.measurement.life import life


def share_of(adjusted, bare, flows, years, elapsed):
    columns = ([adjusted], [bare], [flows], [years], [elapsed])
    return amortised_share(*(np.array(column, dtype=float) for column in columns))


def test_the_worked_example_and_the_flows_of_the_basis_adjustment():
    share, reasons = share_of(102, 100, [5, 5, 105], [1, 2, 3], [0, 1, 2, 3, 4])
    assert share[0].tolist() == pytest.approx([0, 0.3195, 0.6526, 1, 1], abs=5e-5)
    assert share[0, [0, 3, 4]].tolist() == [0, 1, 1] and not reasons.any()
    by_flow = basis_adjustment_amortisation([102.0], [[5.0, 5.0, 105.0]], [1.0, 2.0, 3.0], [100.0])
    assert np.diff(share[0, :4]) * -2 == pytest.approx(by_flow.amortisation[0], abs=1e-12)


@given(bonds(), st.floats(0, 13))
def test_any_day_is_that_of_two_rates_found_by_halving(bond, elapsed):
    adjusted, bare, flows, years = bond
    if abs(adjusted - bare) < 1e-3:
        return
    share, reasons = share_of(adjusted, bare, flows, years, [elapsed])
    rates = [scalar.rate_by_halving(amount, flows, years) for amount in (adjusted, bare)]
    ahead = [(flow, year - elapsed) for flow, year in zip(flows, years, strict=True) if year > elapsed]
    left = [sum(flow / (1 + rate) ** year for flow, year in ahead) for rate in rates]
    assert share[0, 0] == pytest.approx(1 - (left[0] - left[1]) / (adjusted - bare), abs=1e-7)
    assert not reasons.any()


@given(st.lists(bonds(), min_size=2, max_size=4))
def test_a_row_is_the_same_alone_and_padded(rows):
    width = max(len(row[2]) for row in rows) + 1
    flows = np.array([row[2] + [0.0] * (width - len(row[2])) for row in rows])
    years = np.array([row[3] + [row[3][-1] + 1 + n for n in range(width - len(row[3]))] for row in rows])
    adjusted, bare = (np.array([row[side] for row in rows]) for side in (0, 1))
    on = np.tile([0.0, 0.3, 1.7, 20.0], (len(rows), 1))
    together, _ = amortised_share(adjusted, bare, flows, years, on)
    for number, row in enumerate(rows):
        assert together[number].tolist() == share_of(*row, on[number])[0][0].tolist()


def test_without_one_rate_there_is_no_share_and_a_reason():
    share, reasons = share_of(102, 100, [-5, -105], [1, 2], [0, 1, 2])
    assert np.isnan(share).all() and reasons.tolist() == [int(Reason.NO_UNIQUE_RATE)]


def test_the_life_of_an_adjustment_takes_what_has_worn_off_and_days_where_there_is_no_rate():
    one = plain(
        kind="FAIR_VALUE", pattern="OVER_TERM", hedge=[0, -900, -900, -900], item=[0, -900, -900, -900],
        ended_on=30, items_end=90,
    )  # fmt: skip
    path = path_of(one, one)
    path = replace(path, worn_off=np.array([[0, 0, 225, 900], [0, 0, 0, 0]]), is_worn=np.array([True, False]))
    assert life(path).adjustment_released.tolist() == [[0, 0, 225, 900], [0, 0, 450, 900]]
