import numpy as np
import pytest

from tests.treasury.quant.market.rows import DAY, quotes, rates
from treasury.kernel.errors import InputError
from treasury.quant.curves.volatility import implied_volatilities
from treasury.quant.curves.zero import zero_rates
from treasury.quant.market import market
from treasury.quant.scenario import shifted

ROWS = [
    *[("FX_SPOT", "EURUSD", "SPOT", day, 1.1 + day / 100) for day in (0, 1, 4)],
    ("FX_SPOT", "EURGBP", "SPOT", 0, 0.85),
    *[row for day in (0, 4) for row in rates("EUR", day, ("1M", 0.02 + day / 1000), ("1Y", 0.022))],
    *rates("USD", 1, ("1M", 0.04), ("1Y", 0.038)),
    ("FORWARD_POINTS", "EURUSD", "1Y", 1, 0.02),
    ("IMPLIED_VOLATILITY", "EURUSD", "1M", 0, 0.08),
    ("IMPLIED_VOLATILITY", "EURGBP", "1M", 0, 0.05),
    ("PRICE", "BRENT", "SPOT", 1, 70.0),
    ("FUTURES_PRICE", "BRENTZ26", "SPOT", 1, 72.0),
    ("RATE_FIXING", "EURIBOR6M", "SPOT", 1, 0.025),
    ("CREDIT_SPREAD", "BANK", "SPOT", 1, 0.01),
]


@pytest.fixture
def found():
    return market(quotes(ROWS))


def cross(of, day):
    return of.cross(DAY + day, of.spot.names["USD"], of.spot.names["EUR"])


def rate(of, name, day, years=0.7):
    return zero_rates(of.curves, of.position(DAY + day), of.curve.names[name], years)


def volatility(of, pair, day):
    place = of.volatility.names[pair]
    return implied_volatilities(of.volatilities, of.position(DAY + day), place, 0.0, 0.5)


def test_without_a_shock_the_day_is_as_it_was(found):
    for day in (1, 2, 4, 9):
        same = shifted(found, DAY + day)
        assert same.dates[-1] == DAY + day
        for name in found.curve.names:
            assert rate(same, name, day) == rate(found, name, day)
        assert cross(same, day) == cross(found, day) and volatility(same, "EURUSD", day) == volatility(
            found, "EURUSD", day
        )
        for table in ("spot", "curve", "volatility", "prices", "futures", "fixings", "spreads"):
            one, other = getattr(same, table), getattr(found, table)
            places = np.arange(len(one.names))
            for on in (day, 0, 1):
                if on <= day:
                    assert (
                        same.age(one, DAY + on, places).tolist()
                        == found.age(other, DAY + on, places).tolist()
                    )


def test_each_shock_moves_what_it_should(found):
    hit = shifted(found, DAY + 2, spot_factor=1.1, rate_shift=0.01, volatility_shift=-0.06)
    assert cross(hit, 2) == pytest.approx(1.1 * cross(found, 2), rel=1e-15)
    assert hit.spot.values[-1, hit.spot.names["EUR"]] == 1.0  # the hub
    for name in ("EUR", "USD", "USD*"):
        assert rate(hit, name, 2) == pytest.approx(rate(found, name, 2) + 0.01, abs=1e-16)
    assert rate(hit, "-", 2) == 0.0
    assert volatility(hit, "EURUSD", 2) == pytest.approx(0.02, rel=1e-14)
    assert volatility(hit, "EURGBP", 2) == 0.0  # never below nothing
    assert hit.value(hit.prices, DAY + 2, 0) == pytest.approx(77.0) and hit.value(
        hit.futures, DAY + 2, 0
    ) == pytest.approx(79.2)
    assert hit.value(hit.fixings, DAY + 2, 0) == 0.025 and hit.value(hit.spreads, DAY + 2, 0) == 0.01
    assert cross(found, 2) == 1 / 1.11  # the market itself stays


def test_a_mapping_shocks_what_it_names(found):
    hit = shifted(
        found,
        DAY + 4,
        spot_factor={"USD": 0.9, "BRENT": 1.2},
        rate_shift={"USD": 0.02},
        volatility_shift={"EURGBP": 0.01},
    )
    assert cross(hit, 4) == pytest.approx(0.9 * cross(found, 4), rel=1e-15)
    assert hit.spot.values[-1, hit.spot.names["GBP"]] == found.spot.values[-1, found.spot.names["GBP"]]
    assert (
        hit.value(hit.prices, DAY + 4, 0) == pytest.approx(84.0)
        and hit.value(hit.futures, DAY + 4, 0) == 72.0
    )
    assert rate(hit, "USD", 4) == pytest.approx(rate(found, "USD", 4) + 0.02) and rate(hit, "EUR", 4) == rate(
        found, "EUR", 4
    )
    assert volatility(hit, "EURGBP", 4) == pytest.approx(0.06) and volatility(hit, "EURUSD", 4) == 0.08


def test_of_other_days_only_those_that_are_kept_have_curves(found):
    hit = shifted(found, DAY + 4, rate_shift=0.01, keep=[DAY + 1, DAY + 2])
    for day in (1, 2):
        assert rate(hit, "EUR", day) == rate(found, "EUR", day) and cross(hit, day) == cross(found, day)
        assert volatility(hit, "EURUSD", day) == volatility(found, "EURUSD", day)
    assert np.isnan(rate(hit, "EUR", 0)) and cross(hit, 0) == cross(found, 0)
    assert hit.curves.zero_rates.shape[0] < found.dates.size + 2
    assert rate(hit, "EUR", 9) == rate(hit, "EUR", 4)


def test_a_shock_of_a_shocked_market_adds_up(found):
    once = shifted(shifted(found, DAY + 4, rate_shift=0.01), DAY + 4, rate_shift=0.01)
    assert rate(once, "EUR", 4) == pytest.approx(rate(found, "EUR", 4) + 0.02)


@pytest.mark.parametrize(
    ("shock", "field"),
    [
        ({"spot_factor": {"XXX": 1.1}}, "spot_factor"),
        ({"rate_shift": {"XXX": 0.01}}, "rate_shift"),
        ({"volatility_shift": {"XXX": 0.01}}, "volatility_shift"),
        ({"keep": [DAY + 4]}, "keep"),
    ],
)
def test_names_that_are_not_there_are_refused(found, shock, field):
    with pytest.raises(InputError, match=field):
        shifted(found, DAY + 4, **shock)
    with pytest.raises(InputError, match="day"):
        shifted(found, DAY - 1)
