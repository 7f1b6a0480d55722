"""The regression looks at its own rule pack's weeks, however many another pack asks for."""

from decimal import Decimal

import numpy as np

from hedges.domain.assessment.verdict import Evidence, assess
from hedges.domain.observations import Changes
from hedges.domain.scenarios import ScenarioChanges

PACK = {
    "framework": "IAS39", "dollar_offset_lower": Decimal("0.8"), "dollar_offset_upper": Decimal("1.25"),
    "slope_lower": Decimal("0.8"), "slope_upper": Decimal("1.25"), "r_squared_minimum": Decimal("0.8"),
    "observation_minimum": 5, "observation_count": 8, "confidence_level": Decimal("0.95"),
    "variance_reduction_minimum": Decimal("0.8"), "noise_threshold_bp": Decimal(0),
    "credit_watch_ratio": Decimal("0.25"), "credit_fail_ratio": Decimal("0.5"), "hedge_ratio_tolerance": Decimal("0.1"),
}  # fmt: skip

#: Neither the first nor the last day.
NEITHER = (np.array([False]), np.array([False]))


def evidence(item: np.ndarray, instrument: np.ndarray) -> Evidence:
    whole, one = np.array([0]), np.array([1.0])
    found = Changes(
        instrument[None],
        item[None],
        np.ones((1, item.size), dtype=bool),
        whole,
        whole,
        whole,
        np.array([True]),
    )
    return Evidence(
        found, one, one, np.array([1e6]), np.array([True]), one, one, np.array([True]), *NEITHER, whole, whole
    )


def test_the_weeks_before_the_window_do_not_count():
    item = np.array([100, -80, 60, -40, 90, 70, -60, 30, 50, -20, 10, -90])
    instrument = -item
    instrument[:4] = item[:4]  # before the window the two moved together
    nothing = np.zeros((1, 2), dtype=np.int64)
    none = ScenarioChanges(nothing, nothing, np.zeros((1, 2), dtype=bool), nothing)
    result = assess(evidence(item, instrument), none, PACK)
    assert result.statistics.observation_count.tolist() == [8]
    assert result.statistics.offset_slope.tolist() == [1.0]
    assert result.variance.variance_reduction_ratio.tolist() == [1.0]
    wide = assess(evidence(item, instrument), none, PACK | {"observation_count": 12})
    assert wide.statistics.observation_count.tolist() == [12]
    assert wide.statistics.offset_slope[0] < 0.8
