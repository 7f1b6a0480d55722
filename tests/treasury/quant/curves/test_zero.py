import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant.curves import zero

NODES = np.array([0.25, 1.0, 2.0, 5.0])


@pytest.fixture
def curves():
    rng = np.random.default_rng(7)
    return zero.ZeroCurves(("EUR", "USD", "JPY"), NODES, rng.uniform(-0.01, 0.08, (4, 3, 4)))


def test_factors_are_those_of_a_plain_interpolation(curves):
    rng = np.random.default_rng(8)
    dates, currencies = rng.integers(0, 4, 500), rng.integers(0, 3, 500)
    years = rng.uniform(0, 8, 500)
    factors = zero.discount_factors(curves, dates, currencies, years)
    for i in range(500):
        rate = np.interp(years[i], NODES, curves.zero_rates[dates[i], currencies[i]])
        assert factors[i] == pytest.approx(np.exp(-rate * years[i]), rel=1e-14)


def test_flat_outside_and_exact_on_the_nodes(curves):
    years = np.array([0.0, 0.1, 0.25, 2.0, 5.0, 30.0])
    rates = zero.zero_rates(curves, 1, 2, years)
    of_nodes = curves.zero_rates[1, 2]
    assert rates.tolist() == [of_nodes[0]] * 3 + [of_nodes[2], of_nodes[3], of_nodes[3]]
    assert zero.discount_factors(curves, 1, 2, 0.0) == 1.0


def test_instruments_by_dates_and_the_order_of_rows(curves):
    rng = np.random.default_rng(9)
    currencies, years = rng.integers(0, 3, 37), rng.uniform(0, 6, (37, 4))
    grid = zero.discount_factors(curves, np.arange(4), currencies[:, None], years)
    assert grid.shape == (37, 4)
    order = rng.permutation(37)
    assert np.array_equal(
        grid[order], zero.discount_factors(curves, np.arange(4), currencies[order, None], years[order])
    )
    single = [
        [float(zero.discount_factors(curves, d, currencies[i], years[i, d])) for d in range(4)]
        for i in range(37)
    ]
    assert grid.tolist() == single


def test_a_flow_of_the_past_has_no_factor(curves):
    assert np.isnan(zero.discount_factors(curves, 0, 0, [-0.01, 0.5])).tolist() == [True, False]


def test_forwards_obey_covered_parity(curves):
    forward = zero.forward_rates(curves, 1.1, 2, 0, 1, 0.75)
    base, quote = (float(zero.zero_rates(curves, 2, c, 0.75)) for c in (0, 1))
    assert forward == pytest.approx(1.1 * np.exp((quote - base) * 0.75), rel=1e-15)
    assert zero.forward_rates(curves, 1.1, 2, 0, 1, 0.0) == 1.1
    back = zero.forward_rates(curves, 1 / 1.1, 2, 1, 0, 0.75)
    assert forward * back == pytest.approx(1, rel=1e-15)


def test_projected_rates_take_the_fixing_once_a_period_has_begun(curves):
    flat = zero.ZeroCurves(("EUR",), np.array([1.0]), np.full((1, 1, 1), 0.03))
    start, end = np.array([0.5, -0.1, -0.1, 0.0, 0.0, -1.0]), np.array([1.0, 0.4, 0.4, 0.5, 0.5, -0.5])
    fixing = np.array([0.9, 0.05, np.nan, np.nan, 0.05, 0.05])
    rates = zero.projected_rates(flat, 0, 0, start, end, 0.5, fixing)
    expected = np.expm1(0.015) / 0.5
    assert rates[[0, 3]] == pytest.approx(expected, rel=1e-12)
    assert rates[[1, 4]].tolist() == [0.05, 0.05]
    assert np.isnan(rates[[2, 5]]).all()


@pytest.mark.parametrize(
    ("nodes", "shape"),
    [([1.0, 1.0], (1, 1, 2)), ([2.0, 1.0], (1, 1, 2)), ([-1.0, 1.0], (1, 1, 2)), ([], (1, 1, 0))]
    + [([1.0, 2.0], (1, 2, 2)), ([1.0, 2.0], (1, 1, 3)), ([1.0, 2.0], (1, 2))],
)
def test_curves_that_do_not_fit_are_refused(nodes, shape):
    with pytest.raises(InputError, match=r"node_years|zero_rates"):
        zero.ZeroCurves(("EUR",), np.array(nodes), np.zeros(shape))
