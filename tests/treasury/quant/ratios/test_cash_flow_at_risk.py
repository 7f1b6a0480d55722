"""Cash flow at risk: other libraries' answers, the speed that a request needs, what is refused."""

from time import perf_counter

import numpy as np
import pytest
import scipy.integrate
import scipy.stats

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Reason
from treasury.quant.ratios.cash_flow_at_risk import cash_flow_at_risk


def drawn(months, observations, count):
    rng = np.random.default_rng(4)
    return rng.normal(0, 1e6, (months, count)), rng.normal(0, 0.02, (months, observations, count))


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_numpy_has_the_same_quantile_and_covariance(level):
    item, changes = drawn(3, 500, 7)
    historical = cash_flow_at_risk(item, changes, "historical", level)
    normal = cash_flow_at_risk(item, changes, "covariance", level)
    for month in range(3):
        losses = -changes[month] @ item[month]
        quantile = np.quantile(losses, level)
        assert historical.value_at_risk[month] == pytest.approx(quantile, rel=1e-12)
        assert historical.expected_shortfall[month] == pytest.approx(
            losses[losses >= quantile].mean(), rel=1e-12
        )
        deviation = np.sqrt(item[month] @ np.cov(changes[month].T) @ item[month])
        assert historical.standard_deviation[month] == pytest.approx(deviation, rel=1e-12)
        assert normal.standard_deviation[month] == historical.standard_deviation[month]
        law = scipy.stats.norm(0, deviation)
        assert normal.value_at_risk[month] == pytest.approx(law.ppf(level), rel=1e-10)
        tail, _ = scipy.integrate.quad(lambda x, law=law: x * law.pdf(x), law.ppf(level), 12 * deviation)
        assert normal.expected_shortfall[month] == pytest.approx(tail / (1 - level), rel=1e-6)


def test_ten_thousand_scenarios_of_fifty_currencies_and_twelve_months_fit_into_a_request():
    item, changes = drawn(12, 10_000, 50)
    best = min(_seconds(item, changes, method) for method in ("historical", "covariance") for _ in range(3))
    assert best < 0.3


def _seconds(item, changes, method):
    start = perf_counter()
    cash_flow_at_risk(item, changes, method)
    return perf_counter() - start


def test_observations_that_are_quantiles_count():
    ours = cash_flow_at_risk([-1.0], np.arange(1001.0)[:, None], confidence_level=0.95)
    assert (ours.value_at_risk[0], ours.expected_shortfall[0]) == (950.0, 975.0)


def test_the_horizon_is_not_scaled_and_signs_are_those_of_losses():
    gains = cash_flow_at_risk([1.0], [[1.0], [2.0], [3.0]], confidence_level=0.5)
    assert gains.value_at_risk[0] == -2.0
    flat = cash_flow_at_risk([1.0], [[0.5]] * 4, "covariance")
    assert (flat.value_at_risk[0], flat.expected_shortfall[0], flat.standard_deviation[0]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("method", ["historical", "covariance"])
def test_one_observation_has_no_deviation(method):
    inputs = {"exposures": [2], "changes": [[-3]], "method": method}
    answer = catalogue.calculate("cash_flow_at_risk", inputs)
    expected = 6.0 if method == "historical" else None
    assert answer["reasons"] == ["too_few_points"]
    assert answer["result"] == {
        "value_at_risk": expected,
        "expected_shortfall": expected,
        "standard_deviation": None,
    }


def test_beyond_float64_is_out_of_range_and_huge_beside_tiny_is_not():
    ours = cash_flow_at_risk([[1e300], [1e-300], [1e160]], [[-1e200], [1e200]], confidence_level=0.5)
    assert (ours.reasons & Reason.OUT_OF_RANGE != 0).tolist() == [True, False, True]
    assert cash_flow_at_risk([1e300], [[-1e-200], [1e-200]]).standard_deviation[0] == pytest.approx(
        np.sqrt(2) * 1e100, rel=1e-14
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"changes": [[1, 2]]}, "changes[0]"),
        ({"changes": [[1], [1, 2]]}, "changes[1]"),
        ({"changes": []}, "changes"),
        ({"changes": [[]]}, "changes[0]"),
        ({"changes": [[float("nan")]]}, "changes[0][0]"),
        ({"exposures": []}, "exposures"),
        ({"exposures": [float("inf")]}, "exposures[0]"),
        ({"method": "monte_carlo"}, "method"),
        ({"confidence_level": 0}, "confidence_level"),
        ({"confidence_level": 1}, "confidence_level"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, field):
    with pytest.raises(InputError) as caught:
        catalogue.calculate("cash_flow_at_risk", {"exposures": [1], "changes": [[1], [2]], **change})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("exposures", "changes", "settings", "field"),
    [
        ([1.0], [[1.0, 2.0]], {}, "changes"),
        ([1.0], [1.0], {}, "changes"),
        ([[1.0]] * 2, [[[1.0]]] * 3, {}, "changes"),
        ([1.0], np.zeros((0, 1)), {}, "changes"),
        ([], [[]], {}, "exposures"),
        ([np.nan], [[1.0]], {}, "exposures"),
        ([1.0], [[np.inf]], {}, "changes"),
        ([1.0], [[np.nan]], {}, "changes"),
        ([1.0], [[1.0]], {"method": "parametric"}, "method"),
        ([1.0], [[1.0]], {"confidence_level": 1.5}, "confidence_level"),
        ([1.0], [[1.0]], {"confidence_level": float("nan")}, "confidence_level"),
    ],
)
def test_columns_that_do_not_fit_are_refused_by_name(exposures, changes, settings, field):
    with pytest.raises(InputError) as caught:
        cash_flow_at_risk(exposures, changes, **settings)
    assert caught.value.field == field
