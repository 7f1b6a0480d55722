"""Forwards of a market: by points, by parity, of quantities; each quoted outright comes back."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.treasury.quant.market.rows import DAY, quotes, rates
from treasury.quant.curves.zero import discount_factors
from treasury.quant.dates.pillars import pair_pillar_dates, pair_spot_dates, plain_dates
from treasury.quant.market import forward_rates, market

CURVES = [
    *rates("EUR", 0, ("1M", 0.02), ("1Y", 0.022), ("5Y", 0.026)),
    *rates("USD", 0, ("1M", 0.04), ("1Y", 0.038), ("5Y", 0.037)),
    *rates("JPY", 0, ("1M", 0.001), ("1Y", 0.004), ("5Y", 0.01)),
]
SPOTS = [
    ("FX_SPOT", "EURUSD", "SPOT", 0, 1.1),
    ("FX_SPOT", "EURJPY", "SPOT", 0, 165.0),
    ("FX_SPOT", "EURGBP", "SPOT", 0, 0.85),
]
POINTS = {"1W": 0.0004, "1M": 0.0018, "3M": 0.0055, "1Y": 0.0195, "2Y": 0.034}


def points(pair, day=0, of=None):
    return [("FORWARD_POINTS", pair, tenor, day, value) for tenor, value in (of or POINTS).items()]


def forward(found, base, quote, target, day=DAY, curves="implied"):
    """Forward of a pair to one or more days, as hedges ask for it."""
    days = np.asarray(day)
    one, other = found.spot.index([base, quote])
    of = getattr(found, curves)([base, quote])
    spot_days = found.spot_lag(found.spot_days([(base, quote)]), days, np.array(0))
    spot = found.cross(days, one, other)
    return forward_rates(found, days, spot, np.asarray(target), of[0], of[1], spot_days)


def test_quoted_outrights_come_back_on_their_pillars():
    found = market(quotes([*CURVES, *SPOTS, *points("EURUSD")]))
    pillars = pair_pillar_dates([DAY], list(POINTS), "EUR", "USD")[0]
    outrights = 1.1 + np.array(list(POINTS.values()))
    assert forward(found, "EUR", "USD", pillars) == pytest.approx(outrights, rel=2e-15)
    assert forward(found, "USD", "EUR", pillars) == pytest.approx(1 / outrights, rel=2e-15)
    spot_date = pair_spot_dates([DAY], "EUR", "USD")[0]
    assert forward(found, "EUR", "USD", spot_date) == pytest.approx(1.1, rel=1e-15)


def test_by_parity_the_two_discount_curves_count_from_the_spot_date():
    found = market(quotes([*CURVES, *SPOTS, *points("EURUSD")]))
    target, row = DAY + 400, found.position(DAY)
    one, other = (
        discount_factors(found.curves, row, place, np.array([400, 2]) / 365)
        for place in found.discount(["EUR", "USD"])
    )
    wanted = 1.1 * (one[0] / one[1]) / (other[0] / other[1])
    assert forward(found, "EUR", "USD", target, curves="discount") == pytest.approx(wanted, rel=1e-15)
    basis = forward(found, "EUR", "USD", target) - wanted
    assert 1e-4 < abs(basis) < 0.01
    without = market(quotes([*CURVES, *SPOTS]))
    assert forward(without, "EUR", "USD", target) == forward(found, "EUR", "USD", target, curves="discount")
    assert forward(found, "EUR", "USD", DAY - 30) == forward(found, "EUR", "USD", DAY)


def test_points_of_crosses_follow_the_chain_from_the_hub():
    spot = 165.0 / 1.1
    cross = {"1M": -0.4, "1Y": -5.0}
    found = market(quotes([*CURVES, *SPOTS, *points("EURUSD"), *points("USDJPY", of=cross)]))
    assert {"USD*", "JPY*"} <= set(found.curve.names) and "EUR*" not in found.curve.names
    pillars = pair_pillar_dates([DAY], list(cross), "USD", "JPY")[0]
    assert forward(found, "USD", "JPY", pillars) == pytest.approx(spot + np.array([-0.4, -5.0]), rel=2e-14)
    # To a spot date that both pairs share the cross is the product of the two.
    product = forward(found, "EUR", "USD", DAY + 500) * forward(found, "USD", "JPY", DAY + 500)
    assert product == pytest.approx(forward(found, "EUR", "JPY", DAY + 500), rel=1e-13)


def test_points_quoted_the_other_way_round_imply_the_base():
    inverse = {"3M": -0.0045, "1Y": -0.016}
    found = market(quotes([*CURVES, *SPOTS, *points("USDEUR", of=inverse)]))
    pillars = pair_pillar_dates([DAY], list(inverse), "USD", "EUR")[0]
    wanted = 1 / 1.1 + np.array(list(inverse.values()))
    assert forward(found, "USD", "EUR", pillars) == pytest.approx(wanted, rel=2e-15)


def test_points_that_do_not_reach_the_hub_start_at_their_own_currency():
    found = market(quotes([*CURVES, *SPOTS, *points("USDJPY", of={"1Y": -5.0})]))
    pillar = pair_pillar_dates([DAY], ["1Y"], "USD", "JPY")[0]
    assert forward(found, "USD", "JPY", pillar) == pytest.approx([165.0 / 1.1 - 5.0], rel=1e-14)
    assert len([name for name in found.curve.names if name.endswith("*")]) == 1


def test_the_third_pair_of_a_triangle_says_nothing_new():
    rows = [*CURVES, *SPOTS, *points("EURUSD"), *points("EURJPY", of={"1Y": -3.0})]
    without = market(quotes(rows))
    found = market(quotes([*rows, *points("USDJPY", of={"1Y": -1.0})]))
    target = DAY + 300
    assert forward(found, "USD", "JPY", target) == pytest.approx(
        forward(without, "USD", "JPY", target), rel=1e-13
    )


def test_the_carry_goes_with_the_spot_and_the_curves_of_later_days():
    moved = [
        ("FX_SPOT", "EURUSD", "SPOT", 5, 1.2),
        *rates("EUR", 5, ("1M", 0.03), ("1Y", 0.032), ("5Y", 0.036)),
    ]
    found = market(quotes([*CURVES, *SPOTS, *points("EURUSD"), *moved]))
    later = DAY + 5
    assert found.age(found.curve, later, found.implied(["USD"])).tolist() == [5]
    tenor = pair_pillar_dates([DAY], ["1Y"], "EUR", "USD")[0, 0] - DAY
    ratio = forward(found, "EUR", "USD", DAY + tenor) / 1.1
    carried = forward(found, "EUR", "USD", later + tenor, day=later) / 1.2
    assert carried == pytest.approx(ratio, rel=1e-12)
    # Only the days' own points count: what was quoted for other tenors before is gone.
    fresh = market(quotes([*CURVES, *SPOTS, *points("EURUSD"), *points("EURUSD", 1, {"3M": 0.006})]))
    flat = forward(fresh, "EUR", "USD", DAY + 1 + np.array([400, 800]), day=DAY + 1) / 1.1
    base = discount_factors(
        fresh.curves, fresh.position(DAY + 1), fresh.implied(["USD"])[0], np.array([400, 800]) / 365
    )
    eur = discount_factors(
        fresh.curves, fresh.position(DAY + 1), fresh.discount(["EUR"])[0], np.array([400, 800]) / 365
    )
    assert (np.log(eur / base) / np.array([400, 800]) * 400)[0] == pytest.approx(
        np.log(eur / base)[1] / 2, rel=1e-12
    )
    assert flat[1] > flat[0]


def test_before_the_first_points_parity_holds():
    found = market(quotes([*CURVES, *SPOTS, *points("EURUSD", 3)]))
    target = DAY + 365
    assert forward(found, "EUR", "USD", target) == forward(found, "EUR", "USD", target, curves="discount")
    after = forward(found, "EUR", "USD", target, day=DAY + 3)
    assert after != forward(found, "EUR", "USD", target, day=DAY + 3, curves="discount")


def test_points_that_eat_up_the_spot_rate_leave_no_curve():
    found = market(quotes([*CURVES, *SPOTS, *points("EURUSD", of={"1Y": -1.2}), *points("EURUSD", 1)]))
    place = found.implied(["USD"])
    assert found.not_built(np.array([DAY, DAY + 1]), place).tolist() == [True, False]
    assert np.isnan(forward(found, "EUR", "USD", DAY + 365))
    assert forward(found, "EUR", "USD", DAY + 365, day=DAY + 1) > 1


def test_forward_prices_of_a_quantity_come_back():
    prices = {"1M": 71.0, "6M": 69.0, "2Y": 66.5}
    rows = [*CURVES, *SPOTS, ("PRICE", "BRENT", "SPOT", 0, 70.0), ("PRICE", "WTI", "SPOT", 0, 66.0)]
    rows += [("PRICE", "BRENT", tenor, 0, value) for tenor, value in prices.items()]
    found = market(quotes(rows), quote_currencies={"BRENT": "USD"})
    base, quote = found.yields(["BRENT", "WTI"]), found.discount(["USD"])[0]
    assert base[1] == found.curve.names["-"]
    dates = plain_dates([DAY], list(prices))[0]
    assert forward_rates(found, DAY, 70.0, dates, base[0], quote) == pytest.approx(
        list(prices.values()), rel=2e-15
    )
    # Without forward prices of its own a quantity is carried at the quote currency's rate.
    row = found.position(DAY)
    carried = forward_rates(found, DAY, 66.0, DAY + 365, base[1], quote)
    assert carried == pytest.approx(66.0 / discount_factors(found.curves, row, quote, 1.0), rel=1e-15)
    assert "BRENT*" not in market(quotes(rows)).curve.names
    # The ratio of the day of the forward prices is carried with a later day's spot.
    later = market(quotes([*rows, ("PRICE", "BRENT", "SPOT", 4, 80.0)]), quote_currencies={"BRENT": "USD"})
    found_later = forward_rates(
        later, DAY + 4, 80.0, DAY + 4 + (dates - DAY), later.yields(["BRENT"])[0], quote
    )
    assert found_later == pytest.approx(np.array(list(prices.values())) * 80 / 70, rel=1e-13)


def test_spot_days_are_those_of_each_date_and_pair():
    found = market(quotes([*CURVES, *SPOTS, ("FX_SPOT", "EURUSD", "SPOT", 2, 1.1)]))
    spot_days = found.spot_days([("EUR", "USD"), None, ("USD", "CAD"), ("EUR", "EUR")])
    # Wednesday + 2 is Friday; Friday 20 November + 2 is Tuesday; CAD settles a day earlier.
    assert date.fromordinal(DAY).strftime("%A") == "Wednesday"
    on = np.array([DAY, DAY + 1, DAY + 2])[:, None]
    lags = found.spot_lag(spot_days, on, np.arange(4))
    # Thursday has no quotes, and a spot date of its own: Monday.
    assert lags.tolist() == [[2, 0, 1, 0], [4, 0, 1, 0], [4, 0, 3, 0]]


@settings(max_examples=60)
@given(
    st.lists(st.floats(-0.3, 0.5), min_size=5, max_size=5),
    st.floats(0.5, 200.0),
    st.lists(st.floats(-0.02, 0.3), min_size=3, max_size=3),
    st.integers(0, 1000),
)
def test_outrights_come_back_whatever_the_quotes(shares, spot, levels, later):
    of = {tenor: share * spot for tenor, share in zip(POINTS, shares, strict=True)}
    rows = [
        ("FX_SPOT", "EURUSD", "SPOT", later, spot),
        ("FX_SPOT", "EURGBP", "SPOT", later, 0.85),
        *rates("EUR", later, *zip(("1M", "1Y", "5Y"), levels, strict=True)),
        *points("EURUSD", later, of),
    ]
    found = market(quotes(rows))
    pillars = pair_pillar_dates([DAY + later], list(of), "EUR", "USD")[0]
    wanted = spot + np.array(list(of.values()))
    assert forward(found, "EUR", "USD", pillars, day=DAY + later) == pytest.approx(wanted, rel=1e-13)
