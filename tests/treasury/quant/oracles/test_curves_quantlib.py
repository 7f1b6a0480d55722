"""Curves against QuantLib's: zero and forward rates, discount factors, floating rates, volatility over time."""

import numpy as np
import pytest
import QuantLib as ql

from tests.treasury.quant.oracles import quantlib_market as market
from tests.treasury.quant.oracles.quantlib_market import DAYS_360, DAYS_365, NODE_DAYS, TODAY
from treasury.quant.curves.grid import daily_grid, grid_factors, grid_rates
from treasury.quant.curves.period_rates import period_rates
from treasury.quant.curves.volatility import VolatilitySurface, implied_volatilities
from treasury.quant.curves.zero import (
    ZeroCurves,
    discount_factors,
    forward_rates,
    projected_rates,
    zero_rates,
)

SERIES, ROWS = 12, 4000


@pytest.fixture(autouse=True)
def _day():
    with market.settings():
        yield


@pytest.fixture(scope="module")
def curves():
    """Ours, on two dates of which the second counts, and the handles of QuantLib."""
    rng = np.random.default_rng(301)
    rates = market.random_rates(rng, SERIES)
    names = tuple(f"C{i}" for i in range(SERIES))
    with market.settings():
        handles = [market.zero_curve(series) for series in rates]
    return ZeroCurves(names, NODE_DAYS / 365, np.stack([rates[::-1] + 0.01, rates])), handles


def rows(seed):
    rng = np.random.default_rng(seed)
    return rng.integers(0, SERIES, ROWS), rng.integers(1, NODE_DAYS[-1], ROWS)


def test_zero_rates_and_discount_factors(curves):
    ours, handles = curves
    series, days = rows(302)
    dates = [TODAY + int(d) for d in days]
    factors = [handles[s].discount(d) for s, d in zip(series, dates, strict=True)]
    rates = [
        handles[s].zeroRate(d, DAYS_365, ql.Continuous).rate() for s, d in zip(series, dates, strict=True)
    ]
    assert discount_factors(ours, 1, series, days / 365) == pytest.approx(np.array(factors), rel=1e-12)
    assert zero_rates(ours, 1, series, days / 365) == pytest.approx(np.array(rates), rel=1e-9, abs=1e-14)


def test_forward_rates_by_covered_parity(curves):
    ours, handles = curves
    base, days = rows(303)
    quote, _ = rows(304)
    spot = np.random.default_rng(305).uniform(0.5, 150, ROWS)
    theirs = [
        s * handles[b].discount(TODAY + int(d)) / handles[q].discount(TODAY + int(d))
        for s, b, q, d in zip(spot, base, quote, days, strict=True)
    ]
    assert forward_rates(ours, spot, 1, base, quote, days / 365) == pytest.approx(np.array(theirs), rel=1e-9)


def test_floating_rates_of_a_period(curves):
    ours, handles = curves
    series, days = rows(306)
    start = days // 2
    length = np.random.default_rng(307).integers(28, 200, ROWS)
    theirs = [
        handles[s].forwardRate(TODAY + int(a), TODAY + int(a + n), DAYS_360, ql.Simple).rate()
        for s, a, n in zip(series, start, length, strict=True)
    ]
    rates = projected_rates(ours, 1, series, start / 365, (start + length) / 365, length / 360)
    assert rates == pytest.approx(np.array(theirs), rel=1e-9, abs=1e-12)
    ends = (discount_factors(ours, 1, series, days / 365) for days in (start, start + length))
    same = period_rates(start, start + length, *ends, length / 360)
    assert same == pytest.approx(np.array(theirs), rel=1e-9, abs=1e-12)


def test_the_daily_grid_is_quantlibs_curve_on_every_day(curves):
    ours, handles = curves
    series, days = rows(308)
    days = days % 3650
    grid = daily_grid(ours, 1, 739_000, 739_000 + 3650)
    factors = [handles[s].discount(TODAY + int(d)) for s, d in zip(series, days, strict=True)]
    assert grid_factors(grid, series, 739_000 + days) == pytest.approx(np.array(factors), rel=1e-12)
    after = np.maximum(days, 1)
    rates = [
        handles[s].zeroRate(TODAY + int(d), DAYS_365, ql.Continuous).rate()
        for s, d in zip(series, after, strict=True)
    ]
    assert grid_rates(grid, series, 739_000 + after) == pytest.approx(np.array(rates), rel=1e-9, abs=1e-14)


EXPIRY_DAYS = np.array([7, 30, 91, 182, 365, 730])
STRIKES = np.log([0.8, 0.9, 0.97, 1.0, 1.04, 1.15, 1.3])
#: QuantLib's smile is over strikes above 0: its place on that line is ln(K/F) moved by this much.
MOVED = 10.0


def test_volatility_is_linear_over_log_moneyness_and_in_total_variance():
    rng = np.random.default_rng(309)
    smiles = 0.12 * rng.uniform(0.8, 1.2, (EXPIRY_DAYS.size, STRIKES.size))
    smiles /= 1 + 0.02 * np.arange(EXPIRY_DAYS.size)[:, None]
    sections = [
        ql.LinearInterpolatedSmileSection(
            TODAY + int(days), list(STRIKES + MOVED), list(map(float, smile * np.sqrt(days / 365))), MOVED
        )
        for days, smile in zip(EXPIRY_DAYS, smiles, strict=True)
    ]
    dates = [TODAY + int(days) for days in EXPIRY_DAYS]
    theirs = ql.PiecewiseBlackVarianceSurface(TODAY, dates, ql.SmileSectionVector(sections), DAYS_365)
    expiries = np.arange(EXPIRY_DAYS.size + 1)
    surface = VolatilitySurface(
        ("EURUSD",),
        EXPIRY_DAYS / 365,
        STRIKES,
        smiles[None, None],
        np.maximum(expiries - 1, 0)[None, None],
        np.minimum(expiries, EXPIRY_DAYS.size - 1)[None, None],
        np.zeros(1, dtype=np.int64),
    )
    days = rng.integers(EXPIRY_DAYS[0], EXPIRY_DAYS[-1] + 1, ROWS)
    strikes = rng.uniform(STRIKES[0], STRIKES[-1], ROWS)
    expected = [theirs.blackVol(TODAY + int(d), float(k + MOVED)) for d, k in zip(days, strikes, strict=True)]
    found = implied_volatilities(surface, 0, 0, strikes, days / 365)
    assert found == pytest.approx(np.array(expected), rel=1e-9)
