import numpy as np
import pytest
import QuantLib as ql

from treasury.quant.curves.zero import ZeroCurves, discount_factors, forward_rates
from treasury.quant.valuation.fx_forward import fx_forward_value

TERMS = {"strike_rate": 1.122, "forward_rate": 1.148, "discount_factor": 0.985}
SPOTS = {"spot_rate": 1.135, "spot_rate_at_designation": 1.1}


def test_the_worked_figures_of_the_rules():
    value = fx_forward_value(1e7, **TERMS, **SPOTS)
    assert value.present_value == pytest.approx(256100, abs=1e-6)
    assert value.spot_element == pytest.approx(344750, abs=1e-6)
    assert value.forward_element == pytest.approx(-88650, abs=1e-6)
    undiscounted = fx_forward_value(1e7, **TERMS, **SPOTS, discount_spot_element=False)
    assert undiscounted.spot_element == pytest.approx(350000, abs=1e-6)
    assert undiscounted.spot_element + undiscounted.forward_element == undiscounted.present_value


def test_elements_without_rates_are_undefined_and_the_value_is_not():
    value = fx_forward_value([1e7, -1e7], **TERMS)
    assert np.isnan([value.spot_element, value.forward_element, value.basis_element]).all()
    assert value.present_value[0] == -value.present_value[1]


def test_basis_is_what_the_forward_has_above_parity():
    value = fx_forward_value(1e6, **TERMS, **SPOTS, parity_forward_rate=1.146)
    assert value.basis_element == pytest.approx(1e6 * 0.002 * 0.985, rel=1e-9)
    at_parity = fx_forward_value(1e6, 1.122, 1.146, 0.985)
    assert value.present_value - value.basis_element == pytest.approx(at_parity.present_value, rel=1e-9)


def test_identities_hold_on_a_grid():
    rng = np.random.default_rng(1)
    notional, strike, forward = (
        rng.uniform(-1e8, 1e8, (300, 5)),
        rng.uniform(0.5, 2, (300, 1)),
        rng.uniform(0.5, 2, (300, 5)),
    )
    discount = rng.uniform(0.5, 1.1, (300, 5))
    value = fx_forward_value(notional, strike, forward, discount, forward * 1.01, strike)
    assert np.abs(value.spot_element + value.forward_element - value.present_value).max() < 1e-7
    assert np.array_equal(
        fx_forward_value(-notional, strike, forward, discount).present_value, -value.present_value
    )
    assert np.array_equal(
        fx_forward_value(2 * notional, strike, forward, discount).present_value, 2 * value.present_value
    )
    assert not fx_forward_value(notional, forward, forward, discount).present_value.any()


def test_quantlib_agrees_on_forwards_from_curves():
    today = ql.Date(13, 6, 2025)
    ql.Settings.instance().evaluationDate = today
    nodes, rates = (
        np.array([91.0, 365.0, 1095.0]) / 365,
        np.array([[[0.02, 0.022, 0.027], [0.041, 0.038, 0.036]]]),
    )
    curves = ZeroCurves(("EUR", "USD"), nodes, rates)
    theirs = []
    for row in rates[0]:
        dates = [today, *(today + int(days) for days in (91, 365, 1095))]
        curve = ql.ZeroCurve(
            dates, [row[0], *row], ql.Actual365Fixed(), ql.NullCalendar(), ql.Linear(), ql.Continuous
        )
        curve.enableExtrapolation()
        theirs.append(curve)
    for days in (1, 30, 91, 200, 365, 800, 1095):
        base, quote = (curve.discount(today + days) for curve in theirs)
        years = days / 365
        ours = discount_factors(curves, 0, [0, 1], years)
        assert ours == pytest.approx([base, quote], rel=1e-12)
        forward = forward_rates(curves, 1.1, 0, 0, 1, years)
        value = fx_forward_value(1e7, 1.122, forward, ours[1]).present_value
        assert value == pytest.approx(1e7 * (1.1 * base - 1.122 * quote), rel=1e-9)
