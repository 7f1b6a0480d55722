from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.codes import CoverFlag, Reason, names
from treasury.quant.ratios.horizon_profile import horizon_profile

NAN = np.nan


def test_the_roll_of_a_layered_programme():
    ours = horizon_profile([[10**8] * 3], [[0] * 3], [[-5 * 10**7, -2 * 10**7, 0]], NAN, [[0.8, 0.5, 0.2]])
    assert ours.coverage_ratio.tolist() == [[0.5, 0.2, 0.0]]
    assert ours.target_to_hedge_amount.tolist() == [[-3 * 10**7, -3 * 10**7, -2 * 10**7]]
    assert ours.cumulative_coverage_ratio[0] == pytest.approx([0.5, 0.35, 7 / 30])
    assert ours.coverage_declines.tolist() == [1]
    assert ours.min_to_hedge_amount.tolist() == [[0, 0, 0]]


@pytest.mark.parametrize(
    ("hedge", "flags"),
    [
        (-69, ["under_hedged"]),
        (-70, []),
        (-90, []),
        (-91, ["above_band"]),
        (-101, ["over_hedged", "above_band"]),
        (5, ["wrong_direction", "under_hedged"]),
        (0, ["under_hedged"]),
    ],
)
def test_flags_and_their_edges(hedge, flags):
    for sign in (1, -1):
        inflow, outflow = (100, 0) if sign > 0 else (0, -100)
        ours = horizon_profile([[inflow]], [[outflow]], [[sign * hedge]], 0.7, 0.8, 0.9)
        assert names(CoverFlag, ours.flags[0, 0]) == flags
        assert ours.min_to_hedge_amount[0, 0] == sign * (-70 - hedge)
        assert ours.max_to_hedge_amount[0, 0] == sign * (-90 - hedge)


def test_a_bucket_without_net_exposure_has_no_ratio_and_is_skipped():
    ours = horizon_profile([[100, 50, 100]], [[0, -50, 0]], [[-50, -10, -50]], 0.1, 0.2, 0.3)
    assert np.isnan(ours.coverage_ratio[0, 1])
    assert ours.reasons.tolist() == [[0, Reason.ZERO_EXPOSURE, 0]]
    assert ours.flags[0, 1] == 0
    assert ours.coverage_declines.tolist() == [1]
    assert ours.target_to_hedge_amount[0, 1] == 10


@pytest.mark.parametrize(
    ("hedges", "declines"),
    [([-8, -5, -2], 1), ([-5, -5, -5], 1), ([-5, -6, -2], 0), ([-5, -2, -4], 0), ([-1, 0, 3], 1)],
)
def test_whether_coverage_falls_with_the_horizon(hedges, declines):
    assert horizon_profile([[10] * 3], [[0] * 3], [hedges]).coverage_declines.tolist() == [declines]


def test_an_undefined_bucket_does_not_hide_a_rise():
    net = [[10, 0, 10, 0]]
    assert horizon_profile(net, [[0] * 4], [[-5, -1, -6, -1]]).coverage_declines.tolist() == [0]
    assert horizon_profile(net, [[0] * 4], [[-5, -1, -5, -1]]).coverage_declines.tolist() == [1]


def test_nothing_to_say_about_no_exposure():
    assert horizon_profile([[0, 0]], [[0, 0]], [[0, 0]]).coverage_declines.tolist() == [-1]


def test_decimals_are_exact_and_columns_round_to_the_minor_unit():
    third = np.array([[D("0.333")]], dtype=object)
    exact = horizon_profile(
        *(np.array([[D(v)]], dtype=object) for v in ("1.01", "0", "0")), third, third, third
    )
    assert exact.min_to_hedge_amount[0, 0] == D("-0.33633")
    missing = np.array([[None]], dtype=object)
    assert (
        horizon_profile(
            *(np.array([[D(v)]], dtype=object) for v in ("1", "0", "0")), missing
        ).min_to_hedge_amount[0, 0]
        is None
    )
    assert horizon_profile([[101]], [[0]], [[0]], 0.333).min_to_hedge_amount[0, 0] == -34
    assert horizon_profile([[5]], [[0]], [[0]], 0.5).min_to_hedge_amount[0, 0] == -2
    assert horizon_profile([[7]], [[0]], [[0]], 0.5).min_to_hedge_amount[0, 0] == -4
    huge = 2**52 + 1
    assert horizon_profile([[huge]], [[0]], [[0]], 1.0).min_to_hedge_amount[0, 0] == -huge


@given(
    st.lists(
        st.tuples(st.integers(0, 2**40), st.integers(-(2**40), 0), st.integers(-(2**40), 2**40)),
        min_size=1,
        max_size=12,
    )
)
def test_parts_sum_to_the_whole(rows):
    inflow, outflow, hedge = np.array(rows, dtype=np.int64).T[:, None, :]
    ours = horizon_profile(inflow, outflow, hedge)
    assert ours.net_open_amount.sum() == inflow.sum() + outflow.sum() + hedge.sum()
    if ours.net_exposure_amount.sum():
        last = ours.cumulative_coverage_ratio[0, -1]
        assert last == pytest.approx(-hedge.sum() / ours.net_exposure_amount.sum(), rel=1e-15)
    flipped = horizon_profile(-outflow, -inflow, -hedge)
    assert np.array_equal(flipped.coverage_ratio, ours.coverage_ratio, equal_nan=True)


@pytest.mark.parametrize(
    ("inflow", "outflow", "field"),
    [([[-1]], [[0]], "inflow"), ([[1]], [[1]], "outflow"), ([1], [0], "inflow")],
)
def test_wrong_signs_and_shapes_are_refused(inflow, outflow, field):
    with pytest.raises(InputError) as caught:
        horizon_profile(inflow, outflow, np.zeros_like(inflow))
    assert caught.value.field == field
    with pytest.raises(InputError, match="six decimals"):
        horizon_profile([[1]], [[0]], [[0]], 1 / 3)
