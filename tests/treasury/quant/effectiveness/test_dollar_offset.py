from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.codes import EffectivenessStatus, reason_names
from treasury.quant.effectiveness.dollar_offset import dollar_offset


def judge(hedge, item, **settings):
    columns = dollar_offset([hedge], [item], **settings)
    return EffectivenessStatus(columns.status[0]).name, reason_names(columns.reasons[0])


@pytest.mark.parametrize(
    ("hedge", "item", "outcome"),
    [
        ([-120], [100], ("EFFECTIVE", [])),
        ([-80], [100], ("EFFECTIVE", [])),
        ([-125], [100], ("EFFECTIVE", [])),
        ([-79_999_999], [100_000_000], ("NOT_EFFECTIVE", ["below_lower"])),
        ([-125_000_001], [100_000_000], ("NOT_EFFECTIVE", ["above_upper"])),
        ([100], [100], ("NOT_EFFECTIVE", ["wrong_direction"])),
        ([1], [1], ("NOT_EFFECTIVE", ["wrong_direction"])),
        ([0], [100], ("NOT_EFFECTIVE", ["below_lower"])),
        ([-100], [0], ("INCONCLUSIVE", ["zero_item_change"])),
        ([-100, 5], [100, -100], ("INCONCLUSIVE", ["zero_item_change"])),
        ([10, -110], [10, 90], ("EFFECTIVE", [])),
        ([-100, 30], [100, 0], ("NOT_EFFECTIVE", ["below_lower"])),
    ],
)
def test_the_last_cumulative_ratio_decides(hedge, item, outcome):
    assert judge(hedge, item) == outcome
    assert judge([D(value) for value in hedge], [D(value) for value in item]) == outcome
    assert judge([float(value) for value in hedge], [float(value) for value in item]) == outcome
    mirrored = dollar_offset([[-value for value in hedge]], [item], hypothetical=True)
    assert EffectivenessStatus(mirrored.status[0]).name == outcome[0]


def test_edges_are_compared_in_decimal():
    """0.07·k / 0.0875·k is 0.80 exactly, which binary floats miss on some k."""
    for k in range(1, 400):
        assert judge([D("-0.07") * k], [D("0.0875") * k])[0] == "EFFECTIVE"
        assert judge([-0.07 * 100 * k], [0.0875 * 100 * k])[0] in ("EFFECTIVE", "NOT_EFFECTIVE")
        assert judge([-8 * k], [10 * k])[0] == "EFFECTIVE"
        assert judge([-8 * 10**12 * k + 1], [10**13 * k])[0] == "NOT_EFFECTIVE"
    assert judge([-(2**52) // 5 * 4], [2**52 // 5 * 5])[0] == "EFFECTIVE"


def test_ratios_cumulative_and_by_period():
    columns = dollar_offset([[-80, -30, 0]], [[100, 0, -100]])
    assert columns.cumulative_ratios[0, :2].tolist() == [0.8, 1.1]
    assert columns.period_ratios[0].tolist()[0] == 0.8
    assert np.isnan(columns.cumulative_ratios[0, 2])
    assert np.isnan(columns.period_ratios[0, 1])
    assert columns.period_ratios[0, 2] == 0.0
    assert not np.signbit(columns.period_ratios[0, 2])
    inside = dollar_offset([[-120]], [[100]])
    assert inside.lower_margin[0] == pytest.approx(0.4)
    assert inside.upper_margin[0] == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("hedge", "item", "threshold", "outcome"),
    [
        (-9, 9, 10, ("INCONCLUSIVE", ["immaterial_changes"])),
        (9, 9, 10, ("INCONCLUSIVE", ["immaterial_changes"])),
        (-10, 9, 10, ("EFFECTIVE", [])),
        (-9, 10, 10, ("EFFECTIVE", [])),
        (-9, 0, 10, ("INCONCLUSIVE", ["zero_item_change", "immaterial_changes"])),
    ],
)
def test_two_changes_under_the_noise_threshold_decide_nothing(hedge, item, threshold, outcome):
    assert judge([hedge], [item], noise_threshold=threshold) == outcome
    both = dollar_offset([[hedge], [-100]], [[item], [100]], noise_threshold=[threshold, 0])
    assert EffectivenessStatus(both.status[0]).name == outcome[0]
    assert both.status[1] == EffectivenessStatus.EFFECTIVE


def test_periods_that_were_not_observed_have_no_ratio_and_add_nothing():
    columns = dollar_offset([[-100, 999, -10]], [[100, 999, 10]], observed=[[True, False, True]])
    assert columns.cumulative_ratios[0, [0, 2]].tolist() == [1.0, 1.0]
    assert np.isnan([columns.cumulative_ratios[0, 1], columns.period_ratios[0, 1]]).all()
    assert columns.observation_count[0] == 2
    gap = dollar_offset([[-100.0, np.nan]], [[100.0, 3.0]])
    assert (gap.last_ratio[0], gap.observation_count[0]) == (1.0, 1)
    assert judge([np.nan], [1.0]) == ("INCONCLUSIVE", ["too_few_points"])
    assert judge([], []) == ("INCONCLUSIVE", ["too_few_points"])


@given(
    st.lists(st.tuples(st.integers(-(2**40), 2**40), st.integers(-(2**40), 2**40)), min_size=1, max_size=20),
    st.integers(1, 1000),
)
def test_scaling_and_a_swap_of_both_signs_change_nothing(pairs, scale):
    hedge, item = np.array(pairs, dtype=np.int64).T
    one, other = dollar_offset([hedge], [item]), dollar_offset([-hedge * scale], [-item * scale])
    assert np.array_equal(one.cumulative_ratios, other.cumulative_ratios, equal_nan=True)
    assert one.status.tolist() == other.status.tolist()


def test_shapes_that_differ_are_refused():
    with pytest.raises(InputError, match="item_changes"):
        dollar_offset([[1, 2]], [[1]])
    with pytest.raises(InputError, match="finite"):
        dollar_offset([[np.inf]], [[1.0]])
