"""Several instruments: certified and other libraries' answers, and what has none."""

import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Reason
from treasury.quant.ratios.minimum_variance import minimum_variance_ratio
from treasury.quant.ratios.portfolio_minimum_variance import portfolio_minimum_variance


def drawn(rows, count, points, seed, level=0.0):
    rng = np.random.default_rng(seed)
    futures = rng.normal(0, 1, (rows, count, points)) * 10.0 ** rng.integers(-1, 2, (rows, count, 1)) + level
    return rng.normal(0, 1, (rows, points)) + futures.sum(axis=1) * 0.3, futures


@pytest.mark.parametrize(("count", "points"), [(1, 30), (2, 5), (4, 60), (9, 128), (12, 300)])
def test_statsmodels_agrees(count, points):
    sm = pytest.importorskip("statsmodels.api")
    spot, futures = drawn(8, count, points, seed=count)
    ours = portfolio_minimum_variance(spot, futures)
    for row in range(8):
        theirs = sm.OLS(spot[row], sm.add_constant(futures[row].T)).fit()
        assert ours.hedge_ratios[row] == pytest.approx(theirs.params[1:], rel=1e-9)
        assert ours.r_squared[row] == pytest.approx(theirs.rsquared, rel=1e-10)
        assert ours.residual_variance_ratio[row] == pytest.approx(theirs.ssr / theirs.centered_tss, rel=1e-8)


def test_covariances_say_the_same_and_nothing_near_leaves_less():
    spot, futures = drawn(1, 3, 40, seed=5)
    ours = portfolio_minimum_variance(spot, futures)
    joint = np.cov(np.vstack([futures[0], spot]))
    assert ours.hedge_ratios[0] == pytest.approx(np.linalg.solve(joint[:3, :3], joint[:3, 3]), rel=1e-9)
    least = np.var(spot[0] - ours.hedge_ratios[0] @ futures[0])
    assert ours.residual_variance_ratio[0] == pytest.approx(least / np.var(spot[0]), rel=1e-12)
    for nudge in np.eye(3) * 1e-3:
        for sign in (1, -1):
            assert np.var(spot[0] - (ours.hedge_ratios[0] * (1 + sign * nudge)) @ futures[0]) > least


def test_one_instrument_is_the_plain_ratio():
    spot, futures = drawn(20, 1, 25, seed=3)
    ours, plain = portfolio_minimum_variance(spot, futures), minimum_variance_ratio(spot, futures[:, 0])
    assert ours.hedge_ratios[:, 0] == pytest.approx(plain.slope, rel=1e-12)
    assert ours.r_squared == pytest.approx(plain.r_squared, rel=1e-12)


def test_rows_are_answered_as_each_alone_digit_for_digit():
    spot, futures = drawn(50, 4, 61, seed=8)
    together = portfolio_minimum_variance(spot, futures)
    for row in range(0, 50, 7):
        alone = portfolio_minimum_variance(spot[row], futures[row])
        assert np.array_equal(alone.hedge_ratios[0], together.hedge_ratios[row])
        assert alone.r_squared[0] == together.r_squared[row]


def test_changes_far_from_zero_keep_their_digits():
    spot, futures = drawn(1, 2, 30, seed=2)
    near = portfolio_minimum_variance(spot, futures)
    far = portfolio_minimum_variance(spot + 2.0**20, futures + 2.0**20)
    assert far.hedge_ratios == pytest.approx(near.hedge_ratios, rel=1e-7)


@pytest.mark.parametrize("seed", range(60))
def test_a_combination_of_other_instruments_is_found(seed):
    rng = np.random.default_rng(seed)
    count, points = rng.integers(2, 6), rng.integers(9, 40)
    futures = rng.normal(size=(count, points)) * 10.0 ** rng.uniform(-8, 8) + 10.0 ** rng.uniform(-8, 8)
    one = rng.integers(count)
    weights = rng.normal(size=count - 1) * 10.0 ** rng.uniform(-4, 4, count - 1)
    futures[one] = weights @ np.delete(futures, one, axis=0)
    ours = portfolio_minimum_variance(rng.normal(size=points), futures)
    assert ours.reasons.tolist() == [Reason.COLLINEAR_INSTRUMENTS]
    assert np.isnan(ours.hedge_ratios).all()
    assert np.isnan([ours.r_squared, ours.residual_variance_ratio]).all()


def test_instruments_that_differ_little_still_have_ratios():
    rng = np.random.default_rng(1)
    first, apart = rng.normal(size=40), rng.normal(size=40)
    ours = portfolio_minimum_variance(2 * first + 3e-6 * apart, np.array([first, first + 1e-6 * apart]))
    assert ours.reasons.tolist() == [0]
    assert ours.hedge_ratios[0] == pytest.approx([-1, 3], rel=1e-6)


@pytest.mark.parametrize(
    ("spot", "instruments", "reasons"),
    [
        ([1, 2, 4], [[5, 5, 5]], ["constant_futures"]),
        ([1, 2, 4, 9], [[1, 3, 2, 2], [2, 6, 4, 4]], ["collinear_instruments"]),
        ([1, 2], [[5, 6], [1, 0]], ["too_few_points"]),
        ([1], [[5]], ["too_few_points", "constant_futures", "constant_spot"]),
        ([3, 3, 3], [[1, 2, 4]], ["constant_spot"]),
        ([1e300, -1e300, 1], [[1e-300, -1e-300, 1e-310]], ["out_of_range"]),
    ],
)
def test_undefined_is_null_with_its_reason(spot, instruments, reasons):
    inputs = {"spot_changes": spot, "instrument_changes": instruments}
    answer = catalogue.calculate("portfolio_minimum_variance", inputs)
    assert answer["reasons"] == reasons
    assert answer["result"]["r_squared"] is None
    flat = reasons == ["constant_spot"]
    assert answer["result"]["hedge_ratios"] == ([0.0] if flat else [None] * len(instruments))


@pytest.mark.parametrize(
    ("spot", "instruments", "field"),
    [
        ([1, 2, 3], [[1, 2]], "instrument_changes"),
        ([1, 2, 3], [1, 2, 3], "instrument_changes"),
        ([], [[]], "spot_changes"),
        ([[1, 2], [3, 4]], [[[1, 2]]], "instrument_changes"),
        ([1, np.nan], [[1, 2]], "spot_changes"),
        ([1, 2], [[1, np.inf]], "instrument_changes"),
    ],
)
def test_columns_that_do_not_fit_are_refused_by_name(spot, instruments, field):
    with pytest.raises(InputError) as caught:
        portfolio_minimum_variance(spot, instruments)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"instrument_changes": [[1, 2]]}, "instrument_changes[0]"),
        ({"instrument_changes": [[1, 2, 3], [1, 2]]}, "instrument_changes[1]"),
        ({"instrument_changes": []}, "instrument_changes"),
        ({"instrument_changes": [[1, float("nan"), 3]]}, "instrument_changes[0][1]"),
        ({"spot_changes": [1, float("inf"), 3]}, "spot_changes[1]"),
        ({"spot_changes": []}, "spot_changes"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, field):
    inputs = {"spot_changes": [1, 2, 4], "instrument_changes": [[3, 1, 2]], **change}
    with pytest.raises(InputError) as caught:
        catalogue.calculate("portfolio_minimum_variance", inputs)
    assert caught.value.field == field
