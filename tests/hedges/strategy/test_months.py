"""Months of a book against sums over its own rows, and the ladder's ends on them."""

from decimal import Decimal

import numpy as np
import pytest

from hedges.domain.strategy.months import month_book
from hedges.domain.strategy.plan import parse
from tests.factories import book
from tests.hedges.strategy.making import due, ready, sealed_night
from treasury.kernel.clock import add_months

pytestmark = pytest.mark.django_db


def month_of(day):
    return next(month for month in range(200) if day < add_months(book.TODAY, month + 1))


def test_months_hold_what_is_due_in_them_with_the_band_of_their_distance():
    entity, risk = ready()
    exposures, hedges = {}, {}
    for days, amount in ((5, 100), (40, 200), (45, -50), (400, 70)):
        book.exposure(amount, of=entity, risk=risk, expected_date=due(days))
        exposures[month_of(due(days))] = exposures.get(month_of(due(days)), 0) + amount
    for days, amount in ((44, -80), (500, -5)):
        book.forward(amount, of=entity, risk=risk, settlement_date=due(days))
        hedges[month_of(due(days))] = amount
    item = book.exposure(-30, of=entity, risk=risk, kind="RECOGNISED_LIABILITY", expected_date=due(40))
    book.instrument(
        "NATURAL_OFFSET", -30, of=entity, risk=risk, offset_exposure=item.exposure, settlement_date=due(40)
    )
    hedges[month_of(due(40))] = hedges.get(month_of(due(40)), 0) - 30
    book.exposure(999, of=book.entity(), risk=risk, expected_date=due(5))
    book.exposure(999, of=entity, risk=book.risk("GBPEUR"), expected_date=due(5))
    book.policy(of=entity, risk=risk, bands=[(0, 6, "0.7", "0.8", "0.9"), (6, 12, "0.2", "0.4", "0.6")])
    found = month_book(sealed_night(), entity.pk, risk.pk)
    assert found.count == month_of(due(500)) + 1
    for month in range(found.count):
        assert found.exact(found.exposure[month]) == Decimal(exposures.get(month, 0)), month
        assert found.exact(found.hedge[month]) == Decimal(hedges.get(month, 0)), month
    assert found.target[:12].tolist() == [0.8] * 6 + [0.4] * 6
    assert np.isnan(found.target[12:]).all()
    place = month_of(due(40))
    assert place == month_of(due(45))
    expected = (200 * due(40).toordinal() + 50 * due(45).toordinal()) / 250
    assert abs(found.due[place] - expected) <= 0.5


@pytest.mark.parametrize(
    "word, shares",
    [
        ("static-60-forward", {0: 0.6, 7: 0.6, 13: 0.6}),
        ("rolling-50x8-forward", {0: 0.5, 7: 0.5, 13: 0.0}),
        ("layers-80x6-50x12-20x18-forward", {0: 0.8, 7: 0.5, 13: 0.2}),
        ("target-forward", {0: 0.8, 7: 0.4, 13: 0.0}),
        ("none", {0: 0.0, 7: 0.0, 13: 0.0}),
    ],
)
def test_what_a_plan_reaches_now_and_at_its_end(word, shares):
    entity, risk = ready()
    for month in shares:
        book.exposure(1_000, of=entity, risk=risk, expected_date=add_months(book.TODAY, month))
    book.policy(of=entity, risk=risk, bands=[(0, 6, "0.7", "0.8", "0.9"), (6, 12, "0.2", "0.4", "0.6")])
    found = month_book(sealed_night(), entity.pk, risk.pk)
    plan = parse(word)
    assert parse(plan.word) == plan
    ladder = plan.of(found, 14)
    for month, share in shares.items():
        assert -ladder.hedges[0, month] == pytest.approx(share * found.exposure[month]), month
    first = max(shares.values()) if plan.rolls else shares[13]
    assert -ladder.hedges[13, 13] == pytest.approx(first * found.exposure[13])


def test_an_entity_and_risk_without_anything_has_no_months():
    entity, risk = ready()
    book.exposure(5, of=book.entity(), risk=risk, expected_date=due(9))
    found = month_book(sealed_night(), entity.pk, risk.pk)
    assert found.count == 0
    assert parse("layers-80x6-forward").of(found, 3).trades.shape == (3, 0)
    assert parse("target-forward").of(found, 3).ratios.size == 3
