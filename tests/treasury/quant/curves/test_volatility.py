import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant.curves.volatility import VolatilitySurface, implied_volatilities


def surface(volatilities, years, log_moneyness=(0.0,)):
    """One date, one pair that has every expiry."""
    values = np.asarray(volatilities, dtype=float).reshape(1, 1, len(years), len(log_moneyness))
    count = len(years)
    left = np.maximum(np.arange(count + 1) - 1, 0).reshape(1, 1, -1)
    right = np.minimum(np.arange(count + 1), count - 1).reshape(1, 1, -1)
    rows = np.zeros(1, dtype=np.int64)
    return VolatilitySurface(("EURUSD",), np.array(years), np.array(log_moneyness), values, left, right, rows)


def test_linear_in_total_variance_between_expiries_and_flat_outside():
    found = surface([0.10, 0.12], [0.5, 1.0])
    between = implied_volatilities(found, 0, 0, 0.0, 0.75)
    assert between == pytest.approx(np.sqrt((0.005 + 0.0144) / 2 / 0.75), rel=1e-14)
    assert between == pytest.approx(0.113725, abs=5e-7)
    outside = implied_volatilities(found, 0, 0, 0.0, [0.0, 0.1, 0.5, 1.0, 9.0])
    assert outside == pytest.approx([0.10, 0.10, 0.10, 0.12, 0.12], rel=1e-15)


def test_one_smile_is_linear_in_log_moneyness_and_flat_outside():
    wings = np.log([0.9, 1.0, 1.1])
    found = surface([0.14, 0.10, 0.12], [1.0], wings)
    at = np.array([-1.0, wings[0], wings[0] / 2, 0.0, wings[2] / 2, wings[2], 1.0])
    assert implied_volatilities(found, 0, 0, at, 1.0) == pytest.approx(
        [0.14, 0.14, 0.12, 0.10, 0.11, 0.12, 0.12]
    )


def test_between_expiries_it_is_the_variance_at_the_same_strike_that_is_linear():
    wings = np.log([0.9, 1.0, 1.1])
    smiles = np.array([[0.14, 0.10, 0.12], [0.16, 0.13, 0.11]])
    found = surface(smiles, [0.25, 1.0], wings)
    rng = np.random.default_rng(3)
    strike, years = rng.uniform(-0.3, 0.3, 200), rng.uniform(0, 2, 200)
    ours = implied_volatilities(found, 0, 0, strike, years)
    for place in range(200):
        first, second = (np.interp(strike[place], wings, smile) for smile in smiles)
        time = min(max(years[place], 0.25), 1.0)
        variance = first**2 * 0.25 + (second**2 - first**2 * 0.25) * (time - 0.25) / 0.75
        assert ours[place] == pytest.approx(np.sqrt(variance / time), rel=1e-13)
    order = rng.permutation(200)
    assert np.array_equal(implied_volatilities(found, 0, 0, strike[order], years[order]), ours[order])
    alone = [float(implied_volatilities(found, 0, 0, strike[i], years[i])) for i in range(200)]
    assert ours.tolist() == alone


def test_without_volatility_there_is_none():
    found = surface([0.0, 0.0], [0.5, 1.0])
    assert implied_volatilities(found, 0, 0, 0.1, [0.0, 0.7, 3.0]).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("years", "strikes", "field"),
    [
        ([1.0, 1.0], [0.0], "node_years"),
        ([0.0, 1.0], [0.0], "node_years"),
        ([1.0], [0.1, 0.0], "log_moneyness"),
    ],
)
def test_nodes_that_do_not_rise_are_refused(years, strikes, field):
    with pytest.raises(InputError, match=field):
        surface(np.full(len(years) * len(strikes), 0.1), years, strikes)


def test_values_of_another_shape_are_refused():
    found = surface([0.1], [1.0])
    with pytest.raises(InputError, match="volatilities"):
        VolatilitySurface(
            ("EURUSD",),
            found.node_years,
            np.array([0.0, 0.1]),
            found.volatilities,
            found.left,
            found.right,
            found.rows,
        )
