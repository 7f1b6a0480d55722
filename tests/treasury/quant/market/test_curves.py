"""Curves of a market: bootstrapped ones, those of zero rates, their ages, and what could not be built."""

import numpy as np
import pytest

from tests.treasury.quant.market.rows import DAY, quotes, rates
from treasury.quant.curves.bootstrap import build_curves
from treasury.quant.curves.needs import curve_needs
from treasury.quant.curves.rate_curve import RateCurve, failed_curve
from treasury.quant.curves.zero import discount_factors, zero_rates
from treasury.quant.market import NEVER, market

ZERO = rates("EUR", 0, ("1M", 0.02), ("1Y", 0.022))
SWAPS = [("SWAP_RATE", "EUR", "1Y", 1, 0.03), ("SWAP_RATE", "EUR", "5Y", 1, 0.032)]
INDEX = [("SWAP_RATE", "EURIBOR6M", "2Y", 2, 0.034)]


def of_rows(rows, **more):
    found = quotes(rows)
    needs = curve_needs(found)
    made = build_curves(needs, {})
    return market(found, [made[need.digest] for need in needs], **more), made


def rate(found, place, day, years=0.7):
    return zero_rates(found.curves, found.position(DAY + day), place, years)


def test_a_bootstrapped_curve_counts_from_its_date_on_and_is_exact():
    found, made = of_rows([*ZERO, *SWAPS, *INDEX])
    discount, projection = (
        found.discount(["EUR"])[0],
        found.projection(["EURIBOR6M", "EURIBOR3M"], ["EUR", "EUR"]),
    )
    assert projection[1] == discount != projection[0]
    assert rate(found, discount, 0) == pytest.approx(np.interp(0.7, [1 / 12, 1], [0.02, 0.022]), rel=1e-14)
    curve = next(curve for curve in made.values() if curve.symbol == "EUR")
    for day in (1, 2, 9):
        for days in (1, 100, 365, 366, 1000, 5000):
            wanted = np.interp(days, curve.node_days, curve.zero_rates)
            assert rate(found, discount, day, days / 365) == pytest.approx(wanted, rel=1e-14)
        exact = rate(found, discount, day, curve.node_days / 365)
        assert exact == pytest.approx(curve.zero_rates, rel=3e-16)
    assert np.isnan(rate(found, projection[0], 1)) and rate(found, projection[0], 2) > rate(
        found, discount, 2
    )


def test_ages_are_those_of_the_curves_date():
    found, _ = of_rows([*ZERO, *SWAPS, *INDEX])
    days = DAY + np.array([-1, 0, 1, 2, 9])
    assert found.age(found.curve, days, found.discount(["EUR"])[0]).tolist() == [NEVER, 0, 0, 1, 8]
    assert found.age(found.curve, days, found.projection(["EURIBOR6M"], ["EUR"])[0]).tolist() == [
        NEVER
    ] * 3 + [0, 7]
    assert found.age(found.curve, days, found.curve.names["-"]).tolist()[1:] == [0, 0, 0, 7]


def test_newer_zero_rates_count_before_an_older_bootstrap():
    found, _ = of_rows([*ZERO, *SWAPS, *rates("EUR", 3, ("1M", 0.01), ("1Y", 0.01))])
    place = found.discount(["EUR"])[0]
    assert rate(found, place, 2) > 0.029 and rate(found, place, 3) == 0.01
    both, _ = of_rows([*SWAPS, *rates("EUR", 1, ("1M", 0.01), ("1Y", 0.01))])
    assert rate(both, both.discount(["EUR"])[0], 1) > 0.029


def test_a_curve_that_was_not_built_is_nothing_until_the_next_one():
    found = quotes(
        [*ZERO, *SWAPS, ("SWAP_RATE", "EUR", "5Y", 4, 0.03), ("FX_SPOT", "EURUSD", "SPOT", 3, 1.1)]
    )
    good = RateCurve("EUR", DAY + 4, np.array([400]), np.array([0.03]))
    made = market(found, [good, failed_curve("EUR", DAY + 1, "no")])
    place = made.discount(["EUR"])[0]
    assert np.isnan(rate(made, place, 1)) and np.isnan(rate(made, place, 3)) and rate(made, place, 4) == 0.03
    days = DAY + np.array([-5, 0, 1, 3, 4, 9])
    assert made.not_built(days, place).tolist() == [False, False, True, True, False, False]
    assert not made.not_built(days, -1).any()


def test_a_tenor_that_is_quoted_later_does_not_change_the_past():
    before, _ = of_rows(ZERO)
    after, _ = of_rows([*ZERO, *rates("EUR", 2, ("6M", 0.03), ("5Y", 0.05))])
    for years in (0.0, 0.3, 0.5, 1.0, 3.0):
        now, then = (rate(found, found.discount(["EUR"])[0], 1, years) for found in (after, before))
        assert now == pytest.approx(then, rel=1e-15)
    assert rate(after, after.discount(["EUR"])[0], 2, 0.5) == 0.03


def test_what_is_not_there_is_nothing():
    found, _ = of_rows(ZERO)
    assert found.discount(["XXX"]).tolist() == [-1] and found.implied(["XXX"]).tolist() == [-1]
    assert np.isnan(discount_factors(found.curves, 1, -1, 0.5))
    empty = market(quotes([("FX_SPOT", "EURUSD", "SPOT", 0, 1.1)]))
    assert empty.discount(["EUR"]).tolist() == [-1]
    assert discount_factors(empty.curves, 1, empty.curve.names["-"], 3.0) == 1.0


def test_the_order_of_quotes_and_curves_changes_no_digit():
    rng = np.random.default_rng(5)
    rows = [*ZERO, *SWAPS, *INDEX, *rates("USD", 0, ("1M", 0.04), ("2Y", 0.041))]
    rows += [("FX_SPOT", "EURUSD", "SPOT", 0, 1.1), ("FX_SPOT", "EURJPY", "SPOT", 2, 165.0)]
    rows += [("FORWARD_POINTS", "EURUSD", tenor, 2, value) for tenor, value in (("1M", 0.002), ("1Y", 0.02))]
    rows += [
        ("IMPLIED_VOLATILITY", "EURUSD", "1M", 0, 0.08 + k / 9, m) for k, m in enumerate((None, 0.9, 1.1))
    ]
    one, made = of_rows(rows)
    curves = list(made.values())
    for _ in range(5):
        other = market(quotes([rows[place] for place in rng.permutation(len(rows))]), curves[::-1])
        assert other.curves.currencies == one.curves.currencies
        for name in ("node_years", "zero_rates", "rows"):
            assert np.array_equal(getattr(other.curves, name), getattr(one.curves, name), equal_nan=True)
        for name in ("node_years", "log_moneyness", "volatilities", "left", "right", "rows"):
            assert np.array_equal(
                getattr(other.volatilities, name), getattr(one.volatilities, name), equal_nan=True
            )
        assert np.array_equal(other.curve.ages, one.curve.ages) and np.array_equal(other.unbuilt, one.unbuilt)
        assert np.array_equal(other.spot.values, one.spot.values, equal_nan=True)
