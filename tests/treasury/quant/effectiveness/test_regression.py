import json
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason, reason_names
from treasury.quant.columns import RegressionColumns
from treasury.quant.effectiveness.regression import regression

NAMES = [field.name for field in fields(RegressionColumns)]


def rows(count, width, seed=0, noise=0.3):
    rng = np.random.default_rng(seed)
    item = rng.normal(0, 1e5, (count, width))
    return -0.95 * item + rng.normal(0, noise * 1e5, (count, width)), item


def same(one, other, index=slice(None)):
    for name in NAMES:
        assert np.array_equal(getattr(one, name)[index], getattr(other, name), equal_nan=True), name


def plain_scalar(y, x, level):
    """The textbook, one row, no numpy tricks."""
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    sxx, sxy = sum((a - mx) ** 2 for a in x), sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    slope = sxy / sxx
    line = my - slope * mx
    e = [b - line - slope * a for a, b in zip(x, y, strict=True)]
    sse = sum(v * v for v in e)
    error = (sse / (n - 2) / sxx) ** 0.5
    q = scipy.stats.t.ppf(0.5 + level / 2, n - 2)
    return {
        "slope": slope,
        "intercept": line,
        "r_squared": 1 - sse / sum((b - my) ** 2 for b in y),
        "slope_standard_error": error,
        "intercept_standard_error": (sse / (n - 2) * (1 / n + mx * mx / sxx)) ** 0.5,
        "residual_standard_deviation": (sse / (n - 2)) ** 0.5,
        "t_statistic": slope / error,
        "f_statistic": (slope / error) ** 2,
        "p_value": 2 * scipy.stats.t.sf(abs(slope / error), n - 2),
        "slope_confidence_lower": slope - q * error,
        "slope_confidence_upper": slope + q * error,
        "durbin_watson": sum((b - a) ** 2 for a, b in pairwise(e)) / sse,
        "t_statistic_unit_slope": (-slope - 1) / error,
        "largest_leverage": max(1 / n + (a - mx) ** 2 / sxx for a in x),
        "x_standard_deviation": (sxx / (n - 1)) ** 0.5,
    }


@pytest.mark.parametrize("width", [3, 7, 8, 60, 61, 128, 129, 300])
def test_it_is_the_textbook(width):
    hedge, item = rows(20, width, seed=width)
    ours = regression(hedge, item, confidence_level=0.9)
    for i in range(20):
        for name, value in plain_scalar(hedge[i].tolist(), item[i].tolist(), 0.9).items():
            assert getattr(ours, name)[i] == pytest.approx(value, rel=1e-9), name


@pytest.mark.parametrize("intercept", [True, False])
def test_statsmodels_agrees(intercept):
    sm = pytest.importorskip("statsmodels.api")
    from statsmodels.stats.stattools import durbin_watson

    hedge, item = rows(10, 60, seed=11)
    item += 3e4
    ours = regression(hedge, item, intercept=intercept)
    for i in range(10):
        theirs = sm.OLS(hedge[i], sm.add_constant(item[i]) if intercept else item[i]).fit()
        low, high = theirs.conf_int()[-1]
        expected = {
            "slope": theirs.params[-1],
            "r_squared": theirs.rsquared,
            "slope_standard_error": theirs.bse[-1],
            "t_statistic": theirs.tvalues[-1],
            "f_statistic": theirs.fvalue,
            "p_value": theirs.pvalues[-1],
            "slope_confidence_lower": low,
            "slope_confidence_upper": high,
            "residual_standard_deviation": theirs.mse_resid**0.5,
            "durbin_watson": durbin_watson(theirs.resid),
            "largest_leverage": theirs.get_influence().hat_matrix_diag.max(),
            "t_statistic_unit_slope": -(theirs.params[-1] + 1) / theirs.bse[-1],
        }
        if intercept:
            expected |= {"intercept": theirs.params[0], "intercept_standard_error": theirs.bse[0]}
        for name, value in expected.items():
            assert getattr(ours, name)[i] == pytest.approx(value, rel=1e-9), name
        assert ours.largest_leverage_index[i] == theirs.get_influence().hat_matrix_diag.argmax()


def test_a_fit_near_one_keeps_its_digits():
    """Norris has R² 0.999993746: sums of products would lose the residual; certified to 1e-9."""
    path = Path(__file__).parents[3] / "golden" / "nist_norris.json"
    case = json.loads(path.read_text(encoding="utf-8"))["cases"][0]
    ours = regression(case["inputs"]["instrument_changes"], case["inputs"]["item_changes"])
    for name, value in case["result"].items():
        if isinstance(value, float):
            assert getattr(ours, name)[0] == pytest.approx(value, rel=1e-12), name


def test_the_order_and_the_chunks_of_rows_change_no_digit():
    hedge, item = rows(4500, 60)
    present = np.random.default_rng(1).random(hedge.shape) > 0.1
    present[::3] = True
    whole = regression(hedge, item, present)
    order = np.random.default_rng(2).permutation(4500)
    same(whole, regression(hedge[order], item[order], present[order]), order)
    for start, size in ((0, 1), (1999, 2), (17, 100), (4499, 1)):
        part = slice(start, start + size)
        same(whole, regression(hedge[part], item[part], present[part]), part)


@pytest.mark.parametrize("intercept", [True, False])
def test_rows_that_need_care_change_no_digit_of_others_and_have_their_own_alone(intercept):
    """Constant, huge, tiny, far from zero, gaps, perfect and nearly perfect fits between ordinary rows."""
    hedge, item = rows(60, 60)
    ordinary = np.arange(60) % 2 == 0
    plain = regression(hedge[ordinary], item[ordinary], intercept=intercept)
    item[1::14] = 0.1
    hedge[3::14] *= 1e290
    item[5::14] *= 1e-290
    hedge[7::14] += 1e9 * np.abs(hedge[7::14]).max()
    item[9::14, 11] = np.nan
    hedge[11::14] = 3.0 - 2.0 * item[11::14]
    hedge[13::14] = 3.0 - 2.0 * item[13::14] * (1.0 + 1e-7 * np.sin(np.arange(60)))
    whole = regression(hedge, item, intercept=intercept)
    same(whole, plain, ordinary)
    for i in range(60):
        same(whole, regression(hedge[i : i + 1], item[i : i + 1], intercept=intercept), slice(i, i + 1))
    for shape in (np.asfortranarray, lambda table: np.repeat(table, 2, axis=1)[:, ::2]):
        same(whole, regression(shape(hedge), shape(item), intercept=intercept))
    wide = [np.pad(table, ((0, 0), (0, 9)), constant_values=np.nan) for table in (hedge, item)]
    same(whole, regression(*wide, intercept=intercept))
    # Powers of two change the units and nothing else, however far they go.
    scaled = regression(hedge[ordinary] * 2.0**400, item[ordinary] * 2.0**400, intercept=intercept)
    for name in ("slope", "r_squared", "t_statistic", "p_value", "durbin_watson", "largest_leverage"):
        assert np.array_equal(getattr(scaled, name), getattr(plain, name)), name


def test_wider_padding_changes_no_digit():
    hedge, item = rows(50, 60)
    whole = regression(hedge, item)
    for width in (61, 64, 100, 128, 130, 400):
        wide = [np.full((50, width), np.nan) for _ in range(2)]
        wide[0][:, :60], wide[1][:, :60] = hedge, item
        same(whole, regression(*wide))


def test_missing_points_are_left_out():
    hedge, item = rows(6, 40)
    present = np.random.default_rng(3).random(hedge.shape) > 0.3
    ours = regression(hedge, item, present)
    for i in range(6):
        alone = regression(hedge[i][present[i]], item[i][present[i]])
        for name in NAMES:
            if name != "largest_leverage_index":
                assert getattr(alone, name)[0] == getattr(ours, name)[i], name
        assert ours.largest_leverage_index[i] == np.flatnonzero(present[i])[alone.largest_leverage_index[0]]
        assert ours.observation_count[i] == present[i].sum()


def test_identities():
    hedge, item = rows(30, 45)
    ours = regression(hedge, item)
    flipped = regression(-hedge, item)
    scaled = regression(4 * hedge, 2 * item)
    hypothetical = regression(hedge, item, hypothetical=True)
    assert np.array_equal(flipped.slope, -ours.slope)
    assert np.array_equal(flipped.r_squared, ours.r_squared)
    assert np.array_equal(scaled.slope, 2 * ours.slope)
    assert np.array_equal(scaled.t_statistic, ours.t_statistic)
    assert np.array_equal(ours.offset_slope, -ours.slope)
    assert np.array_equal(hypothetical.offset_slope, ours.slope)
    assert ours.f_statistic == pytest.approx(ours.t_statistic**2, rel=1e-15)
    assert ours.correlation**2 == pytest.approx(ours.r_squared, rel=1e-12)
    assert (np.sign(ours.correlation) == np.sign(ours.slope)).all()


@pytest.mark.parametrize("scale", [1e-300, 1e-150, 1e150, 1e300])
def test_huge_and_tiny_amounts_have_the_same_statistics(scale):
    hedge, item = rows(5, 30)
    ours, theirs = regression(hedge / 1e6, item / 1e6), regression(hedge / 1e6 * scale, item / 1e6 * scale)
    for name in ("slope", "r_squared", "t_statistic", "p_value", "durbin_watson", "largest_leverage"):
        assert getattr(theirs, name) == pytest.approx(getattr(ours, name), rel=1e-10), name
    assert theirs.intercept == pytest.approx(ours.intercept * scale, rel=1e-9)


@pytest.mark.parametrize(
    ("hedge", "item", "reasons", "defined"),
    [
        ([], [], ["too_few_points"], []),
        ([1.0], [2.0], ["too_few_points", "constant_item", "constant_instrument"], ["largest_leverage"] * 0),
        ([1.0, 2.0], [2.0, 5.0], ["too_few_points"], ["slope", "intercept", "r_squared", "correlation"]),
        ([0.1, 0.2, 0.3], [0.1, 0.1, 0.1], ["constant_item"], ["y_standard_deviation"]),
        (
            [0.1, 0.1, 0.1],
            [0.1, 0.2, 0.4],
            ["constant_instrument", "zero_residual_variance"],
            ["slope", "intercept"],
        ),
        ([-1.0, -2.0, -3.0], [1.0, 2.0, 3.0], ["zero_residual_variance"], ["slope", "p_value", "r_squared"]),
        (
            [1e300, -1e300, 3e299],
            [1e-300, 2e-300, -1e-300],
            ["out_of_range"],
            ["r_squared", "t_statistic", "p_value"],
        ),
        ([np.nan, 1.0], [1.0, np.nan], ["too_few_points"], []),
    ],
    ids=range(8),
)
def test_undefined_is_null_with_a_reason(hedge, item, reasons, defined):
    ours = regression([hedge], [item])
    assert reason_names(ours.reasons[0]) == reasons
    for name in defined:
        assert np.isfinite(getattr(ours, name)[0]), name
    if "zero_residual_variance" not in reasons and defined != ["r_squared", "t_statistic", "p_value"]:
        assert np.isnan(ours.t_statistic[0])
    if "zero_residual_variance" in reasons:
        assert np.isnan([ours.t_statistic[0], ours.f_statistic[0], ours.durbin_watson[0]]).all()
        assert ours.slope_confidence_lower[0] == ours.slope[0] == ours.slope_confidence_upper[0]


def test_a_perfect_fit_explains_no_slope_that_is_out_of_range():
    """Whether a fit is perfect is a matter of the last bit; a slope beyond the numbers has its own reason."""
    steep, flat = [0.0, 2.0**900, 2.0**901], [0.0, 2.0**-900, 2.0**-899]
    ours = regression([steep], [flat])
    assert np.isnan(ours.slope[0])
    assert np.isnan(ours.slope_confidence_lower[0])
    assert set(reason_names(ours.reasons[0])) == {"zero_residual_variance", "out_of_range"}
    assert ours.r_squared[0] == 1.0


def test_through_the_origin_says_so():
    ours = regression([[1.0, 2.0, 3.5]], [[1.0, 2.0, 3.0]], intercept=False)
    assert ours.intercept[0] == 0.0
    assert np.isnan(ours.intercept_standard_error[0])
    assert ours.reasons[0] == int(Reason.THROUGH_ORIGIN)
    still = regression([[1.0, 2.0]], [[0.0, 0.0]], intercept=False)
    assert reason_names(still.reasons[0]) == ["zero_item_change", "through_origin"]
    assert np.isnan(still.slope[0])


numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0.0, 1.0, 1e16, 1e16 + 2, 0.1])
)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=10), st.booleans())
def test_extreme_series_never_warn_and_stay_in_range(pairs, intercept):
    hedge, item = np.array(pairs).T
    ours = regression(hedge, item, intercept=intercept)
    for name in NAMES:
        value = getattr(ours, name)[0]
        assert not np.isinf(value), name
        assert not np.isnan(value) or ours.reasons[0] != 0, name
    assert not ours.p_value[0] < 0
    assert not ours.p_value[0] > 1
    assert not abs(ours.correlation[0]) > 1


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: regression([1.0, 2.0], [1.0]), "item_changes"),
        (lambda: regression([np.inf, 2.0], [1.0, 2.0]), "instrument_changes"),
        (lambda: regression([[[1.0]]], [[[1.0]]]), "instrument_changes"),
        (lambda: regression([1.0, 2.0], [1.0, 2.0], observed=[True]), "observed"),
        (lambda: regression([1.0, 2.0], [1.0, 2.0], confidence_level=1.0), "confidence_level"),
    ],
)
def test_bad_shapes_are_refused(call, field):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.field == field
