from itertools import product

import numpy as np
import pytest

from treasury.quant.codes import EffectivenessStatus as S
from treasury.quant.codes import Framework, Reason, reason_names
from treasury.quant.effectiveness.relationship_status import least_favourable, relationship_status

ALL = list(product(S, S, S, S))
COLUMNS = np.array(ALL).T


def test_ifrs_9_goes_by_the_three_criteria_and_takes_the_method_as_a_warning():
    ours = relationship_status(Framework.IFRS9, *COLUMNS)
    for (economic, credit, ratio, method), status, mask in zip(ALL, ours.status, ours.reasons, strict=True):
        three = (economic, credit, ratio)
        expected = S.NOT_EFFECTIVE if S.NOT_EFFECTIVE in three else S.INCONCLUSIVE
        if three == (S.EFFECTIVE,) * 3:
            expected = S.EFFECTIVE
        assert status == expected
        assert bool(mask & Reason.METHOD_WARNING) == (method == S.NOT_EFFECTIVE)
        assert bool(mask & Reason.CRITERION_UNDECIDED) == (expected == S.INCONCLUSIVE)


@pytest.mark.parametrize("framework", [Framework.IAS39, Framework.ASC815])
def test_elsewhere_the_documented_method_decides(framework):
    ours = relationship_status(framework, *COLUMNS)
    for (*_, method), status, mask in zip(ALL, ours.status, ours.reasons, strict=True):
        assert status == (method if method in (S.EFFECTIVE, S.NOT_EFFECTIVE) else S.INCONCLUSIVE)
        assert reason_names(mask) == {
            S.EFFECTIVE: [],
            S.NOT_EFFECTIVE: ["method_failed"],
        }.get(method, ["method_undecided"])


def test_frameworks_mix_by_row_and_method_reasons_are_carried():
    ours = relationship_status(
        [Framework.IFRS9, Framework.IAS39, 9],
        S.EFFECTIVE,
        S.EFFECTIVE,
        S.EFFECTIVE,
        S.NOT_EFFECTIVE,
        int(Reason.R_SQUARED_LOW),
    )
    assert ours.status.tolist() == [S.EFFECTIVE, S.NOT_EFFECTIVE, S.INCONCLUSIVE]
    assert reason_names(ours.reasons[0]) == ["r_squared_low", "method_warning"]


def test_the_least_favourable_of_several_methods():
    worst = least_favourable(
        [S.EFFECTIVE, S.EFFECTIVE, S.NOT_TESTED], [S.EFFECTIVE, S.INCONCLUSIVE, S.NOT_EFFECTIVE]
    )
    assert worst.tolist() == [S.EFFECTIVE, S.INCONCLUSIVE, S.NOT_EFFECTIVE]
