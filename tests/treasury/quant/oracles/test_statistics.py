"""Regression, correlation, minimum variance and variance reduction against statsmodels and scipy: 1e-9."""

import warnings

import numpy as np
import pytest
import scipy.stats

from treasury.quant import catalogue
from treasury.quant.codes import EffectivenessStatus
from treasury.quant.effectiveness.regression import regression
from treasury.quant.effectiveness.regression_status import regression_status
from treasury.quant.effectiveness.variance_reduction import variance_reduction
from treasury.quant.ratios.minimum_variance import (
    contract_count,
    minimum_variance_ratio,
    ratio_from_statistics,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # statsmodels' own imports
    import statsmodels.api as sm
    from statsmodels.stats.stattools import durbin_watson

RELATIVE = 1e-9


def series(rng, width):
    """A hedge and its item, of any scale, offset, noise and sign."""
    scale, offset = 10 ** rng.uniform(-3, 9), rng.choice([0.0, 0.5, 30.0])
    item = scale * (rng.normal(0, 1, width) + offset)
    slope, noise = rng.choice([-1.0, -0.3, 0.9]), 10 ** rng.uniform(-4, 0.5)
    return scale * (slope * item / scale + rng.normal(0, noise, width) + rng.choice([0.0, 2.0])), item


def by_statsmodels(hedge, item, intercept, hypothetical, level):
    """The same statistics from the fit, its influence and its residuals."""
    fit = sm.OLS(hedge, sm.add_constant(item, has_constant="add") if intercept else item).fit()
    hat = fit.get_influence().hat_matrix_diag
    lower, upper = fit.conf_int(1 - level)[-1]
    slope, error = fit.params[-1], fit.bse[-1]
    offset = slope if hypothetical else -slope
    found = {
        "slope": slope,
        "offset_slope": offset,
        "r_squared": fit.rsquared,
        "slope_standard_error": error,
        "residual_standard_deviation": np.sqrt(fit.scale),
        "t_statistic": fit.tvalues[-1],
        "f_statistic": fit.fvalue,
        "p_value": fit.pvalues[-1],
        "slope_confidence_lower": lower,
        "slope_confidence_upper": upper,
        "durbin_watson": durbin_watson(fit.resid),
        "t_statistic_unit_slope": (offset - 1) / error,
        "largest_leverage": hat.max(),
        "largest_leverage_index": hat.argmax(),
        "observation_count": fit.nobs,
    }
    if intercept:
        found |= {"intercept": fit.params[0], "intercept_standard_error": fit.bse[0]}
    return found


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("width", [3, 4, 5, 8, 30, 60, 61, 250])
def test_every_statistic_of_the_regression(intercept, width):
    rng = np.random.default_rng(width + 1000 * intercept)
    pairs = [series(rng, width) for _ in range(25)]
    hypothetical, level = bool(width % 2), float(rng.choice([0.9, 0.95, 0.99]))
    ours = regression(*np.stack(pairs, axis=1), None, hypothetical, intercept, level)
    for row, (hedge, item) in enumerate(pairs):
        for name, value in by_statsmodels(hedge, item, intercept, hypothetical, level).items():
            floor = {
                "intercept": np.abs(hedge).max(),
                "slope_confidence_lower": 0.1,
                "slope_confidence_upper": 0.1,
            }
            near = pytest.approx(value, rel=RELATIVE, abs=RELATIVE * 1e-3 * floor.get(name, 0))
            assert getattr(ours, name)[row] == near, (row, name)


@pytest.mark.parametrize("intercept", [True, False])
def test_the_calculator_says_the_same_of_one_series(intercept):
    rng = np.random.default_rng(401)
    for _ in range(10):
        hedge, item = series(rng, 36)
        inputs = {"instrument_changes": list(hedge), "item_changes": list(item), "intercept": intercept}
        result = catalogue.calculate("effectiveness_regression", inputs)["result"]
        for name, value in by_statsmodels(hedge, item, intercept, False, 0.95).items():
            floor = np.abs(hedge).max() if name == "intercept" else 0.1
            assert result[name] == pytest.approx(value, rel=RELATIVE, abs=RELATIVE * 1e-3 * floor), name


def test_gaps_are_left_out_as_if_they_had_not_been():
    rng = np.random.default_rng(402)
    hedge, item = (np.array(side) for side in zip(*(series(rng, 40) for _ in range(20)), strict=True))
    seen = rng.random(hedge.shape) > 0.3
    hedge[~seen] = np.nan
    ours = regression(hedge, item)
    for row in range(20):
        theirs = by_statsmodels(hedge[row, seen[row]], item[row, seen[row]], True, False, 0.95)
        for name in (
            "slope",
            "r_squared",
            "p_value",
            "durbin_watson",
            "largest_leverage",
            "observation_count",
        ):
            assert getattr(ours, name)[row] == pytest.approx(theirs[name], rel=RELATIVE), name
        assert seen[row, ours.largest_leverage_index[row]]


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(1, 5), (1, 60), (7, 1), (7, 8), (40, 61)])
def test_the_series_that_come_in_stay_as_they_are(order, shape):
    hedge, item = (
        np.array(side, order=order) for side in np.random.default_rng(406).normal(0, 1e5, (2, *shape))
    )
    before = hedge.copy(), item.copy()
    for formula in (regression, variance_reduction, minimum_variance_ratio):
        formula(hedge, item)
        assert np.array_equal(hedge, before[0])
        assert np.array_equal(item, before[1])


@pytest.mark.parametrize("degrees", [1, 2, 3, 10, 100, 10_000, 99_998])
@pytest.mark.parametrize("strength", [1e-12, 1e-3, 1.0, 5.0, 30.0])
def test_t_and_f_tails_at_extreme_degrees_of_freedom(degrees, strength):
    """p of t, p of F and the quantile of the interval are scipy's, from one degree of freedom to many."""
    rng = np.random.default_rng(degrees)
    n = degrees + 2
    item = rng.normal(0, 1, n)
    noise = rng.normal(0, 1, n)
    basis = np.stack([np.ones(n), item], axis=1)
    noise -= basis @ np.linalg.lstsq(basis, noise, rcond=None)[0]
    error = np.sqrt((noise @ noise) / degrees / ((item - item.mean()) ** 2).sum())
    ours = regression(strength * error * item + noise, item, confidence_level=0.99)
    t = ours.t_statistic[0]
    assert t == pytest.approx(strength, rel=1e-6, abs=1e-9)
    assert ours.p_value[0] == pytest.approx(2 * scipy.stats.t.sf(abs(t), degrees), rel=RELATIVE)
    assert ours.p_value[0] == pytest.approx(scipy.stats.f.sf(ours.f_statistic[0], 1, degrees), rel=1e-8)
    half = (ours.slope_confidence_upper[0] - ours.slope_confidence_lower[0]) / 2
    quantile = scipy.stats.t.ppf(0.995, degrees)
    assert half == pytest.approx(quantile * ours.slope_standard_error[0], rel=RELATIVE)


def test_correlation_and_minimum_variance_are_scipys():
    rng = np.random.default_rng(403)
    for width in (3, 10, 60, 500):
        spot, futures = series(rng, width)
        ours = minimum_variance_ratio(spot, futures, confidence_level=0.9)
        line = scipy.stats.linregress(futures, spot)
        half = scipy.stats.t.ppf(0.95, width - 2) * line.stderr
        expected = {
            "slope": np.cov(spot, futures)[0, 1] / np.var(futures, ddof=1),
            "correlation": scipy.stats.pearsonr(spot, futures).statistic,
            "r_squared": line.rvalue**2,
            "slope_standard_error": line.stderr,
            "slope_confidence_lower": line.slope - half,
            "slope_confidence_upper": line.slope + half,
            "x_standard_deviation": np.std(futures, ddof=1),
            "y_standard_deviation": np.std(spot, ddof=1),
        }
        for name, value in expected.items():
            assert getattr(ours, name)[0] == pytest.approx(value, rel=RELATIVE, abs=1e-12), (width, name)
        from_parts = ratio_from_statistics(
            ours.correlation, ours.y_standard_deviation, ours.x_standard_deviation
        )
        assert from_parts[0] == pytest.approx(line.slope, rel=RELATIVE)
        assert contract_count(from_parts, 2e6, 42e3)[0] == pytest.approx(
            line.slope * 2e6 / 42e3, rel=RELATIVE
        )


@pytest.mark.parametrize("hypothetical", [False, True])
def test_variance_reduction_is_that_of_sample_variances(hypothetical):
    rng = np.random.default_rng(404 + hypothetical)
    for width in (2, 3, 10, 61, 300):
        pairs = [series(rng, width) for _ in range(30)]
        hedge, item = np.stack(pairs, axis=1)
        ours = variance_reduction(hedge, item, hypothetical=hypothetical, minimum=0.5)
        left = np.array(
            [scipy.stats.tvar(h - i if hypothetical else h + i) / scipy.stats.tvar(i) for h, i in pairs]
        )
        assert ours.variance_reduction_ratio == pytest.approx(1 - left, rel=RELATIVE, abs=1e-12)
        assert ours.volatility_reduction_ratio == pytest.approx(1 - np.sqrt(left), rel=RELATIVE, abs=1e-12)
        passes = ours.status == EffectivenessStatus.EFFECTIVE
        assert passes.tolist() == (1 - left >= 0.5).tolist()


def test_the_verdict_is_what_the_fit_of_statsmodels_deserves():
    """Sign, bands, R² and significance read off statsmodels' numbers, in the order of the rules."""
    rng = np.random.default_rng(405)
    pairs = [series(rng, 40) for _ in range(200)]
    ours = regression_status(regression(*np.stack(pairs, axis=1)))
    seen = set()
    for row, (hedge, item) in enumerate(pairs):
        fit = sm.OLS(hedge, sm.add_constant(item, has_constant="add")).fit()
        slope = -fit.params[1]
        effective = 0.8 <= slope <= 1.25 and fit.rsquared >= 0.8 and fit.pvalues[1] <= 0.05
        expected = EffectivenessStatus.EFFECTIVE if effective else EffectivenessStatus.NOT_EFFECTIVE
        assert ours.status[row] == expected, row
        seen.add(expected)
    assert len(seen) == 2
