import numpy as np
import pytest

from treasury.quant import catalogue
from treasury.quant.ratios.minimum_variance import (
    contract_count,
    minimum_variance_ratio,
    ratio_from_statistics,
)

SPOT = [0.29, -0.61, 0.41, 0.12, -0.35, 0.58, -0.22, 0.07, 0.33, -0.48]
FUTURES = [0.31, -0.55, 0.50, 0.09, -0.41, 0.62, -0.30, 0.12, 0.28, -0.52]


def test_the_ratio_is_covariance_over_variance_and_leaves_the_least_variance():
    ours = minimum_variance_ratio(SPOT, FUTURES)
    h = ours.slope[0]
    assert h == pytest.approx(np.cov(SPOT, FUTURES)[0, 1] / np.var(FUTURES, ddof=1), rel=1e-13)
    assert h == pytest.approx(
        ratio_from_statistics(ours.correlation, ours.y_standard_deviation, ours.x_standard_deviation)[0]
    )
    left = [np.var(np.array(SPOT) - ratio * np.array(FUTURES), ddof=1) for ratio in (h, h - 1e-3, h + 1e-3)]
    assert left[0] == min(left)
    assert left[0] / np.var(SPOT, ddof=1) == pytest.approx(1 - ours.r_squared[0], rel=1e-10)


def test_the_series_that_came_in_stay_as_they_were():
    spot, futures = np.array(SPOT), np.array(FUTURES)
    minimum_variance_ratio(spot, futures)
    assert (spot.tolist(), futures.tolist()) == (SPOT, FUTURES)


def test_contracts_by_quantity_or_value():
    assert contract_count(0.7777, 2e6, 42000) == pytest.approx(37.0333, abs=1e-4)
    assert np.isnan(contract_count(0.7777, 2e6, 0.0))
    assert np.isnan(ratio_from_statistics(0.9, 1.0, 0.0))


def test_the_calculator_tails_and_explains_what_is_missing():
    base = {"spot_changes": SPOT, "futures_changes": FUTURES}
    full = {**base, "exposure_value": 1e7, "contract_value": 1e5, "spot_price": 1.94, "futures_price": 1.99}
    answer = catalogue.calculate("minimum_variance_hedge_ratio", full)
    result = answer["result"]
    assert answer["reasons"] == []
    assert result["contract_count"] == 94
    assert result["tailed_contract_count_unrounded"] == pytest.approx(93.875117 * 1.94 / 1.99, rel=1e-6)
    assert result["tailed_contract_count"] == 92
    down = catalogue.calculate("minimum_variance_hedge_ratio", {**full, "rounding": "down"})["result"]
    assert (down["contract_count"], down["tailed_contract_count"]) == (93, 91)
    wide = catalogue.calculate("minimum_variance_hedge_ratio", {**base, "confidence_level": 0.99})["result"]
    assert (
        wide["confidence_lower"]
        < result["confidence_lower"]
        < result["hedge_ratio"]
        < wide["confidence_upper"]
    )


@pytest.mark.parametrize(
    ("spot", "futures", "nulls", "reasons"),
    [
        (
            [1, 2, 3],
            [5, 5, 5],
            {"hedge_ratio", "r_squared"},
            ["no_contract_size", "no_prices", "constant_futures"],
        ),
        (
            [1, 1, 1],
            [5, 6, 9],
            {"correlation", "r_squared"},
            ["no_contract_size", "no_prices", "constant_spot"],
        ),
        (
            [1, 2],
            [5, 6],
            {"standard_error", "confidence_lower"},
            ["too_few_points", "no_contract_size", "no_prices"],
        ),
    ],
)
def test_undefined_is_null_with_its_reason(spot, futures, nulls, reasons):
    answer = catalogue.calculate(
        "minimum_variance_hedge_ratio", {"spot_changes": spot, "futures_changes": futures}
    )
    assert answer["reasons"] == reasons
    assert all(answer["result"][name] is None for name in nulls)
