import numpy as np
import pytest
import QuantLib as ql

from treasury.quant.codes import Reason
from treasury.quant.valuation.fx_option import fx_option_value

FIELDS = ("unit_value", "delta", "gamma", "vega", "theta", "rho_base", "rho_quote")


def quantlib(kind, spot, strike, base, quote, volatility, days):
    today = ql.Date(13, 6, 2025)
    ql.Settings.instance().evaluationDate = today
    count, calendar = ql.Actual365Fixed(), ql.NullCalendar()
    process = ql.GarmanKohlagenProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        ql.YieldTermStructureHandle(ql.FlatForward(today, base, count)),
        ql.YieldTermStructureHandle(ql.FlatForward(today, quote, count)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, calendar, volatility, count)),
    )
    side = ql.Option.Call if kind > 0 else ql.Option.Put
    option = ql.VanillaOption(ql.PlainVanillaPayoff(side, strike), ql.EuropeanExercise(today + days))
    option.setPricingEngine(ql.AnalyticEuropeanEngine(process))
    return [
        option.NPV(),
        option.delta(),
        option.gamma(),
        option.vega(),
        option.theta(),
        option.dividendRho(),
        option.rho(),
    ]


def test_quantlib_agrees_on_value_and_greeks():
    rng = np.random.default_rng(2)
    rows = 200
    kind = rng.choice([-1, 1], rows)
    spot, moneyness = rng.uniform(0.5, 150, rows), rng.uniform(0.8, 1.25, rows)
    base, quote = rng.uniform(-0.02, 0.12, rows), rng.uniform(-0.02, 0.12, rows)
    volatility, days = rng.uniform(0.05, 0.5, rows), rng.integers(20, 1000, rows)
    ours = fx_option_value(kind, 1, spot, spot * moneyness, base, quote, volatility, days / 365)
    table = np.array([getattr(ours, name) for name in FIELDS]).T
    for i in range(rows):
        theirs = quantlib(
            int(kind[i]),
            spot[i],
            float(spot[i] * moneyness[i]),
            base[i],
            quote[i],
            volatility[i],
            int(days[i]),
        )
        scale = spot[i] * np.array([1, 1 / spot[i], 1 / spot[i] ** 2, 1, 1, 1, 1])
        assert np.abs(table[i] - theirs) == pytest.approx(0, abs=1e-9 * scale.max())
        assert table[i][0] == pytest.approx(theirs[0], rel=1e-9, abs=1e-12 * spot[i])
        assert table[i][2] == pytest.approx(theirs[2], rel=1e-9)


def test_call_less_put_is_the_forward():
    rng = np.random.default_rng(3)
    spot, strike = rng.uniform(0.5, 2, 500), rng.uniform(0.5, 2, 500)
    base, quote, volatility, years = (
        rng.uniform(low, high, 500) for low, high in ((-0.02, 0.1), (-0.02, 0.1), (0, 0.5), (0, 5))
    )
    rest = (spot, strike, base, quote, volatility, years)
    call, put = fx_option_value(1, 1, *rest), fx_option_value(-1, 1, *rest)
    forward = spot * np.exp(-base * years) - strike * np.exp(-quote * years)
    assert np.abs(call.unit_value - put.unit_value - forward).max() < 1e-14
    assert np.abs(call.delta - put.delta - np.exp(-base * years)).max() < 1e-14
    assert np.abs(call.gamma - put.gamma).max() < 1e-9
    assert (call.unit_value >= 0).all()
    assert (call.time_value >= -1e-15).all()
    assert np.allclose(call.intrinsic_value + call.time_value, call.unit_value, rtol=0, atol=1e-16)


def test_the_sold_side_is_the_negative():
    bought = fx_option_value(1, 5e6, 1.1, 1.12, 0.02, 0.04, 0.09, 0.7)
    sold = fx_option_value(1, -5e6, 1.1, 1.12, 0.02, 0.04, 0.09, 0.7)
    assert sold.present_value == -bought.present_value
    assert sold.unit_value == bought.unit_value > 0
    assert bought.present_value == 5e6 * bought.unit_value


@pytest.mark.parametrize(("volatility", "years"), [(0.0, 0.5), (0.1, 0.0), (0.0, 0.0)])
def test_without_uncertainty_an_option_is_worth_its_intrinsic_value(volatility, years):
    strikes = np.array([1.0, 1.2])
    call = fx_option_value(1, 1, 1.1, strikes, 0.02, 0.04, volatility, years)
    forward_value = 1.1 * np.exp(-0.02 * years) - strikes * np.exp(-0.04 * years)
    assert call.unit_value == pytest.approx(np.maximum(forward_value, 0), abs=1e-15)
    assert call.delta.tolist() == [np.exp(-0.02 * years), 0.0]
    assert call.gamma.tolist() == [0.0, 0.0]
    assert call.vega.tolist() == [0.0, 0.0]
    assert call.theta[0] == pytest.approx(
        0.02 * 1.1 * np.exp(-0.02 * years) - 0.04 * np.exp(-0.04 * years), abs=1e-15
    )
    assert call.time_value == pytest.approx([0, 0], abs=1e-15)
    assert call.reasons.tolist() == [0, 0]


def test_greeks_approach_those_without_uncertainty():
    near, at = (fx_option_value([1, -1], 1, 1.1, [1.0, 1.2], 0.02, 0.04, v, 0.5) for v in (1e-4, 0.0))
    for name in FIELDS:
        assert getattr(near, name) == pytest.approx(getattr(at, name), abs=1e-9), name


def test_the_kink_is_undefined_with_its_reason():
    value = fx_option_value(1, 1, 1.1, 1.1, 0.03, 0.03, [0.0, 0.1, 0.0], [0.0, 0.0, 1.0])
    assert value.unit_value.tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(
        [value.delta, value.gamma, value.vega, value.theta, value.rho_base, value.rho_quote]
    ).all()
    assert (value.reasons == int(Reason.AT_THE_KINK)).all()


def test_intrinsic_value_forward_and_spot_based():
    args = (1, 1, 1.2, 1.1, 0.02, 0.05, 0.1, 1.0)
    forward, spot = fx_option_value(*args), fx_option_value(*args, spot_intrinsic=True)
    assert forward.intrinsic_value == pytest.approx(1.2 * np.exp(-0.02) - 1.1 * np.exp(-0.05), rel=1e-14)
    assert spot.intrinsic_value == pytest.approx(0.1, rel=1e-14)
    assert spot.unit_value == forward.unit_value


def test_rows_do_not_depend_on_their_order():
    rng = np.random.default_rng(4)
    columns = rng.uniform(0.5, 2, (7, 1001))
    kind = rng.choice([-1, 1], 1001)
    whole = fx_option_value(
        kind, *columns[:2], columns[2], columns[3] / 10, columns[4] / 10, columns[5] / 5, columns[6]
    )
    order = rng.permutation(1001)[:333]
    moved = columns[:, order]
    part = fx_option_value(
        kind[order], *moved[:2], moved[2], moved[3] / 10, moved[4] / 10, moved[5] / 5, moved[6]
    )
    for name in ("present_value", *FIELDS):
        assert np.array_equal(getattr(whole, name)[order], getattr(part, name)), name
