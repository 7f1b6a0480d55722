import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.ratios.hedged_rate import layer_rates, leg_rates


def calculate(**inputs):
    answer = catalogue.calculate("hedged_rate", inputs)
    return answer["result"], answer["reasons"]


def test_weighted_and_arithmetic_over_legs():
    rates = leg_rates([1400, -300], [1650, -330])
    assert (rates.weighted_rate, rates.arithmetic_rate) == (1700 / 1980, 1100 / 1320)
    none = [{"leading_amount": 5, "following_amount": 1}, {"leading_amount": 5, "following_amount": -1}]
    result, reasons = calculate(legs=none)
    assert (result["weighted_rate"], result["arithmetic_rate"]) == (5.0, None)
    assert reasons == ["zero_following_amount", "not_given"]


def test_layers_blend_arithmetically_in_base_and_harmonically_in_quote():
    layers = [{"ratio": 0.2, "rate": 1.1}, {"ratio": 0.3, "rate": 1.2}, {"ratio": 0.3, "rate": 1.15}]
    result, reasons = calculate(layers=layers, open_rate=1.3)
    assert result["hedged_ratio"] == pytest.approx(0.8)
    assert result["blended_rate"] == pytest.approx((0.22 + 0.36 + 0.345) / 0.8)
    assert result["all_in_rate"] == pytest.approx(0.22 + 0.36 + 0.345 + 0.2 * 1.3)
    assert reasons == ["not_given"]
    quote, _ = calculate(layers=layers, open_rate=1.3, fixed_currency="quote")
    inverse = 0.2 / 1.1 + 0.3 / 1.2 + 0.3 / 1.15
    assert quote["blended_rate"] == pytest.approx(0.8 / inverse)
    assert quote["all_in_rate"] == pytest.approx(1 / (inverse + 0.2 / 1.3))


def test_without_an_open_rate_only_a_full_hedge_has_an_all_in_rate():
    result, reasons = calculate(layers=[{"ratio": 0.5, "rate": 1.1}])
    assert result["all_in_rate"] is None
    assert reasons == ["no_open_rate", "not_given"]
    ours = layer_rates([0.1] * 10, [1.1] * 10)
    assert (ours.hedged_ratio, ours.blended_rate, ours.all_in_rate) == pytest.approx((1.0, 1.1, 1.1))
    result, reasons = calculate(layers=[{"ratio": 0, "rate": 1.1}], open_rate=1.2)
    assert (result["blended_rate"], result["all_in_rate"]) == (None, 1.2)
    assert "zero_ratio_sum" in reasons
    assert np.isnan(layer_rates([0.0], [1.1]).blended_rate)


@pytest.mark.parametrize(
    "inputs",
    [{}, {"legs": [{"leading_amount": 1, "following_amount": 1}], "layers": [{"ratio": 1, "rate": 1}]}],
)
def test_either_legs_or_layers(inputs):
    with pytest.raises(InputError, match="legs: expected either legs or layers"):
        calculate(**inputs)
