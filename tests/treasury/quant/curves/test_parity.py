import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.curves.parity import parity_forward_rate


@pytest.mark.parametrize(
    ("compounding", "factor"),
    [("continuous", np.exp(0.02 * 0.5)), ("annual", (1.05 / 1.03) ** 0.5), ("simple", 1.025 / 1.015)],
)
def test_forward_under_each_compounding(compounding, factor):
    assert parity_forward_rate(1.1, 0.03, 0.05, 0.5, compounding) == pytest.approx(1.1 * factor, rel=1e-15)
    assert parity_forward_rate(1.1, 0.03, 0.05, 0.0, compounding) == 1.1
    assert parity_forward_rate(1.1, 0.03, 0.03, 2.0, compounding) == 1.1


def test_rates_that_destroy_the_capital_are_refused():
    assert np.isnan(parity_forward_rate(1.1, -1.0, 0.05, 0.5, "annual"))
    with pytest.raises(InputError, match="compounding"):
        parity_forward_rate(1.1, 0.0, 0.0, 1.0, "daily")
    inputs = {"spot_rate": 1.1, "base_rate": 0.01, "quote_rate": -3, "years": 0.5, "compounding": "simple"}
    with pytest.raises(InputError, match="quote_rate"):
        catalogue.calculate("fx_forward_rate", inputs)


def test_forward_points_have_the_sign_of_the_rate_difference():
    inputs = {"spot_rate": 1.1, "base_rate": 0.02, "quote_rate": 0.04, "years": 1}
    result = catalogue.calculate("fx_forward_rate", inputs)["result"]
    assert result["forward_points"] == pytest.approx(1.1 * np.expm1(0.02), rel=1e-12)
