import numpy as np
import pytest

from treasury.kernel import sign


def test_a_hedge_protects_when_its_sign_is_the_other_one():
    assert sign.protects([10, 10, -10, 0, 5], [-4, 4, 4, 4, 0]).tolist() == [True, False, True, False, False]
    assert sign.direction(np.array([-2.5, 0.0, 7.0])).tolist() == [-1, 0, 1]


@pytest.mark.parametrize(("exposure", "hedge"), [(-10, "long"), (10, "short"), (0, None)])
def test_a_short_exposure_takes_a_long_hedge(exposure, hedge):
    assert sign.hedge_direction(exposure) == hedge
