"""Curves against QuantLib's: zero and forward rates, discount factors, floating rates, volatility over time."""

import numpy as np
import pytest
import QuantLib as ql

from tests.treasury.quant.oracles import quantlib_market as market
from tests.treasury.quant.oracles.quantlib_market import DAYS_360, DAYS_365, NODE_DAYS, TODAY
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
