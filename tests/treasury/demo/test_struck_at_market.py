"""The demo's quotes give back the market that they were made of, and its deals are at that market on their day."""

from datetime import date

import numpy as np
import pytest

from treasury.demo.company.book import instruments
from treasury.demo.company.deals import DEALER_MARGIN
from treasury.demo.company.market_needs import company_quotes
from treasury.demo.market import curves, fixings, fx, rate_quotes
from treasury.demo.market.reference_rates import business_date
from treasury.quant.curves.bootstrap import build_curves
from treasury.quant.curves.needs import curve_needs
from treasury.quant.curves.zero import discount_factors, zero_rates
from treasury.quant.market import Market, Quotes, forward_rates, market

TRADES = [
    spec.terms for spec in instruments().values() if spec.kind in ("FORWARD", "NON_DELIVERABLE_FORWARD")
]
DAYS = sorted({terms["trade_date"] for terms in TRADES})


def market_on(days: list[date]) -> Market:
    """The market of the quotes of some days."""
    columns = company_quotes()
    chosen = np.flatnonzero(np.isin(columns.quote_date, np.array(days, dtype="datetime64[D]")))
    keys: dict[tuple[str, str, str, float | None], int] = {}
    series = [
        keys.setdefault(key, len(keys))
        for key in zip(
            columns.kind[chosen],
            columns.symbol[chosen],
            columns.tenor[chosen],
            columns.moneyness[chosen],
            strict=True,
        )
    ]
    dates = np.array([day.toordinal() for day in columns.quote_date[chosen].tolist()], dtype=np.int64)
    quotes = Quotes(list(keys), np.array(series, dtype=np.int64), dates, columns.value[chosen])
    needs = curve_needs(quotes)
    made = build_curves(needs, {})
    assert {curve.problem for curve in made.values()} == {""}
    return market(
        quotes, [made[need.digest] for need in needs], {"BRENT": "USD", "WTI": "USD", "US500": "USD"}
    )


@pytest.fixture(scope="module")
def made() -> Market:
    return market_on([*DAYS[::6], business_date()])


@pytest.mark.parametrize("symbol", [*rate_quotes.QUOTED_CURRENCIES, *fixings.INDICES])
def test_bootstrapped_curves_come_back_near_the_stylised_ones(made: Market, symbol: str) -> None:
    currency, spread = symbol, 0.0
    first = 1 / 52
    if symbol in fixings.INDICES:
        currency, tenor, _ = fixings.INDICES[symbol]
        spread, first = fixings.TENOR_SPREADS[symbol], curves.TENOR_YEARS[tenor] + 0.02
    years = np.array([year for year in (1 / 52, *curves.YEARS) if year >= first])
    day = business_date()
    found = zero_rates(made.curves, made.position(day.toordinal()), made.curves.currency_index(symbol), years)
    wanted = [curves.zero_rate(currency, day, year) + spread for year in years]
    assert np.abs(found - wanted).max() < 0.5e-4


def test_forwards_are_struck_at_the_forward_of_the_quotes(made: Market) -> None:
    """But for the bank's margin, and what the curve bends between two pillars; two deals are off on purpose."""
    distances = []
    for terms in TRADES:
        day, base, quote = terms["trade_date"], terms["risk"][:3], terms["risk"][3:]
        if day not in DAYS[::6]:
            continue
        market_rate = forward_rates(
            made,
            day.toordinal(),
            fx.spot_rate(base, quote, day),
            terms["settlement_date"].toordinal(),
            made.implied([base])[0],
            made.implied([quote])[0],
            (fx.spot_date(base, quote, day) - day).days,
        )
        distances.append(abs(float(terms["strike_rate"]) / float(market_rate) - 1))
    assert len(distances) > 15
    assert np.median(distances) < 1.1 * DEALER_MARGIN
    assert sum(distance > 1.5 * DEALER_MARGIN for distance in distances) <= 2


def test_the_basis_is_in_the_implied_curves_and_not_in_the_discount_curves(made: Market) -> None:
    row, day = made.position(business_date().toordinal()), business_date()
    for currency in ("USD", "JPY"):
        spot = (fx.spot_date("EUR", currency, day) - day).days / 365
        own, implied = made.discount([currency])[0], made.implied([currency])[0]
        assert own != implied
        # From the spot date on: before it an implied curve is the euro's.
        spot_factor, factor = (
            discount_factors(made.curves, row, implied, years)
            / discount_factors(made.curves, row, own, years)
            for years in (spot, 1.0)
        )
        gap = -np.log(float(factor) / float(spot_factor)) / (1.0 - spot)
        assert gap == pytest.approx(fx.basis_between(currency, "EUR", day), abs=0.2e-4)


def test_every_dealing_day_has_curves_of_its_own() -> None:
    quotes = company_quotes()
    for kind in ("ZERO_RATE", "SWAP_RATE", "FORWARD_POINTS"):
        quoted = {day.toordinal() for day in quotes.quote_date[quotes.kind == kind].tolist()}
        assert {day.toordinal() for day in DAYS} <= quoted
