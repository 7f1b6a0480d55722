from decimal import Decimal as D

import numpy as np
import pytest

from treasury.quant.codes import CoverFlag, Reason
from treasury.quant.ratios.hedge_ratio import group_hedge_ratio, hedge_ratio


def test_a_protective_hedge_has_the_other_sign():
    ours = hedge_ratio([6, -6, 12, 5, 0], [-10, -10, -10, 0, 10])
    assert ours.hedge_ratio[[0, 1, 2, 4]].tolist() == [0.6, -0.6, 1.2, 0.0]
    assert np.isnan(ours.hedge_ratio[3])
    assert ours.open_amount.tolist() == [-4, -16, 2, 5, 10]
    assert ours.flags.tolist() == [0, CoverFlag.WRONG_DIRECTION, CoverFlag.OVER_HEDGED, 0, 0]
    assert ours.reasons.tolist() == [0, 0, 0, Reason.ZERO_EXPOSURE, 0]
    assert ours.open_amount.dtype == np.int64


def test_unsigned_is_the_plain_quotient():
    ours = hedge_ratio([6.0, 11.0], [10.0, 10.0], signed=False)
    assert ours.hedge_ratio.tolist() == [0.6, 1.1]
    assert ours.open_amount.tolist() == [4.0, -1.0]


def test_over_hedged_is_decided_exactly():
    size = 2**53 - 1
    assert hedge_ratio([-size, -size - 1], [size, size]).flags.tolist() == [0, CoverFlag.OVER_HEDGED]
    exact = hedge_ratio(
        np.array([D("-1.00000000000000000001")], dtype=object), np.array([D(1)], dtype=object)
    )
    assert (exact.flags[0], exact.hedge_ratio[0]) == (CoverFlag.OVER_HEDGED, 1.0)


def test_the_natural_offset_covers_and_the_net_has_no_ratio():
    assert hedge_ratio([-10_000_000], [10_000_000]).hedge_ratio[0] == 1.0
    assert np.isnan(hedge_ratio([0], [0]).hedge_ratio[0])


def test_groups_are_exact_whatever_the_order_of_rows():
    rng = np.random.default_rng(1)
    amounts, group = rng.integers(-(2**50), 2**50, 5000), rng.integers(0, 40, 5000)
    hedges, hedge_group = rng.integers(-(2**50), 2**50, 800), rng.integers(0, 40, 800)
    ours = group_hedge_ratio(amounts, group, hedges, hedge_group, 41)
    order = rng.permutation(5000)
    moved = group_hedge_ratio(amounts[order], group[order], hedges[::-1], hedge_group[::-1], 41)
    assert np.array_equal(ours.hedge_ratio, moved.hedge_ratio, equal_nan=True)
    for g in range(40):
        exposure = sum(int(a) for a in amounts[group == g])
        hedge = sum(int(a) for a in hedges[hedge_group == g])
        assert ours.open_amount[g] == exposure + hedge
        assert ours.hedge_ratio[g] == pytest.approx(-hedge / exposure, rel=1e-15)
    assert ours.reasons[40] == Reason.ZERO_EXPOSURE
