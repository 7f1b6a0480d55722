"""FX forwards, swaps, parity, options, payoffs and credit against QuantLib, on random grids.

Closed forms agree to 1e-9 of the number.
"""

import numpy as np
import pytest
import QuantLib as ql

from tests.treasury.quant.oracles import quantlib_market as market
from tests.treasury.quant.oracles.quantlib_market import NODE_DAYS, TODAY
from treasury.quant.curves.parity import parity_forward_rate
from treasury.quant.curves.zero import ZeroCurves, discount_factors, forward_rates
from treasury.quant.valuation.credit import credit_adjustment
from treasury.quant.valuation.fx_forward import fx_forward_value
from treasury.quant.valuation.fx_option import fx_option_unit_values, fx_option_value
from treasury.quant.valuation.fx_swap import fx_swap_value
from treasury.quant.valuation.option_payoff import option_payoff

CLOSED_FORM = 1e-9
GREEKS = ("delta", "gamma", "vega", "theta", "rho_base", "rho_quote")


@pytest.fixture(autouse=True)
def _day():
    with market.settings():
        yield


def assert_close(ours, theirs, scale, name):
    """Within 1e-9 of the number; a difference of amounts that nearly cancel within 1e-12 of those amounts."""
    ours, theirs, scale = (np.asarray(a, dtype=float) for a in (ours, theirs, scale))
    gap = np.abs(ours - theirs)
    worst = (gap - CLOSED_FORM * np.maximum(np.abs(theirs), 1e-3 * scale)).argmax()
    assert gap[worst] <= CLOSED_FORM * max(abs(theirs[worst]), 1e-3 * scale[worst]), (
        name, worst, ours[worst], theirs[worst],
    )  # fmt: skip


def quantlib_forward(handles, notional, strike, spot, days, settlement_days):
    forward = ql.FxForward(
        abs(notional), ql.EURCurrency(), ql.USDCurrency(), strike, TODAY + int(days), bool(notional < 0),
        settlement_days, market.NO_CALENDAR,
    )  # fmt: skip
    quote = ql.QuoteHandle(ql.SimpleQuote(spot))
    forward.setPricingEngine(ql.DiscountingFxForwardEngine(*handles, quote))
    return forward.npvTargetCurrency(), forward.fairForwardRate()


@pytest.mark.parametrize("spot_lag", [0, 2])
def test_fx_forwards_outright_and_their_value(spot_lag):
    """A spot rate is for the spot date: the forward runs from there, the discounting from today."""
    rng = np.random.default_rng(101 + spot_lag)
    rows = 1500
    rates = market.random_rates(rng, 2)
    handles = [market.zero_curve(series) for series in rates]
    notional = rng.choice([-1, 1], rows) * 10 ** rng.uniform(3, 9, rows)
    spot, strike = 10 ** rng.uniform(-1, 2, (2, rows))
    strike = spot * rng.uniform(0.8, 1.25, rows)
    days = rng.integers(spot_lag + 1, 3650, rows)
    theirs = np.array(
        [
            quantlib_forward(handles, *map(float, row), spot_lag)
            for row in zip(notional, strike, spot, days, strict=True)
        ]
    )
    curves = ZeroCurves(("EUR", "USD"), NODE_DAYS / 365, rates[None])
    today_spot = forward_rates(
        curves, spot, 0, 1, 0, spot_lag / 365
    )  # what the rate of the spot date is today
    forward = forward_rates(curves, today_spot, 0, 0, 1, days / 365)
    discount = discount_factors(curves, 0, 1, days / 365)
    value = fx_forward_value(notional, strike, forward, discount).present_value
    assert_close(forward, theirs[:, 1], np.zeros(rows), "forward rate")
    assert_close(value, theirs[:, 0], np.abs(notional) * (forward + strike) * discount, "value")


def test_fx_swaps_are_two_forwards_of_quantlib():
    rng = np.random.default_rng(103)
    rows = 500
    rates = market.random_rates(rng, 2)
    handles = [market.zero_curve(series) for series in rates]
    curves = ZeroCurves(("EUR", "USD"), NODE_DAYS / 365, rates[None])
    notional = rng.choice([-1, 1], rows) * 10 ** rng.uniform(5, 8, rows)
    spot = rng.uniform(0.5, 150, rows)
    strikes = spot * rng.uniform(0.9, 1.1, (2, rows))
    days = np.stack([rng.integers(1, 200, rows), rng.integers(201, 2000, rows)])
    sides = np.stack([-notional, notional])
    theirs = [
        [
            quantlib_forward(handles, *map(float, row), 0)[0]
            for row in zip(side, strike, spot, day, strict=True)
        ]
        for side, strike, day in zip(sides, strikes, days, strict=True)
    ]
    forward = forward_rates(curves, spot, 0, 0, 1, days / 365)
    discount = discount_factors(curves, 0, 1, days / 365)
    ours = fx_swap_value(
        sides[0], strikes[0], forward[0], discount[0], sides[1], strikes[1], forward[1], discount[1]
    )
    size = 4 * np.abs(notional) * spot
    assert_close(ours.first_leg_value, theirs[0], size, "near")
    assert_close(ours.second_leg_value, theirs[1], size, "far")
    assert_close(ours.present_value, np.add(*theirs), size, "both")


@pytest.mark.parametrize(
    ("word", "compounding"), [("continuous", ql.Continuous), ("annual", ql.Compounded), ("simple", ql.Simple)]
)
def test_parity_under_each_compounding(word, compounding):
    rng = np.random.default_rng(104)
    rows = 1000
    spot, base, quote = 10 ** rng.uniform(-2, 3, rows), *rng.uniform(-0.05, 0.3, (2, rows))
    years = rng.integers(0, 3650, rows) / 365
    factors = [
        [
            ql.InterestRate(float(rate), market.DAYS_365, compounding, ql.Annual).compoundFactor(float(time))
            for rate, time in zip(rates, years, strict=True)
        ]
        for rates in (base, quote)
    ]
    theirs = spot * np.divide(factors[1], factors[0])
    assert_close(parity_forward_rate(spot, base, quote, years, word), theirs, np.zeros(rows), word)


def quantlib_options(kind, spot, strike, base, quote, volatility, days):
    """Value and Greeks per row: one process whose quotes are moved, one option object a row."""
    quotes = [ql.SimpleQuote(1.0) for _ in range(4)]
    on_spot, on_base, on_quote, on_volatility = (ql.QuoteHandle(one) for one in quotes)
    process = ql.GarmanKohlagenProcess(
        on_spot,
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, on_base, market.DAYS_365)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, on_quote, market.DAYS_365)),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(TODAY, market.NO_CALENDAR, on_volatility, market.DAYS_365)
        ),
    )
    engine = ql.AnalyticEuropeanEngine(process)
    rows = []
    for row in zip(kind, strike, days, spot, base, quote, volatility, strict=True):
        for one, value in zip(quotes, row[3:], strict=True):
            one.setValue(float(value))
        side = ql.Option.Call if row[0] > 0 else ql.Option.Put
        payoff = ql.PlainVanillaPayoff(side, float(row[1]))
        option = ql.VanillaOption(payoff, ql.EuropeanExercise(TODAY + int(row[2])))
        option.setPricingEngine(engine)
        rows.append(
            (
                option.NPV(), option.delta(), option.gamma(), option.vega(), option.theta(),
                option.dividendRho(), option.rho(),
            )
        )  # fmt: skip
    return np.array(rows).T


def random_options(seed, rows):
    rng = np.random.default_rng(seed)
    kind = rng.choice([-1, 1], rows)
    spot = 10 ** rng.uniform(-2, 4, rows)
    days = np.concatenate([rng.integers(1, 30, rows // 4), rng.integers(30, 3650, rows - rows // 4)])
    volatility = rng.uniform(0.02, 0.9, rows)
    strike = spot * np.exp(rng.uniform(-2.5, 2.5, rows) * volatility * np.sqrt(days / 365))
    base, quote = rng.uniform(-0.05, 0.15, (2, rows))
    return kind, spot, strike, base, quote, volatility, days


def test_options_and_all_greeks():
    kind, spot, strike, base, quote, volatility, days = terms = random_options(105, 3000)
    theirs = quantlib_options(*terms)
    years = days / 365
    ours = fx_option_value(kind, 1e6, spot, strike, base, quote, volatility, years)
    assert_close(ours.present_value, 1e6 * theirs[0], 1e6 * spot, "present_value")
    sides = spot * np.exp(-base * years), strike * np.exp(-quote * years)
    alone = fx_option_unit_values(kind, *sides, volatility * np.sqrt(years))
    assert_close(alone, theirs[0], spot, "value alone")
    scales = (
        1.0, 1 / (spot * volatility * np.sqrt(years)), spot * np.sqrt(years), spot * volatility / np.sqrt(years),
        spot * years, spot * years,
    )  # fmt: skip
    for name, greek, scale in zip(GREEKS, theirs[1:], scales, strict=True):
        assert_close(getattr(ours, name), greek, np.broadcast_to(scale, spot.shape), name)


def test_collars_are_a_bought_and_a_sold_option():
    """A receivable's collar: a bought put and a sold call above it."""
    kind, spot, strike, base, quote, volatility, days = random_options(106, 600)
    upper = strike * 1.05
    theirs = (
        quantlib_options(-np.ones_like(kind), spot, strike, base, quote, volatility, days)[0]
        - quantlib_options(np.ones_like(kind), spot, upper, base, quote, volatility, days)[0]
    )
    both = fx_option_value(
        [[-1], [1]], [[1.0], [-1.0]], spot, np.stack([strike, upper]), base, quote, volatility, days / 365
    )
    assert_close(both.present_value.sum(axis=0), theirs, spot, "collar")


def test_payoffs_at_expiry():
    rng = np.random.default_rng(107)
    kind = rng.choice([-1, 1], 1000)
    strike, spot = rng.uniform(0.5, 2, (2, 1000))
    theirs = [
        ql.PlainVanillaPayoff(ql.Option.Call if k > 0 else ql.Option.Put, float(x))(float(s))
        for k, x, s in zip(kind, strike, spot, strict=True)
    ]
    assert_close(option_payoff(kind, 1, strike, 0.0, spot).payoff_rate, theirs, spot, "payoff")
    assert_close(option_payoff(kind, -1, strike, 0.0, spot).payoff_rate, np.negative(theirs), spot, "sold")


def test_credit_is_lost_with_the_default_probability_of_a_flat_hazard_rate():
    rng = np.random.default_rng(108)
    value = rng.normal(0, 1e6, 500)
    spreads = rng.uniform(0, 0.2, (2, 500))
    days = rng.integers(0, 7000, 500)
    lost = [
        [
            ql.FlatHazardRate(
                TODAY, ql.QuoteHandle(ql.SimpleQuote(float(s))), market.DAYS_365
            ).defaultProbability(TODAY + int(d))
            for s, d in zip(spread, days, strict=True)
        ]
        for spread in spreads
    ]
    ours = credit_adjustment(value, *spreads, days / 365)
    assert_close(ours.credit_value_adjustment, -np.maximum(value, 0) * lost[0], np.abs(value), "CVA")
    assert_close(ours.debit_value_adjustment, np.maximum(-value, 0) * lost[1], np.abs(value), "DVA")
