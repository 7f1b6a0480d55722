"""Cross-currency swaps: fixed and resetting notionals, held against QuantLib's cash flows and plain loops."""

from itertools import pairwise

import numpy as np
import pytest
import QuantLib as ql

from treasury.quant.valuation.cross_currency_swap import principal_leg_value
from treasury.quant.valuation.flows import flows_value

TODAY = ql.Date(13, 6, 2025)
SPOT, BASE_RATE, QUOTE_RATE = 0.91, 0.04, 0.02


def curve(rate):
    return ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, ql.Actual365Fixed(), ql.Continuous))


def forward(day):
    years = (day - TODAY) / 365
    return SPOT * np.exp((QUOTE_RATE - BASE_RATE) * years)


def dates_of(rng):
    """Payment dates of a swap that began up to a year ago or begins within a year."""
    first = TODAY + int(rng.integers(-360, 360))
    return [first, *(first + int(day) for day in np.cumsum(rng.integers(80, 400, rng.integers(1, 12))))]


def columns(swaps):
    """Ragged arrays of the periods of all swaps: notional, accrual, and factors, NaN where they lie in the past."""
    offsets = np.cumsum([0, *(len(dates) - 1 for dates, *_ in swaps)])
    pairs = [pair for dates, *_ in swaps for pair in pairwise(dates)]
    start, end = (np.array([day - TODAY for day in side]) for side in zip(*pairs, strict=True))
    factors = [np.where(days < 0, np.nan, np.exp(-QUOTE_RATE * days / 365)) for days in (start, end)]
    return offsets, (end - start) / 365, factors


def begun(day):
    return day <= TODAY


@pytest.mark.parametrize("seed", range(5))
def test_quantlib_agrees_on_a_resetting_leg(seed):
    """Every period is a loan: QuantLib discounts its principals and its coupon on the same curve."""
    ql.Settings.instance().evaluationDate = TODAY
    rng = np.random.default_rng(seed)
    swaps = [
        (dates_of(rng), rng.uniform(1e5, 1e8), rng.uniform(0, 0.08), rng.uniform(0.8, 1)) for _ in range(40)
    ]
    offsets, accruals, (start, end) = columns(swaps)
    notionals, coupons, expected = [], [], []
    for dates, size, coupon, fixed in swaps:
        leg = []
        for first, last in pairwise(dates):
            notional = size * (fixed if begun(first) else forward(first))
            notionals.append(notional)
            coupons.append(coupon)
            if not begun(first):
                leg.append(ql.SimpleCashFlow(-notional, first))
            leg.append(ql.FixedRateCoupon(last, notional, coupon, ql.Actual365Fixed(), first, last))
            leg.append(ql.SimpleCashFlow(notional, last))
        expected.append(ql.CashFlows.npv(leg, curve(QUOTE_RATE), True, TODAY, TODAY))
    start[np.array([begun(first) for dates, *_ in swaps for first in dates[:-1]])] = np.nan
    found = principal_leg_value(offsets, notionals, coupons, accruals, start, end)
    assert found == pytest.approx(np.array(expected), rel=1e-11, abs=1e-6)


def test_with_one_notional_it_is_the_leg_of_a_fixed_one():
    rng = np.random.default_rng(9)
    swaps = [(dates_of(rng),) for _ in range(50)]
    offsets, accruals, (start, end) = columns(swaps)
    size, coupon = rng.uniform(1e5, 1e8, 50), rng.uniform(0, 0.08, 50)
    counts = np.diff(offsets)
    found = principal_leg_value(
        offsets, np.repeat(size, counts), np.repeat(coupon, counts), accruals, start, end
    )
    coupons = flows_value(offsets, np.repeat(size * coupon, counts) * accruals, end)
    first = np.where(np.isnan(start[offsets[:-1]]), 0.0, start[offsets[:-1]])
    expected = coupons + size * (end[offsets[1:] - 1] - first)
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-6)


def test_a_resetting_leg_at_the_curves_own_rate_is_worth_its_first_payment():
    """With coupons at the forward rates of its curve every loan to come is worth nothing."""
    dates = [TODAY - 30, TODAY + 150, TODAY + 330, TODAY + 700]
    offsets, accruals, (start, end) = columns([(dates,)])
    known = np.where(np.isnan(start), np.exp(-QUOTE_RATE * -30 / 365), start)
    coupons = (known / end - 1) / accruals
    notionals = [90.0, 1e6, 3e6]
    found = principal_leg_value(offsets, notionals, coupons, accruals, start, end)
    assert found[0] == pytest.approx(90 * (1 + coupons[0] * accruals[0]) * end[0], abs=1e-8)


def test_a_swap_is_valued_the_same_alone_and_in_any_company():
    rng = np.random.default_rng(10)
    swaps = [(dates_of(rng),) for _ in range(30)]
    offsets, accruals, (start, end) = columns(swaps)
    notionals = rng.uniform(1, 1e8, accruals.size)
    whole = principal_leg_value(offsets, notionals, 0.03, accruals, start, end)
    for place in range(30):
        own = slice(offsets[place], offsets[place + 1])
        alone = principal_leg_value(
            [0, own.stop - own.start], notionals[own], 0.03, accruals[own], start[own], end[own]
        )
        assert alone[0] == whole[place]


def test_an_unknown_notional_counts_only_where_something_is_to_come():
    ended, running = [np.nan, 0.99], [np.nan, 0.95]
    value = principal_leg_value(
        [0, 2, 4], [np.nan, 90, 90, np.nan], 0.03, 1.0, [np.nan] * 4, [np.nan, 0.99, *running]
    )
    assert value[0] == pytest.approx(90 * 1.03 * ended[1])
    assert np.isnan(value[1])
