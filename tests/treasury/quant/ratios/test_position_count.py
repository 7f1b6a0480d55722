from decimal import Decimal as D

import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant.codes import CoverFlag, HedgedDefinition, Reason
from treasury.quant.ratios.position_count import (
    count_differs,
    group_position_counts,
    is_hedged,
    position_count_ratio,
)

EXPOSURE = np.array([100, 100, 100, -100, 100, 0])
HEDGE = np.array([-1, -80, -100, 120, 50, -5])


@pytest.mark.parametrize(
    ("definition", "threshold", "expected"),
    [
        (HedgedDefinition.ANY_COVER, D(1), [True, True, True, True, False, False]),
        (HedgedDefinition.COVER_AT_LEAST, D("0.8"), [False, True, True, True, False, False]),
        (HedgedDefinition.COVER_AT_LEAST, D("0.81"), [False, False, True, True, False, False]),
        (HedgedDefinition.FULL_COVER, D(1), [False, False, True, True, False, False]),
    ],
)
def test_what_counts_as_hedged_is_a_setting(definition, threshold, expected):
    assert is_hedged(EXPOSURE, HEDGE, definition, threshold).tolist() == expected


def test_nine_of_ten_positions_and_a_tenth_of_the_amount():
    exposure = np.array([90] + [1] * 8 + [2])
    hedge = np.array([0] + [-1] * 8 + [-2])
    counts = group_position_counts(is_hedged(exposure, hedge), np.zeros(10, dtype=int), 1)
    assert (counts.positions_hedged[0], counts.positions_total[0], counts.position_count_ratio[0]) == (
        9,
        10,
        0.9,
    )
    assert count_differs([0.1, 0.85, np.nan], [0.9, 0.9, 0.5], 0.1).tolist() == [
        CoverFlag.COUNT_DIFFERS,
        0,
        0,
    ]


def test_no_positions_have_no_ratio():
    counts = group_position_counts([True], [0], 2)
    assert counts.reasons.tolist() == [0, Reason.NO_POSITIONS]
    assert np.isnan(counts.position_count_ratio[1])


@pytest.mark.parametrize(("hedged", "total"), [(2, 1), (-1, 1), (0, -1)])
def test_impossible_counts_are_refused(hedged, total):
    with pytest.raises(InputError, match="positions_"):
        position_count_ratio([hedged], [total])
    with pytest.raises(InputError, match="threshold"):
        is_hedged([1], [1], HedgedDefinition.COVER_AT_LEAST, D(0))
