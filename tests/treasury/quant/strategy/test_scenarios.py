"""Scenario rates against plain sums, and that a seed is a seed."""

import math

import numpy as np
import pytest

from hedges.domain.strategy.frontier import normals
from treasury.kernel.errors import InputError
from treasury.quant.strategy.scenarios import historical_rates, simulated_rates


def test_historical_rates_are_every_window_that_has_both_ends():
    history = [1.0, 1.1, float("nan"), 1.21, 1.0]
    plain = [
        2.0 * history[place + 2] / history[place]
        for place in range(3)
        if not math.isnan(history[place]) and not math.isnan(history[place + 2])
    ]
    assert historical_rates(2.0, np.array(history), 2) == pytest.approx(plain)
    assert historical_rates(2.0, np.array([1.0, 1.1, 1.21]), 1) == pytest.approx([2.2, 2.2])
    assert historical_rates(2.0, np.array([1.0, 1.1]), 2).size == 0


def test_simulated_rates_have_the_deviation_asked_for_and_the_same_digits_again():
    found = simulated_rates(1.1, 0.1, 0.25, normals(500, 7))
    logs = [math.log(rate / 1.1) for rate in found.tolist()]
    mean = sum(logs) / 500
    assert mean == pytest.approx(-(0.1**2) * 0.25 / 2)
    assert math.sqrt(sum((one - mean) ** 2 for one in logs) / 500) == pytest.approx(0.05)
    assert found.tolist() == simulated_rates(1.1, 0.1, 0.25, normals(500, 7)).tolist()
    assert found.tolist() != simulated_rates(1.1, 0.1, 0.25, normals(500, 8)).tolist()
    assert found[:3] == pytest.approx(FIRST)


#: As made once: a seed has to give the same numbers in every version.
FIRST = [1.1062478955633468, 1.1239516529461653, 1.0901106160536238]


@pytest.mark.parametrize(
    "make", [lambda: historical_rates(1.0, np.ones(3), 0), lambda: simulated_rates(1, 0.1, 1, np.ones(1))]
)
def test_what_is_no_sample_is_refused(make):
    with pytest.raises(InputError):
        make()
