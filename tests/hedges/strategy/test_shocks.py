"""Shocks of the whole book: nothing moves without one, and a move is what plain formulas make of the run's numbers."""

import math
from decimal import Decimal

import pytest

from hedges.domain.strategy.shocks import Shock, movable, shocked_book
from hedges.models import ValuationResult
from tests.factories import book, every_kind, market, swaps
from tests.hedges.strategy.making import due, ready, sealed_night
from treasury.kernel.money import from_minor_units

pytestmark = pytest.mark.django_db


def sums(found, side):
    """Amounts and how many are without one, by entity and risk."""
    keys = zip(found.entity_id.tolist(), found.risk_id.tolist(), strict=True)
    return {
        key: (from_minor_units(int(side.minor[place]), found.currency[place]), int(side.undefined[place]))
        for place, key in enumerate(keys)
    }


def a_safe_bank(entity):
    """Neither side may fail, so that fair value is present value."""
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code, value="0")
    return bank


def test_without_a_shock_the_book_is_worth_what_the_run_says_to_the_cent():
    entity = every_kind.every_kind()
    sealed = sealed_night()
    stored = {}
    for row in ValuationResult.objects.filter(run_id=sealed.run_id):
        value, gone = stored.get((row.entity_id, row.risk_id), (Decimal(0), 0))
        known = row.fair_value_functional
        stored[row.entity_id, row.risk_id] = (value + (known or 0), gone + (known is None))
    assert len(stored) > 3
    assert sum(gone for _, gone in stored.values()) > 0
    # The second goes through a market that was rebuilt, not only where nothing was asked of it.
    for shock in (Shock({"USD": 0.0}), Shock({"USD": 1e-16})):
        found = shocked_book(sealed, [entity.pk], shock)
        for side in found.instruments:
            values = sums(found, side)
            assert {key: values[key] for key in stored} == stored
    assert found.exposures[0].minor.tolist() == found.exposures[1].minor.tolist()


def normal(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def option(way, forward, strike, factor, width):
    d1 = math.log(forward / strike) / width + width / 2
    return factor * way * (forward * normal(way * d1) - strike * normal(way * (d1 - width)))


def test_moves_are_those_of_plain_formulas():
    entity, risk = ready()
    until = due(200)
    book.exposure(1_000_000, of=entity, risk=risk, expected_date=until)
    book.forward(
        -600_000, of=entity, risk=risk, strike="0.9", settlement_date=until, counterparty=a_safe_bank(entity)
    )
    sealed = sealed_night()
    row = ValuationResult.objects.get(run_id=sealed.run_id)
    forward, factor, years = row.forward_rate, row.discount_factor, 200 / 365

    def worth(shock):
        found = shocked_book(sealed, [entity.pk], shock)
        side = [sums(found, one)[entity.pk, risk.pk] for one in (found.instruments[1], found.exposures[1])]
        assert [gone for _, gone in side] == [0, 0]
        return [float(value) for value, _ in side]

    for spot, rate in ((0.1, 0.0), (-0.2, 0.0), (0.0, 0.01), (0.05, -0.005)):
        moved, left = forward * (1 + spot), factor * math.exp(-rate * years)
        expected = [-600_000 * (moved - 0.9) * left, 1_000_000 * moved * left]
        assert worth(Shock({"USD": spot}, rate)) == pytest.approx(expected, abs=0.006), (spot, rate)
    assert worth(Shock({"GBP": 0.3})) == pytest.approx(worth(Shock({})), abs=0)


def test_volatility_moves_options_alone():
    entity, risk = ready()
    until, expiry = due(200), due(198)
    book.instrument(
        "OPTION", -500_000, of=entity, risk=risk, option_kind="PUT", option_side="BOUGHT", strike_rate=Decimal("0.9"),
        expiry_date=expiry, settlement_date=until, premium_amount=Decimal(-10_000), premium_currency_id="EUR",
        counter_amount=Decimal(450_000), counter_currency_id="EUR", counterparty=a_safe_bank(entity),
    )  # fmt: skip
    sealed = sealed_night()
    row = ValuationResult.objects.get(run_id=sealed.run_id)
    found = shocked_book(sealed, [entity.pk], Shock({}, 0.0, 0.02))
    before, after = (float(sums(found, side)[entity.pk, risk.pk][0]) for side in found.instruments)
    terms = (-1, row.forward_rate, 0.9, row.discount_factor)
    root = math.sqrt(198 / 365)
    assert before == pytest.approx(500_000 * option(*terms, row.implied_volatility * root), abs=0.006)
    assert after == pytest.approx(500_000 * option(*terms, (row.implied_volatility + 0.02) * root), abs=0.006)


def test_floating_interest_is_worth_nothing_before_a_move_and_loses_for_a_borrower_when_rates_rise():
    entity, _ = ready()
    index = swaps.rate_index()
    book.exposure(
        -2_000_000, of=entity, risk=index, kind="RECOGNISED_LIABILITY", expected_date=due(365), start_date=due(0),
        payment_months=6, spread_rate=Decimal("0.001"),
    )  # fmt: skip
    book.exposure(-5, of=entity, risk=index, kind="RECOGNISED_LIABILITY", expected_date=due(90))
    found = shocked_book(sealed_night(), [entity.pk], Shock({}, 0.01))
    (before, gone), (after, _) = (sums(found, side)[entity.pk, index.pk] for side in found.exposures)
    assert (before, gone) == (0, 1)  # interest without payment days has no value
    # Half of the year's interest is fixed today, the other half is 1 % dearer: about 2m × 1 % × half a year.
    assert float(after) == pytest.approx(-10_000, rel=0.15)


def test_what_can_move_is_every_currency_but_the_hub_and_every_price():
    ready()
    book.risk("GBPEUR")
    book.exposure(1, of=book.entity(), expected_date=due(9))
    currencies, prices, hub = movable(sealed_night().lookup)
    assert (currencies, prices, hub) == (["GBP", "USD"], ["WTI"], "EUR")
