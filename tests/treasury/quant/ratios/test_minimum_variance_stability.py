"""The stability plot: every window against scipy, and what is refused."""

import numpy as np
import pytest
import scipy.stats

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Reason
from treasury.quant.ratios.minimum_variance_stability import minimum_variance_stability

BASE = {"spot_changes": [1, 2, 4, 6, 5], "futures_changes": [1, 2, 3, 4, 6], "window": 3}


def test_every_window_is_scipys_regression():
    rng = np.random.default_rng(6)
    futures = rng.normal(size=(3, 50))
    spot = 0.8 * futures + rng.normal(0, 0.2, (3, 50))
    ours = minimum_variance_stability(spot, futures, 20, step=5, confidence_level=0.9)
    assert ours.first_index.tolist() == [0, 5, 10, 15, 20, 25, 30]
    assert ours.last_index.tolist() == [19, 24, 29, 34, 39, 44, 49]
    for row in range(3):
        for place, first in enumerate(ours.first_index):
            theirs = scipy.stats.linregress(futures[row, first : first + 20], spot[row, first : first + 20])
            half = scipy.stats.t.ppf(0.95, 18) * theirs.stderr
            assert ours.hedge_ratio[row, place] == pytest.approx(theirs.slope, rel=1e-12)
            assert ours.confidence_lower[row, place] == pytest.approx(theirs.slope - half, rel=1e-10)
            assert ours.confidence_upper[row, place] == pytest.approx(theirs.slope + half, rel=1e-10)
            assert ours.r_squared[row, place] == pytest.approx(theirs.rvalue**2, rel=1e-12)


def test_one_window_over_all_points_is_the_ratio_itself():
    whole = catalogue.calculate("minimum_variance_hedge_ratio", {k: BASE[k] for k in list(BASE)[:2]})[
        "result"
    ]
    answer = catalogue.calculate("minimum_variance_stability", {**BASE, "window": 5})["result"]
    (window,) = answer["windows"]
    assert {window["hedge_ratio"], answer["lowest_hedge_ratio"], answer["highest_hedge_ratio"]} == {
        whole["hedge_ratio"]
    }
    assert window["confidence_upper"] == whole["confidence_upper"]


def test_a_window_without_a_move_has_its_reason():
    inputs = {"spot_changes": [1, 1, 1, 5], "futures_changes": [2, 3, 2, 2], "window": 3}
    answer = catalogue.calculate("minimum_variance_stability", inputs)
    assert answer["result"]["windows"][0]["hedge_ratio"] == 0.0
    assert answer["result"]["windows"][0]["r_squared"] is None
    assert "constant_spot" in answer["reasons"]
    flat = catalogue.calculate("minimum_variance_stability", {**inputs, "futures_changes": [2, 2, 2, 2]})
    assert flat["result"]["lowest_hedge_ratio"] is None
    assert "constant_futures" in flat["reasons"]


def test_a_gap_takes_its_points_out():
    ours = minimum_variance_stability([1.0, np.nan, 2.0, np.nan], [1.0, 2.0, 3.0, 4.0], 3)
    assert ours.reasons[0, 1] & Reason.TOO_FEW_POINTS
    assert np.isnan(ours.hedge_ratio[0, 1])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"window": 2}, "window"),
        ({"window": 6}, "window"),
        ({"window": 3.5}, "window"),
        ({"step": 0}, "step"),
        ({"spot_changes": [1, 2, 3]}, "futures_changes"),
        ({"futures_changes": []}, "futures_changes"),
        ({"futures_changes": [1, 2, float("nan"), 3, 4]}, "futures_changes[2]"),
        ({"confidence_level": 1}, "confidence_level"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, field):
    with pytest.raises(InputError) as caught:
        catalogue.calculate("minimum_variance_stability", {**BASE, **change})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("args", "field"),
    [
        (([1.0, 2, 3], [1.0, 2], 3), "futures_changes"),
        (([1.0, 2, 3], [1.0, 2, 4], 4), "window"),
        (([1.0, 2, 3], [1.0, 2, 4], 3, 0), "step"),
        (([1.0, 2, np.inf], [1.0, 2, 4], 3), "spot_changes"),
    ],
)
def test_columns_that_do_not_fit_are_refused_by_name(args, field):
    with pytest.raises(InputError) as caught:
        minimum_variance_stability(*args)
    assert caught.value.field == field
