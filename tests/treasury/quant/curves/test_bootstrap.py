from datetime import date
from itertools import pairwise

import numpy as np
import pytest
import QuantLib as ql
from hypothesis import given, settings
from hypothesis import strategies as st

from treasury.kernel.day_count import year_days
from treasury.quant.curves.bootstrap import bootstrap, build_curves
from treasury.quant.curves.needs import CurveNeed, RateQuote
from treasury.quant.curves.rate_curve import RateCurve, failed_curve
from treasury.quant.curves.zero import ZeroCurves, discount_factors, projected_rates
from treasury.quant.dates.conventions import conventions, known_currencies
from treasury.quant.dates.holidays import quantlib_calendar

DAY = date(2026, 11, 18)
TODAY = DAY.toordinal()
DEPOSITS = {"ON": 0.0195, "1W": 0.02, "1M": 0.0205, "3M": 0.021, "6M": 0.0215}
SWAPS = {f"{years}Y": 0.0215 + 0.0006 * years for years in (1, 2, 3, 5, 7, 10, 15, 20, 30)}
COUNTS = {
    "30/360": ql.Thirty360(ql.Thirty360.BondBasis),
    "ACT/360": ql.Actual360(),
    "ACT/365": ql.Actual365Fixed(),
}
SERIAL = 693_594


def quotes(deposits=DEPOSITS, swaps=SWAPS, shift=0.0):
    return [
        *(RateQuote("DEPOSIT_RATE", tenor, rate + shift) for tenor, rate in deposits.items()),
        *(RateQuote("SWAP_RATE", tenor, rate + shift) for tenor, rate in swaps.items()),
    ]


def factors(curve, days):
    """Our discount factors, days from the quote date."""
    assert curve.problem == ""
    curves = ZeroCurves((curve.symbol,), curve.node_days / 365, curve.zero_rates[None, None])
    return discount_factors(curves, 0, 0, np.asarray(days) / 365)


def handle(curve, today):
    nodes = [(0, curve.zero_rates[0]), *zip(curve.node_days.tolist(), curve.zero_rates.tolist(), strict=True)]
    nodes.append((40_000, curve.zero_rates[-1]))
    made = ql.ZeroCurve(
        [today + day for day, _ in nodes], [float(rate) for _, rate in nodes], ql.Actual365Fixed()
    )
    return ql.YieldTermStructureHandle(made)


@pytest.fixture
def today():
    """QuantLib's evaluation date is the quote date, as its swaps want it."""
    before = ql.Settings.instance().evaluationDate
    day = ql.Date(DAY.day, DAY.month, DAY.year)
    ql.Settings.instance().evaluationDate = day
    yield day
    ql.Settings.instance().evaluationDate = before


def index_of(currency, months, forecast=None):
    terms = conventions(currency)
    calendar = quantlib_calendar(terms.calendar)
    return ql.IborIndex(
        "Test", ql.Period(months, ql.Months), terms.spot_lag, ql.EURCurrency(), calendar, ql.ModifiedFollowing, False,
        COUNTS[terms.deposit_day_count], forecast or ql.YieldTermStructureHandle(),
    )  # fmt: skip


def par_swap(currency, tenor, rate, index, discount):
    terms = conventions(currency)
    swap = ql.MakeVanillaSwap(
        ql.Period(tenor), index, rate, ql.Period(0, ql.Days), fixedLegTenor=ql.Period(terms.fixed_months, ql.Months),
        fixedLegDayCount=COUNTS[terms.fixed_day_count], settlementDays=terms.spot_lag,
        fixedLegCalendar=quantlib_calendar(terms.calendar), fixedLegConvention=ql.ModifiedFollowing,
    )  # fmt: skip
    swap.setPricingEngine(ql.DiscountingSwapEngine(discount))
    return swap


@pytest.mark.parametrize("currency", known_currencies())
def test_each_swap_is_worth_zero_and_each_deposit_its_principal(currency, today):
    terms = conventions(currency)
    calendar = quantlib_calendar(terms.calendar)
    curve = bootstrap(currency, TODAY, quotes())
    on = handle(curve, today)
    for tenor, rate in SWAPS.items():
        value = par_swap(currency, tenor, rate, index_of(currency, terms.floating_months, on), on).NPV()
        assert abs(value) < 1e-11, tenor
    dealt = calendar.adjust(today)
    for tenor, rate in DEPOSITS.items():
        spot = dealt if tenor == "ON" else calendar.advance(dealt, terms.spot_lag, ql.Days)
        days = tenor == "ON" and (1, ql.Days)
        unit = days or (int(tenor[:-1]), {"W": ql.Weeks, "M": ql.Months}[tenor[-1]])
        end = calendar.advance(spot, *unit, ql.ModifiedFollowing, True)
        begin_factor, end_factor = factors(curve, [spot - today, end - today])
        assert end_factor * (1 + rate * (end - spot) / year_days(currency)) == pytest.approx(
            begin_factor, abs=1e-12
        )


@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP", "MXN", "HKD"])
def test_factors_are_those_of_quantlibs_own_swap_bootstrap_on_every_day(currency, today):
    terms = conventions(currency)
    calendar, index = quantlib_calendar(terms.calendar), index_of(currency, terms.floating_months)
    quoted = lambda rate: ql.QuoteHandle(ql.SimpleQuote(rate))  # noqa: E731
    helpers = [
        ql.DepositRateHelper(
            quoted(rate), ql.Period(tenor), terms.spot_lag, calendar, ql.ModifiedFollowing, True,
            COUNTS[terms.deposit_day_count],
        )
        for tenor, rate in DEPOSITS.items() if tenor != "ON"
    ]  # fmt: skip
    frequency = ql.Period(terms.fixed_months, ql.Months).frequency()
    helpers += [
        ql.SwapRateHelper(
            quoted(rate), ql.Period(tenor), calendar, frequency, ql.ModifiedFollowing, COUNTS[terms.fixed_day_count],
            index,
        )
        for tenor, rate in SWAPS.items()
    ]  # fmt: skip
    theirs = ql.PiecewiseLinearZero(today, helpers, ql.Actual365Fixed(), ql.IterativeBootstrap(1e-15))
    ours = bootstrap(
        currency, TODAY, quotes({tenor: rate for tenor, rate in DEPOSITS.items() if tenor != "ON"})
    )
    days = np.arange(0, theirs.maxDate() - today + 1)
    wanted = [theirs.discount(today + int(day)) for day in days]
    assert factors(ours, days) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(
    ("symbol", "currency", "months"),
    [("EURIBOR6M", "EUR", 6), ("EURIBOR3M", "EUR", 3), ("SONIA3M", "GBP", 3)],
)
def test_swaps_of_an_index_are_worth_zero_between_its_curve_and_the_discount_curve(
    symbol, currency, months, today
):
    discount = bootstrap(currency, TODAY, quotes())
    curve = bootstrap(symbol, TODAY, quotes({"6M": 0.0235}, shift=0.002), discount)
    forecast, under = handle(curve, today), handle(discount, today)
    for tenor, rate in SWAPS.items():
        swap = par_swap(currency, tenor, rate + 0.002, index_of(currency, months, forecast), under)
        assert abs(swap.NPV()) < 1e-11, tenor
    assert np.all(curve.zero_rates > np.interp(curve.node_days, discount.node_days, discount.zero_rates))
    # The same with our own arrays: projected from the one curve, discounted on the other.
    swap = par_swap(currency, "10Y", SWAPS["10Y"] + 0.002, index_of(currency, months, forecast), under)
    nodes = np.union1d(curve.node_days, discount.node_days)
    rates = [np.interp(nodes, c.node_days, c.zero_rates) for c in (discount, curve)]
    curves = ZeroCurves((currency, symbol), nodes / 365, np.array([rates]))
    value = 0.0
    for leg, sign in ((swap.fixedLeg(), -1), (swap.floatingLeg(), 1)):
        coupons = [ql.as_coupon(coupon) for coupon in leg]
        start, end = (np.array([d - today for d in dates]) for dates in (
            [c.accrualStartDate() for c in coupons], [c.date() for c in coupons],
        ))  # fmt: skip
        accrual = np.array([c.accrualPeriod() for c in coupons])
        rate = (
            projected_rates(curves, 0, 1, start / 365, end / 365, accrual)
            if sign > 0
            else SWAPS["10Y"] + 0.002
        )
        value += sign * np.sum(rate * accrual * discount_factors(curves, 0, 0, end / 365))
    assert abs(value) < 1e-11


def test_without_a_discount_curve_an_index_discounts_on_its_own():
    alone = bootstrap("EURIBOR6M", TODAY, quotes({}))
    assert alone.node_days.tolist() == bootstrap("EUR", TODAY, quotes({})).node_days.tolist()
    assert alone.zero_rates == pytest.approx(bootstrap("EUR", TODAY, quotes({})).zero_rates, abs=1e-12)


def test_one_quote_is_a_flat_curve_and_the_worked_example():
    curve = bootstrap("EUR", TODAY, [RateQuote("DEPOSIT_RATE", "6M", 0.02)])
    due = (date(2027, 5, 20) - DAY).days
    assert curve.node_days.tolist() == [due]
    spot, end = factors(curve, [2, due])
    assert end == pytest.approx(spot / (1 + 0.02 * 181 / 360), abs=1e-15)
    assert bootstrap("EUR", TODAY, [RateQuote("SWAP_RATE", "5Y", 0.02)]).node_days.size == 1


@pytest.mark.parametrize(("first", "slope"), [(-0.01, 0.0004), (0.0, 0.0), (-0.005, -0.0001), (0.42, -0.006)])
def test_negative_zero_and_high_rates(first, slope, today):
    swaps = {tenor: first + slope * int(tenor[:-1]) for tenor in SWAPS}
    curve = bootstrap("EUR", TODAY, quotes({"1M": first, "6M": first}, swaps))
    on = handle(curve, today)
    for tenor, rate in swaps.items():
        assert abs(par_swap("EUR", tenor, rate, index_of("EUR", 6, on), on).NPV()) < 1e-11


def test_of_a_deposit_and_a_swap_that_overlap_the_swap_counts():
    plain = bootstrap("EUR", TODAY, quotes())
    overlapping = bootstrap("EUR", TODAY, quotes({**DEPOSITS, "12M": 0.09, "1Y": 0.08, "18M": 0.07}))
    assert overlapping.node_days.tolist() == plain.node_days.tolist()
    assert overlapping.zero_rates.tolist() == plain.zero_rates.tolist()


def test_of_two_quotes_for_one_day_the_longer_unit_counts():
    months = bootstrap("EUR", TODAY, quotes({"1M": 0.0205}, {"2Y": 0.022}))
    # 21 business days after Friday 20 November are Monday 21 December, where a month ends too.
    both = bootstrap("EUR", TODAY, quotes({"21D": 0.09, "1M": 0.0205}, {"24M": 0.09, "2Y": 0.022}))
    assert both.node_days.tolist() == months.node_days.tolist()
    assert both.zero_rates.tolist() == months.zero_rates.tolist()


@pytest.mark.parametrize(
    ("symbol", "made_of", "problem"),
    [
        ("EUR", [RateQuote("SWAP_RATE", "1Q", 0.02)], "1Q"),
        ("EUR", [RateQuote("SWAP_RATE", "3W", 0.02)], "months or years for a swap"),
        ("EUR", [RateQuote("DEPOSIT_RATE", "SPOT", 0.02)], "after the spot date"),
        ("EUR", [RateQuote("DEPOSIT_RATE", "6M", -2.5)], "no rate to May 20th, 2027 fits"),
        ("MOONRATE3M", [RateQuote("SWAP_RATE", "2Y", 0.02)], "neither a currency nor a known rate index"),
    ],
)
def test_what_makes_no_curve_says_why(symbol, made_of, problem):
    curve = bootstrap(symbol, TODAY, [*quotes(), *made_of] if "Q" in problem else made_of)
    assert problem in curve.problem and curve.node_days.size == curve.zero_rates.size == 0


def test_a_projection_needs_its_discount_curve():
    curve = bootstrap("EURIBOR6M", TODAY, quotes(), failed_curve("EUR", TODAY, "no"))
    assert "discount curve EUR" in curve.problem


def test_the_evaluation_date_is_left_as_it_was():
    before = ql.Settings.instance().evaluationDate
    ql.Settings.instance().evaluationDate = ql.Date(7, 7, 2007)
    try:
        bootstrap("EUR", TODAY, quotes())
        bootstrap("EUR", TODAY, [RateQuote("DEPOSIT_RATE", "6M", -2.5)])
        assert ql.Settings.instance().evaluationDate == ql.Date(7, 7, 2007)
    finally:
        ql.Settings.instance().evaluationDate = before


def test_a_date_without_business_is_dealt_on_the_next_business_day():
    saturday, monday = (
        bootstrap("EUR", date(2026, 11, day).toordinal(), quotes({"6M": 0.02}, {})) for day in (21, 23)
    )
    assert saturday.node_days[0] == monday.node_days[0] + 2


def test_only_what_is_not_known_is_built():
    discount = CurveNeed("EUR", TODAY, tuple(quotes()), "d")
    projection = CurveNeed("EURIBOR6M", TODAY, tuple(quotes(shift=0.001)), "p", discount_digest="d")
    made = build_curves([discount, projection], {})
    assert list(made) == ["d", "p"]
    again = build_curves([discount, projection], {"d": made["d"]})
    assert list(again) == ["p"] and again["p"].zero_rates.tolist() == made["p"].zero_rates.tolist()
    assert build_curves([discount, projection], made) == {}
    rates = RateCurve("EUR", TODAY, np.array([10, 4000]), np.array([0.02, 0.02]))
    on_zero_rates = CurveNeed("EURIBOR6M", TODAY, tuple(quotes()), "z", discount_rates=rates)
    assert build_curves([on_zero_rates], {})["z"].problem == ""


@settings(max_examples=40)
@given(
    st.lists(st.floats(-0.01, 0.08), min_size=9, max_size=9),
    st.sampled_from(["EUR", "USD", "JPY", "SEK"]),
    st.integers(0, 2000),
)
def test_par_swaps_have_no_value_whatever_the_rates(rates, currency, later):
    """Σ r·τ·D + D(T) = D(s) with our factors, on QuantLib's schedule."""
    made_of = [RateQuote("SWAP_RATE", tenor, rate) for tenor, rate in zip(SWAPS, rates, strict=True)]
    curve = bootstrap(currency, TODAY + later, made_of)
    if curve.problem:
        assert "fits the quotes" in curve.problem  # steep curves of wild rates need not exist
        return
    terms = conventions(currency)
    calendar, today = quantlib_calendar(terms.calendar), ql.Date(TODAY + later - SERIAL)
    spot = calendar.advance(calendar.adjust(today), terms.spot_lag, ql.Days)
    for tenor, rate in zip(SWAPS, rates, strict=True):
        schedule = list(
            ql.Schedule(
                spot, spot + ql.Period(tenor), ql.Period(terms.fixed_months, ql.Months), calendar, ql.ModifiedFollowing,
                ql.ModifiedFollowing, ql.DateGeneration.Backward, False,
            )
        )  # fmt: skip
        count = COUNTS[terms.fixed_day_count]
        accruals = [count.yearFraction(*period) for period in pairwise(schedule)]
        paid = factors(curve, [day - today for day in schedule])
        assert rate * np.dot(accruals, paid[1:]) + paid[-1] == pytest.approx(paid[0], abs=1e-11)
