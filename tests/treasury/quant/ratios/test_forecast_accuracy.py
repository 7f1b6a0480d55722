"""Forecast accuracy, held against a plain loop in fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Reason
from treasury.quant.ratios.forecast_accuracy import forecast_accuracy

amount = st.one_of(st.just(0), st.integers(-(10**12), 10**12))


@given(st.lists(st.tuples(amount, amount, st.integers(0, 2)), max_size=12))
def test_against_a_plain_loop(flows):
    forecast, actual, group = ([flow[i] for flow in flows] for i in range(3))
    ours = forecast_accuracy(forecast, actual, group, 3)
    for number in range(3):
        mine = [(f, a) for f, a, g in flows if g == number]
        came = sum(abs(a) for _, a in mine)
        over = sum((f - a if a > 0 else a - f) if a else abs(f) for f, a in mine)
        missed = sum(abs(f - a) for f, a in mine)
        assert (ours.flow_count[number], ours.actual_amount[number]) == (len(mine), came)
        assert ours.forecast_amount[number] - came == over
        assert ours.error_amount[number] == missed
        if not came:
            assert np.isnan(ours.bias_ratio[number])
            assert np.isnan(ours.mean_absolute_error_ratio[number])
            assert ours.reasons[number] == Reason.NO_OBSERVATIONS
        else:
            assert ours.reasons[number] == 0
            assert ours.bias_ratio[number] == pytest.approx(float(Fraction(over, came)), rel=1e-14)
            assert ours.mean_absolute_error_ratio[number] == pytest.approx(
                float(Fraction(missed, came)), rel=1e-14
            )


def test_what_does_not_fit_is_refused_by_name():
    for arguments, field in (
        (([1], [1, 2], [0], 1), "actual_amounts"),
        (([1], [1], [1], 1), "groups"),
        (([1], [1], [0, 0], 1), "groups"),
    ):
        with pytest.raises(InputError) as caught:
            forecast_accuracy(*arguments)
        assert caught.value.field == field


def test_as_the_calculator_answers():
    def ask(forecast, actual):
        answer = catalogue.calculate(
            "forecast_accuracy", {"forecast_amounts": forecast, "actual_amounts": actual}
        )
        result = answer["result"]
        return result["bias_ratio"], result["mean_absolute_error_ratio"], answer["reasons"]

    assert ask(["-110.5"], ["-100"]) == (pytest.approx(0.105), pytest.approx(0.105), [])
    assert ask(["5"], ["0"]) == (None, None, ["no_observations"])
    with pytest.raises(InputError, match="actual_amounts"):
        ask(["5"], ["1", "2"])
    with pytest.raises(InputError, match="fewer than 17 digits"):
        ask(["1e17"], ["1.001"])
