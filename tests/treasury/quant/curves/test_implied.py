import numpy as np
import pytest

from treasury.quant.curves.implied import carries, pair_carries, price_carries


def test_the_worked_example():
    carry = carries(np.array([1.10]), np.array([[1.111]]), np.array([[0.5]]))
    assert carry[0, 0] == pytest.approx(np.log(1.111 / 1.1) / 0.5, rel=1e-15)
    assert carry[0, 0] == pytest.approx(0.019901, abs=5e-7)


def test_points_carry_from_the_spot_date_on_and_stay_flat_beyond_the_last():
    spot, years, start = np.array([1.10, 1.20]), np.array([[0.25, 1.0], [0.25, 1.0]]), 2 / 365
    points = np.array([[0.004, 0.02], [-0.004, np.nan]])
    common = np.array([0.0, start, 0.25, 0.5, 1.0, 9.0])
    carry, failed = pair_carries(spot, points, years, np.array([start, start]), common)
    first = np.log(1.104 / 1.1) / (0.25 - start)
    last = np.log(1.12 / 1.1) + first * start
    assert carry[0, [0, 1, 2, 4, 5]].tolist() == pytest.approx([first, first, first, last, last], rel=1e-14)
    assert carry[0, 3] == pytest.approx(first + (last - first) / 3, rel=1e-14)
    assert carry[1].tolist() == pytest.approx([np.log(1.196 / 1.2) / (0.25 - start)] * 6, rel=1e-14)
    # From the spot date to a tenor: the outright.
    assert np.exp(carry[0, 4] - carry[0, 1] * start) == pytest.approx(1.12 / 1.1, rel=1e-15)
    assert not failed.any()


def test_one_carry_rate_for_all_tenors_is_the_carry_of_every_day():
    """A week has as many days of carry as lie between the spot date and it, whatever the tenors around it."""
    start, rate = 2 / 365, 0.015
    years = np.array([[30 / 365, 0.5, 1.0]])
    points = 1.1 * np.expm1(rate * (years - start))
    common = np.array([3, 9, 20, 30, 100, 365, 700]) / 365
    carry, _ = pair_carries(np.array([1.1]), points, years, np.array([start]), common)
    assert carry[0].tolist() == pytest.approx([rate] * 7, rel=1e-12)


def test_points_before_the_spot_date_are_no_outrights():
    years = np.array([[1 / 365, 2 / 365, 0.25]])
    points = np.array([[0.5, 0.5, 0.004]])
    with_them, _ = pair_carries(np.array([1.1]), points, years, np.array([2 / 365]), np.array([0.1, 0.25]))
    without, _ = pair_carries(
        np.array([1.1]), points[:, 2:], years[:, 2:], np.array([2 / 365]), np.array([0.1, 0.25])
    )
    assert with_them.tolist() == without.tolist()
    nothing, failed = pair_carries(
        np.array([1.1]), points[:, :2], years[:, :2], np.array([2 / 365]), np.array([0.1])
    )
    assert np.isnan(nothing).all() and not failed.any()


def test_an_outright_that_is_not_above_zero_fails_its_day_only():
    years = np.full((2, 2), 0.5) * [1, 2]
    carry, failed = pair_carries(
        np.array([1.1, 1.1]), np.array([[0.01, -1.2], [0.01, 0.02]]), years, np.zeros(2), np.array([0.25])
    )
    assert failed.tolist() == [True, False] and np.isnan(carry[0]).all() and np.isfinite(carry[1]).all()
    carry, failed = price_carries(
        np.array([70.0, np.nan]), np.array([[-3.0, 71.0], [71.0, 72.0]]), years, np.array([1.0])
    )
    assert failed.tolist() == [True, True] and np.isnan(carry).all()


def test_forward_prices_carry_from_today_flat_before_the_first():
    carry, failed = price_carries(
        np.array([70.0]), np.array([[71.0, 68.0]]), np.array([[0.5, 1.0]]), np.array([0.0, 0.5, 1.0, 5.0])
    )
    first, last = np.log(71 / 70) / 0.5, np.log(68 / 70)
    assert carry[0].tolist() == pytest.approx([first, first, last, last], rel=1e-15) and not failed.any()
