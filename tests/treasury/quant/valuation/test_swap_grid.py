"""Swaps side by side on a daily grid: the legs of the ragged formulas, whatever stands beside a swap."""

import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant.curves.grid import daily_grid
from treasury.quant.curves.zero import ZeroCurves, discount_factors, projected_rates
from treasury.quant.valuation.interest_rate_swap import annuity, floating_annuity
from treasury.quant.valuation.swap_grid import grid_annuity, grid_floating_leg

CURVES = ZeroCurves(
    ("EUR", "USD"), np.array([0.5, 2.0, 10.0]), np.array([[[0.02, 0.022, 0.03], [0.04, 0.038, 0.037]]])
)
GRID = daily_grid(CURVES, 0, 0, 3000, -1000)
EUR, USD = (GRID.starts(curve) for curve in (0, 1))


def legs(count=500, periods=6):
    """Swaps before, in and after their term; periods end and begin on the as-of date too."""
    rng = np.random.default_rng(8)
    first = rng.choice([-1000, -800, -364, -182, -90, -1, 0, 1, 50], count)
    boundaries = first + 182 * np.arange(periods + 1)[:, None]
    accruals = rng.uniform(0.4, 0.6, (periods, count))
    fixings = np.where((boundaries[:-1] < 0) | (rng.random(count) < 0.5), rng.uniform(0, 0.05, count), np.nan)
    return boundaries, accruals, fixings


@pytest.mark.parametrize("known", ["as far as known", "never", "always"])
def test_the_legs_are_those_with_rates(known):
    boundaries, accruals, fixings = legs()
    start, end = boundaries[:-1], boundaries[1:]
    fixings = {"never": np.nan, "always": 0.03}.get(known, np.where(start <= 0, fixings, np.nan))
    periods, count = accruals.shape
    offsets = np.arange(0, periods * count + 1, periods)
    begin, until, years, fixing = (
        np.broadcast_to(table, accruals.shape).T.ravel() for table in (start, end, accruals, fixings)
    )
    factors = discount_factors(CURVES, 0, 0, until / 365)
    rates = projected_rates(
        CURVES, 0, 1, begin / 365, until / 365, years, np.where(begin <= 0, fixing, np.nan)
    )
    expected = floating_annuity(offsets, rates, years, factors)
    ours = grid_floating_leg(GRID, USD, EUR, boundaries, 0, accruals, fixings)
    assert ours == pytest.approx(expected, rel=1e-12, abs=1e-15, nan_ok=True)
    # A running period needs its fixing; one that ended, or begins today, does not.
    assert np.isnan(ours).any() == (known == "never")
    assert grid_annuity(GRID, EUR, end, accruals) == pytest.approx(
        annuity(offsets, years, factors), rel=1e-13
    )


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_a_swap_has_the_same_digits_in_any_company_order_and_filling(size):
    boundaries, accruals, fixings = legs()
    count = accruals.shape[1]
    projection, discount = np.where(np.arange(count) % 2, USD, EUR), np.where(np.arange(count) % 3, USD, EUR)

    def both(rows):
        parts = (table[:, rows] for table in (boundaries, accruals, fixings))
        days, years, known = parts
        floating = grid_floating_leg(GRID, projection[rows], discount[rows], days, 0, years, known)
        return floating, grid_annuity(GRID, discount[rows], days[1:], years)

    whole = both(slice(None))
    assert np.isfinite(whole).all() and (np.ptp(whole[0]) > 0)
    for start in range(0, count, size):
        part = slice(start, start + size)
        assert np.array_equal(both(part), np.array(whole)[:, part])
    order = np.random.default_rng(1).permutation(count)
    assert np.array_equal(both(order), np.array(whole)[:, order])
    # One with fewer periods than its neighbours repeats its first day, which pays nothing.
    filled = (np.concatenate([table[:1]] * size + [table]) for table in (boundaries, 0 * accruals, fixings))
    days, years, known = filled
    years[size:] = accruals
    longer = grid_floating_leg(GRID, projection, discount, days, 0, years[-days.shape[0] + 1 :], known)
    assert np.array_equal(longer, whole[0])


def test_a_curve_that_was_not_built_gives_no_number():
    rates = CURVES.zero_rates.copy()
    rates[0, 1] = np.nan
    grid = daily_grid(ZeroCurves(CURVES.currencies, CURVES.node_years, rates), 0, 0, 3000, -1000)
    boundaries, accruals, fixings = legs()
    ours = grid_floating_leg(grid, USD, EUR, boundaries, 0, accruals, fixings)
    assert np.array_equal(np.isnan(ours), boundaries[-2] >= 0)


@pytest.mark.parametrize("day", [-1001, 3001])
def test_a_day_outside_the_grid_is_refused(day):
    boundaries, accruals, fixings = legs()
    boundaries[2, 3] = day
    for call in (
        lambda: grid_annuity(GRID, EUR, boundaries, 1.0),
        lambda: grid_floating_leg(GRID, USD, EUR, boundaries, 0, accruals, fixings),
    ):
        with pytest.raises(InputError) as caught:
            call()
        assert caught.value.field == "dates"
