"""Protection of one exposure: prices against the plain formula, the free collar against its own premiums."""

import math
from itertools import pairwise

import numpy as np
import pytest

from hedges.domain.strategy.frontier import HISTORICAL, SIMULATED, frontier, scenarios
from hedges.domain.strategy.priced import premiums
from hedges.domain.strategy.protect import COLLAR, FORWARD, OPEN, OPTION, protection
from hedges.domain.strategy.variance import minimum_variance
from tests.factories import book, market
from tests.hedges.strategy.making import due, ready, sealed_night
from tests.hedges.strategy.test_shocks import option

pytestmark = pytest.mark.django_db
DAYS = 182


def priced(amount=1_000_000, **fields):
    _, risk = ready()
    book.risk("GBPEUR")
    book.exposure(1, of=book.entity(), risk=risk, expected_date=due(9))
    sealed = sealed_night()
    look, today = sealed.lookup, sealed.as_of_date.toordinal()
    told = {
        "strike": None,
        "collar_strike": None,
        "sold_strike": None,
        "reach": 0.2,
        "steps": 5,
        "stale_after": 10,
    } | fields
    found = protection(look, today, int(look.position(risk.pk)), amount, today + DAYS, **told)
    return sealed, risk, found, {way.name: way for way in found.ways}


@pytest.mark.parametrize("amount", [1_000_000, -1_000_000])
def test_each_way_is_priced_and_ends_as_the_formulas_say(amount):
    _, _, found, ways = priced(amount)
    way = 1 if amount > 0 else -1
    spot = 1 / float(market.usd_per_eur(0))
    # Flat curves of 2 % and 4 %, from the spot date (two business days on) to the day.
    assert found.spot == pytest.approx(spot)
    assert found.forward == pytest.approx(spot * math.exp(-0.02 * (DAYS - 4) / 365), rel=1e-12)
    factor, years = math.exp(-0.02 * DAYS / 365), (DAYS - 2) / 365
    premium = option(-way, found.forward, found.forward, factor, 0.1 * math.sqrt(years))
    bought, collar = ways[OPTION], ways[COLLAR]
    assert bought.cost == pytest.approx(1_000_000 * premium, rel=1e-6)
    assert bought.volatility == pytest.approx(0.1)
    assert bought.bound == pytest.approx(found.forward - way * premium)
    assert bought.beats_forward_at == pytest.approx(found.forward + way * premium)
    assert bought.beats_open_at == pytest.approx(found.forward - way * premium)
    assert collar.cost == pytest.approx(0, abs=1e-3)
    assert collar.strike == pytest.approx(found.forward * (1 - way * 0.05))
    width = 0.1 * math.sqrt(years)
    floor = option(-way, found.forward, collar.strike, factor, width)
    assert option(way, found.forward, collar.sold_strike, factor, width) == pytest.approx(floor, rel=1e-5)
    for place, rate in enumerate(found.scenarios.tolist()):
        assert ways[OPEN].rates[place] == rate
        assert ways[FORWARD].rates[place] == found.forward
        exercised = max(rate, found.forward) if way > 0 else min(rate, found.forward)
        assert bought.rates[place] == pytest.approx(exercised - way * premium)
    assert ways[FORWARD].worst == ways[FORWARD].best == pytest.approx(amount * found.forward)
    assert (ways[OPEN].worst, ways[OPEN].best) == pytest.approx(
        tuple(sorted((amount * spot * 0.8, amount * spot * 1.2)))
    )


@pytest.mark.parametrize("amount, strike", [(1_000_000, 0.87), (-1_000_000, 0.95)])
def test_the_sold_option_of_a_free_collar_costs_what_the_bought_one_does(amount, strike):
    sealed, risk, found, ways = priced(amount, collar_strike=strike)
    way, collar = (1 if amount > 0 else -1), ways[COLLAR]
    look, today = sealed.lookup, sealed.as_of_date.toordinal()
    place = int(look.position(risk.pk))
    paid, brought = (
        premiums(look, today, place, kind, np.array([level]), today + DAYS, 10).premiums[0]
        for kind, level in ((-way, strike), (way, collar.sold_strike))
    )
    assert brought == pytest.approx(paid, rel=1e-5)
    assert way * collar.sold_strike > way * found.forward
    low, high = sorted((strike, collar.sold_strike))
    assert collar.rates == pytest.approx(
        [min(max(rate, low), high) for rate in found.scenarios.tolist()], abs=1e-6
    )


def test_a_strike_that_no_sold_option_pays_for_has_no_collar_and_says_why():
    *_, ways = priced(collar_strike=2.0)
    assert ways[COLLAR].cost is None
    assert ways[COLLAR].reason == "no_strike"
    assert ways[OPTION].cost is not None


def test_without_a_surface_an_option_has_a_reason_and_the_forward_stands():
    ready()
    risk = book.risk("GBPEUR")
    book.exposure(1, of=book.entity(), risk=risk, expected_date=due(9))
    sealed = sealed_night()
    look, today = sealed.lookup, sealed.as_of_date.toordinal()
    found = protection(look, today, int(look.position(risk.pk)), 5.0, today + 90, strike=None, collar_strike=None,
                       sold_strike=None, reach=0.1, steps=3, stale_after=10)  # fmt: skip
    ways = {way.name: way for way in found.ways}
    assert (ways[OPTION].cost, ways[OPTION].reason) == (None, "missing_data")
    assert ways[COLLAR].reason == "missing_data"
    assert ways[FORWARD].bound == pytest.approx(found.forward)


def test_scenarios_and_the_frontier_over_them():
    sealed, risk, *_ = priced()
    look, today = sealed.lookup, sealed.as_of_date.toordinal()
    place = int(look.position(risk.pk))
    history = scenarios(look, today, place, today + 28, method=HISTORICAL, draws=0, seed=0, stale_after=10)
    weekly = [1 / float(market.usd_per_eur(week)) for week in range(market.WEEKS)][::-1]
    plain = [weekly[-1] * weekly[at + 4] / weekly[at] for at in range(len(weekly) - 4)]
    assert history.rates == pytest.approx(plain)
    assert scenarios(
        look, today, place, today + 7 * 70, method=HISTORICAL, draws=0, seed=0, stale_after=10
    ).reason == ("too_few_points")
    drawn = scenarios(look, today, place, today + 28, method=SIMULATED, draws=200, seed=3, stale_after=10)
    assert drawn.volatility == pytest.approx(0.1)
    shares = np.array([0.0, 0.5, 1.0])
    found = frontier(
        1000.0, history, shares, cost_per_unit=0.001, risk_measure="value_at_risk", confidence_level=0.9
    )
    mean = sum(plain) / len(plain)
    losses = sorted(history.forward - rate for rate in plain)
    spot = 0.9 * (len(losses) - 1)
    low = int(spot)
    value = losses[low] + (spot - low) * (losses[low + 1] - losses[low])
    saved = 1000 * (history.forward - mean) - 1000 * 0.001
    assert found.frontier.expected_cost_amount[0] == pytest.approx([-share * saved for share in shares])
    assert found.frontier.risk_amount[0] == pytest.approx([(1 - share) * 1000 * value for share in shares])
    deviation = math.sqrt(sum((rate - mean) ** 2 for rate in plain) / (len(plain) - 1))
    assert found.deviation == pytest.approx([1000 * deviation, 500 * deviation, 0])
    assert np.isnan(found.curve.savings_to_loss_ratio[0, 2])


def test_minimum_variance_is_the_slope_of_the_weekly_changes():
    sealed, risk, *_ = priced()
    pound = book.risk("GBPEUR")
    look, today = sealed.lookup, sealed.as_of_date.toordinal()
    places = [int(look.position(one.pk)) for one in (risk, pound)]
    told = {
        "currency": "EUR",
        "weeks": 40,
        "every": 2,
        "window": 10,
        "returns": True,
        "confidence_level": 0.95,
    }
    found = minimum_variance(look, today, *places, **told)
    levels = [
        [1 / float(rate(week)) for week in range(0, 41, 2)][::-1]
        for rate in (market.usd_per_eur, market.gbp_per_eur)
    ]
    x, y = ([b / a - 1 for a, b in pairwise(one)] for one in (levels[1], levels[0]))

    def slope(xs, ys):
        mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
        return sum((a - mx) * (b - my) for a, b in zip(xs, ys, strict=True)) / sum((a - mx) ** 2 for a in xs)

    assert found.whole.slope[0] == pytest.approx(slope(x, y))
    assert found.windows.hedge_ratio[0] == pytest.approx(
        [slope(x[at : at + 10], y[at : at + 10]) for at in range(11)]
    )
    assert (
        found.whole.slope_confidence_lower[0] < found.whole.slope[0] < found.whole.slope_confidence_upper[0]
    )
    assert minimum_variance(look, today, *places, **(told | {"weeks": 400})).exposed.size == 37
    none = minimum_variance(look, today, *places, **(told | {"weeks": 2}))
    assert (none.windows, none.reasons[0]) == (None, "too_few_points")
