"""The prospective test: every scenario has to pass, and what says nothing is not a pass."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.codes import EffectivenessStatus as Status
from treasury.quant.codes import Reason, reason_names
from treasury.quant.effectiveness.prospective import scenario_offsets


def verdict(hedge, item, **limits):
    found = scenario_offsets(np.array([hedge]), np.array([item]), **limits)
    return Status(found.status[0]), found


def test_the_worst_scenario_is_named_with_its_room():
    status, found = verdict([-95, 104, -121], [100, -100, 100])
    assert status == Status.EFFECTIVE
    assert (found.worst_ratio[0], found.worst_index[0]) == (1.21, 2)
    assert found.margin[0] == pytest.approx(0.04, rel=1e-12)


def test_one_scenario_outside_fails_them_all():
    status, found = verdict([-95, 126], [100, -100])
    assert status == Status.NOT_EFFECTIVE
    assert reason_names(found.reasons[0]) == ["above_upper"]
    assert found.margin[0] == pytest.approx(-0.01, rel=1e-9)


def test_a_hedge_that_moves_with_the_item_fails():
    assert verdict([-95, -1], [100, -100])[0] == Status.NOT_EFFECTIVE


def test_edges_pass_in_decimal():
    assert verdict([-80, 125], [100, -100])[0] == Status.EFFECTIVE


def test_an_item_that_stands_still_while_the_hedge_moves_leaves_it_open():
    status, found = verdict([-95, 40], [100, 0], noise_threshold=5)
    assert status == Status.INCONCLUSIVE
    assert np.isnan(found.scenario_ratios[0, 1])
    assert found.reasons[0] == int(Reason.ZERO_ITEM_CHANGE)


def test_a_quiet_scenario_says_nothing():
    status, found = verdict([-95, 3], [100, 1], noise_threshold=5)
    assert status == Status.EFFECTIVE
    assert found.worst_index[0] == 0
    assert verdict([1, 3], [2, 1], noise_threshold=5)[0] == Status.INCONCLUSIVE


def test_a_scenario_without_a_value_leaves_it_open():
    status, found = verdict([-95.0, np.nan], [100.0, 100.0])
    assert status == Status.INCONCLUSIVE
    assert reason_names(found.reasons[0]) == ["too_few_points"]
    assert verdict([-50.0, np.nan], [100.0, 100.0])[0] == Status.NOT_EFFECTIVE


def test_no_scenario_is_no_test():
    found = scenario_offsets(np.zeros((2, 0), dtype=np.int64), np.zeros((2, 0), dtype=np.int64))
    assert found.status.tolist() == [Status.INCONCLUSIVE] * 2
    assert found.worst_index.tolist() == [-1, -1]
    assert np.isnan(found.margin).all()


def test_unequal_scenarios_are_refused():
    with pytest.raises(InputError, match="item_changes"):
        scenario_offsets([[1, 2]], [[1]])


amounts = st.lists(
    st.tuples(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12)), min_size=1, max_size=6
)


def scalar(pairs, threshold):
    """The rule once more, a scenario at a time, in exact fractions."""
    lower, upper = Decimal("0.8"), Decimal("1.25")
    open_, seen, failed = False, False, False
    for hedge, item in pairs:
        if abs(hedge) < threshold and abs(item) < threshold:
            continue
        if item == 0:
            open_ = True
            continue
        seen = True
        size, sign = abs(item), 1 if item > 0 else -1
        toward = -hedge * sign
        failed |= not (lower * size <= toward <= upper * size)
    if failed:
        return Status.NOT_EFFECTIVE
    return Status.EFFECTIVE if seen and not open_ else Status.INCONCLUSIVE


@given(amounts, st.sampled_from([0, 1, 10**6]))
def test_a_scalar_re_performance_agrees(pairs, threshold):
    hedge, item = zip(*pairs, strict=True)
    assert verdict(hedge, item, noise_threshold=threshold)[0] == scalar(pairs, threshold)
    order = np.argsort(hedge, kind="stable")
    assert verdict(np.array(hedge)[order], np.array(item)[order], noise_threshold=threshold)[0] == scalar(
        pairs, threshold
    )
