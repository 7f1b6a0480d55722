"""Programmes in a few numbers, each worked out again scenario by scenario."""

import numpy as np
import pytest

from hedges.domain.strategy.compare import outcome
from hedges.domain.strategy.months import month_book
from hedges.domain.strategy.plan import parse
from hedges.domain.strategy.priced import forward_rate, free_strike, premiums
from tests.factories import book
from tests.hedges.strategy.making import ready, sealed_night
from treasury.kernel.clock import add_months

pytestmark = pytest.mark.django_db
MOVES = np.array([-0.10, -0.02, 0.0, 0.03, 0.12])
AMOUNTS = {2: 1_000_000, 8: 500_000}


@pytest.fixture
def made():
    entity, risk = ready()
    for month, amount in AMOUNTS.items():
        book.exposure(amount, of=entity, risk=risk, expected_date=add_months(book.TODAY, month))
    book.forward(-200_000, of=entity, risk=risk, settlement_date=add_months(book.TODAY, 2))
    book.policy(of=entity, risk=risk, bands=[(0, 6, "0.5", "0.6", "0.7"), (6, 12, "0.7", "0.8", "0.9")])
    sealed = sealed_night()
    return sealed, month_book(sealed, entity.pk, risk.pk)


def run(made, word, moves=MOVES):
    sealed, months = made
    return outcome(sealed.lookup, months, parse(word), 6, moves, confidence_level=0.75, stale_after=10)


def spot_of(made):
    sealed, months = made
    day = np.array([sealed.as_of_date.toordinal()])
    return float(sealed.lookup.spot(np.array([months.risk]), day)[0])


def quantile(losses, level=0.75):
    ranked = sorted(losses)
    place = level * (len(ranked) - 1)
    low = int(place)
    return ranked[low] + (place - low) * (ranked[min(low + 1, len(ranked) - 1)] - ranked[low])


def test_forwards(made):
    found, spot = run(made, "static-60-forward"), spot_of(made)
    assert found.traded_now == -(400_000 + 300_000) * 100
    assert found.hedged_after == -900_000 * 100
    assert found.ratio_before == pytest.approx(200 / 1500)
    assert found.ratio_after == pytest.approx(0.6)
    assert (found.months_in_band, found.months_with_band) == (1, 2)
    sealed, months = made
    today = sealed.as_of_date.toordinal()
    forwards = [
        forward_rate(sealed.lookup, today, months.risk, add_months(book.TODAY, month).toordinal())
        for month in (2, 8)
    ]
    assert found.carry == pytest.approx(400_000 * (forwards[0] - spot) + 300_000 * (forwards[1] - spot))
    assert found.premium == 0
    results = [600_000 * spot * move for move in MOVES]
    assert found.value_at_risk == pytest.approx(quantile([-one for one in results]))
    assert (found.worst, found.best) == pytest.approx((min(results), max(results)))
    assert (found.dynamic, found.turnover) == (False, 0)


def test_options_and_collars(made):
    sealed, months = made
    spot, today = spot_of(made), sealed.as_of_date.toordinal()
    premium, caps = 0.0, []
    for month, size in ((2, 400_000), (8, 300_000)):
        day = add_months(book.TODAY, month).toordinal()
        forward = forward_rate(sealed.lookup, today, months.risk, day)
        at_forward, below = premiums(
            sealed.lookup, today, months.risk, -1, np.array([forward, 0.95 * forward]), day, 10
        ).premiums
        premium += size * at_forward
        caps.append(free_strike(sealed.lookup, today, months.risk, -1, below, forward, day, 10) / forward - 1)
    assert min(caps) > 0
    bought = run(made, "static-60-option")
    assert (bought.carry, bought.premium) == (0, pytest.approx(premium))
    results = [600_000 * spot * move + 700_000 * spot * max(move, 0) - premium for move in MOVES]
    assert (bought.worst, bought.best) == pytest.approx((min(results), max(results)))
    assert bought.value_at_risk == pytest.approx(quantile([-one for one in results]))
    collar = run(made, "static-60-collar")
    gains = [sum(size * spot * min(max(move, -0.05), cap) for size, cap in zip((400_000, 300_000), caps, strict=True))
             for move in MOVES]  # fmt: skip
    results = [600_000 * spot * move + gain for move, gain in zip(MOVES, gains, strict=True)]
    assert collar.premium == 0
    assert (collar.worst, collar.best) == pytest.approx((min(results), max(results)))


def test_nothing_added_keeps_the_book_and_a_missing_history_is_said(made):
    found = run(made, "none", MOVES[:0])
    assert found.traded_now == found.traded_in_all == 0
    assert found.ratio_before == found.ratio_after
    assert (found.value_at_risk, found.worst) == (None, None)
    assert "too_few_points" in found.reasons


def test_layers_that_roll_are_dynamic_and_turn_over(made):
    found = run(made, "layers-80x6-50x12-forward")
    assert found.ladder.trades[0].sum() == -(600_000 + 250_000) * 100
    # Five months on the later exposure is less than six months ahead: from 50 to 80 per cent.
    assert found.ladder.trades.sum(axis=1).tolist() == [-85_000_000, 0, 0, -15_000_000, 0, 0]
    assert found.dynamic is True
    # Hedged 1.05m for three months and 1.2m for three: 0.15m is traded after the first day, in half a year.
    assert found.turnover == pytest.approx(0.15 / ((1.05 + 1.2) / 2) / 0.5)
