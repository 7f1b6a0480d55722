import numpy as np
import pytest

from treasury.quant.curves.price import PriceCurves, VolatilityCurves, forward_prices, implied_volatilities


def test_prices_are_linear_between_months_and_flat_outside():
    curves = PriceCurves(("WTI",), np.array([0.0, 0.5, 1.0]), np.array([[[70.0, 72.0, 68.0]]]))
    assert forward_prices(curves, 0, 0, [0.0, 0.25, 0.75, 3.0]).tolist() == [70.0, 71.0, 70.0, 68.0]


def test_volatility_is_linear_in_total_variance():
    curves = VolatilityCurves(("EURUSD",), np.array([0.5, 1.0]), np.array([[[0.10, 0.12]]]))
    between = implied_volatilities(curves, 0, 0, 0.75)
    assert between == pytest.approx(np.sqrt((0.005 + 0.0144) / 2 / 0.75), rel=1e-14)
    assert implied_volatilities(curves, 0, 0, [0.1, 0.5, 1.0, 9.0]) == pytest.approx(
        [0.10, 0.10, 0.12, 0.12], rel=1e-15
    )


def test_a_node_today_is_used_today():
    curves = VolatilityCurves(("EURUSD",), np.array([0.0, 1.0]), np.array([[[0.10, 0.12]]]))
    assert implied_volatilities(curves, 0, 0, [0.0, 1.0]) == pytest.approx([0.10, 0.12], rel=1e-15)
