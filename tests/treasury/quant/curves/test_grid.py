import numpy as np
import pytest

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.kernel.errors import InputError
from treasury.quant.curves.grid import daily_grid, grid_factors, grid_forward_rates, grid_rates
from treasury.quant.curves.zero import ZeroCurves, discount_factors, forward_rates, zero_rates

AS_OF = 739_415
RATES = [[0.02, 0.022, 0.03], [-0.005, 0.038, 0.037], [np.nan] * 3]
CURVES = ZeroCurves(
    ("EUR", "USD", ""), np.array([0.5, 2.0, 10.0]), np.array([np.full((3, 3), np.nan), RATES])
)
GRID = daily_grid(CURVES, 1, AS_OF, AS_OF + 4000, AS_OF - 300)


def random_places(rows):
    rng = np.random.default_rng(7)
    return rng.integers(-1, 3, rows), rng.integers(-300, 4001, rows)


def test_a_lookup_has_the_digits_of_the_curve():
    curve, days = random_places(5000)
    factors = discount_factors(CURVES, 1, curve, days / DAYS_PER_YEAR)
    assert np.array_equal(grid_factors(GRID, curve, days + AS_OF), factors, equal_nan=True)
    assert np.isnan(factors[days < 0]).all()
    ahead = days >= 0
    rates = zero_rates(CURVES, 1, curve[ahead], days[ahead] / DAYS_PER_YEAR)
    assert np.array_equal(grid_rates(GRID, curve[ahead], days[ahead] + AS_OF), rates, equal_nan=True)
    assert np.isnan(grid_rates(GRID, curve[~ahead], days[~ahead] + AS_OF)).all()


def test_forward_rates_are_those_of_covered_parity():
    _, days = random_places(500)
    spot = np.linspace(0.5, 2, 500)
    forward, factor = grid_forward_rates(GRID, spot, GRID.starts(0), GRID.starts(1), days + AS_OF)
    expected = forward_rates(CURVES, spot, 1, 0, 1, days / DAYS_PER_YEAR)
    assert np.array_equal(forward, expected, equal_nan=True)
    assert np.array_equal(factor, discount_factors(CURVES, 1, 1, days / DAYS_PER_YEAR), equal_nan=True)


def test_indices_broadcast_and_dates_may_be_narrow_integers():
    dates = np.arange(AS_OF, AS_OF + 3, dtype=np.int32)
    table = grid_factors(GRID, np.array([[0], [1]]), dates)
    assert table.shape == (2, 3)
    assert table[1, 2] == discount_factors(CURVES, 1, 1, 2 / DAYS_PER_YEAR)
    assert grid_factors(GRID, 0, AS_OF) == 1.0
    assert grid_factors(GRID, np.zeros(0, dtype=int), np.zeros(0, dtype=int)).shape == (0,)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: grid_factors(GRID, 0, AS_OF + 4001), "dates"),
        (lambda: grid_factors(GRID, 0, AS_OF - 301), "dates"),
        (lambda: grid_factors(GRID, 0, AS_OF + 0.5), "dates"),
        (lambda: grid_factors(GRID, 3, AS_OF), "curve_index"),
        (lambda: grid_factors(GRID, -2, AS_OF), "curve_index"),
        (lambda: daily_grid(CURVES, 1, AS_OF, AS_OF - 1), "last_date"),
    ],
)
def test_what_lies_outside_is_refused(call, field):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.field == field
