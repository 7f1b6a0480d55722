"""NIST Statistical Reference Datasets (StRD): regressions through `tests/golden`, standard deviations here.

Norris, NoInt1 and NoInt2 are golden cases of the calculator; the array function is held to them more tightly. The
NumAcc sets are certified for their mean and standard deviation, hard for whoever sums squares.
"""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from treasury.quant.effectiveness.regression import regression

GOLDEN = Path(__file__).parents[3] / "golden"
#: First value, the two that alternate behind it 500 times, certified standard deviation.
NUM_ACC = {
    "NumAcc2": ("1.2", ("1.1", "1.3"), 0.1),
    "NumAcc3": ("1000000.2", ("1000000.1", "1000000.3"), 0.1),
    "NumAcc4": ("10000000.2", ("10000000.1", "10000000.3"), 0.1),
}


@pytest.mark.parametrize("name", ["nist_norris", "nist_noint1", "nist_noint2"])
def test_certified_regressions_to_the_last_printed_digits(name):
    case = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["cases"][0]
    inputs = case["inputs"]
    ours = regression(
        inputs["instrument_changes"], inputs["item_changes"], None, True, inputs.get("intercept", True)
    )
    for field, value in case["result"].items():
        if isinstance(value, float):
            assert getattr(ours, field)[0] == pytest.approx(value, rel=1e-12), field


def test_certified_deviation_of_three_large_numbers():
    values = [10000001.0, 10000003.0, 10000002.0]
    assert regression(values, values).x_standard_deviation[0] == pytest.approx(1.0, rel=1e-15)


@pytest.mark.parametrize("name", NUM_ACC)
def test_certified_deviations_of_numbers_that_differ_late(name):
    """The certified figure within what the numbers themselves lose in binary; their exact deviation to 1e-13."""
    first, others, certified = NUM_ACC[name]
    values = np.array([float(first), *(float(other) for other in others)] + [float(o) for o in others] * 499)
    assert values.size == 1001
    exact = [Fraction(float(value)) for value in values]
    mean = sum(exact) / len(exact)
    deviation = float(sum((value - mean) ** 2 for value in exact) / (len(exact) - 1)) ** 0.5
    ours = regression(values[::-1], values)
    for found in (ours.x_standard_deviation[0], ours.y_standard_deviation[0]):
        assert found == pytest.approx(deviation, rel=1e-13)
        assert found == pytest.approx(certified, rel=2e-8)
