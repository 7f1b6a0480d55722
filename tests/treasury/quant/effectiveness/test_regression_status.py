import numpy as np
import pytest

from treasury.quant.codes import EffectivenessStatus, reason_names
from treasury.quant.effectiveness.regression import regression
from treasury.quant.effectiveness.regression_status import regression_status


def judge(hedge, item, **limits):
    status = regression_status(regression([hedge], [item]), **{"observation_minimum": 4, **limits})
    return EffectivenessStatus(status.status[0]).name, reason_names(status.reasons[0]), status


ITEM = np.array([1.0, -2.0, 3.0, -4.0, 2.5, -1.5])
NOISE = np.array([0.01, -0.02, 0.01, 0.03, -0.02, 0.0])


@pytest.mark.parametrize(
    ("slope", "limits", "status", "reasons"),
    [
        (-1.0, {}, "EFFECTIVE", []),
        (-1.0, {"observation_minimum": 7}, "INCONCLUSIVE", ["too_few_points"]),
        (+1.0, {"observation_minimum": 7}, "INCONCLUSIVE", ["too_few_points"]),
        (+1.0, {}, "NOT_EFFECTIVE", ["wrong_direction"]),
        (+0.02, {}, "NOT_EFFECTIVE", ["wrong_direction"]),
        (-0.5, {}, "NOT_EFFECTIVE", ["below_lower"]),
        (-1.5, {}, "NOT_EFFECTIVE", ["above_upper"]),
        (-1.0, {"r_squared_minimum": 0.99999}, "NOT_EFFECTIVE", ["r_squared_low"]),
        (-1.0, {"confidence_level": 0.9999999999}, "NOT_EFFECTIVE", ["not_significant"]),
    ],
)
def test_too_few_points_then_the_sign_then_the_limits(slope, limits, status, reasons):
    assert judge(slope * ITEM + NOISE, ITEM, **limits)[:2] == (status, reasons)


def test_edges_pass_and_margins_are_the_room_left():
    for edge in (0.8, 1.25, 0.1, 1 / 3):
        assert judge(-edge * ITEM, ITEM, slope_lower=edge, slope_upper=edge)[0] == "EFFECTIVE"
        assert judge(-edge * ITEM, ITEM, slope_lower=edge + 1e-10, slope_upper=9)[1] == ["below_lower"]
    status, _, columns = judge(-0.75 * ITEM, ITEM, slope_lower=0.75, slope_upper=0.75)
    assert status == "EFFECTIVE"
    margins = {criterion.name: (criterion.margin[0], criterion.passed[0]) for criterion in columns.criteria}
    assert margins == {
        "observation_count": (2.0, 1),
        "offset_slope_sign": (pytest.approx(0.75), 1),
        "offset_slope_lower": (0.0, 1),
        "offset_slope_upper": (0.0, 1),
        "r_squared": (pytest.approx(0.2), 1),
        "significance": (0.05, 1),
    }


def test_what_cannot_be_measured_is_undecided():
    assert judge(ITEM, np.full(6, 0.1))[:2] == ("INCONCLUSIVE", ["constant_item"])
    assert judge([], [])[:2] == ("INCONCLUSIVE", ["too_few_points"])
    status, reasons, columns = judge(np.zeros(6), ITEM)
    assert (status, reasons) == ("NOT_EFFECTIVE", ["below_lower", "constant_instrument"])
    assert [criterion.passed[0] for criterion in columns.criteria if criterion.name == "r_squared"] == [-1]


def test_limits_may_differ_by_row():
    hedge = np.vstack([-0.9 * ITEM + NOISE] * 2)
    status = regression_status(
        regression(hedge, np.vstack([ITEM] * 2)), slope_lower=[0.8, 0.95], observation_minimum=[6, 6]
    )
    assert status.status.tolist() == [EffectivenessStatus.EFFECTIVE, EffectivenessStatus.NOT_EFFECTIVE]
