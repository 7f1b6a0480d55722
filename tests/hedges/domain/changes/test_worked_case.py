"""Rules section 5: per unit +2, then +3, on 100 units, then 80: 200, then 440 and not 80 × 5 = 400."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain.measurement.book import read
from hedges.domain.measurement.measure import measure
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from tests.factories import book, changes, clock

pytestmark = pytest.mark.django_db
FIRST_CHANGE, LATER = date(2026, 6, 1), date(2026, 9, 1)


def measured(version, on):
    with clock.at(on):
        sealed = inputs_now(on)
        found = measure(sealed, read(Shard.of_one(sealed, version.relationship_id).at))
    assert found.known.all()
    return {name: Decimal(int(values[0])) / 100 for name, values in found.amounts.items()}


def dollars(bought=100, item=-100):
    of = book.entity()
    exposure = book.exposure(item, of=of, kind="HIGHLY_PROBABLE_FORECAST")
    forward = book.forward(bought, of=of, strike="10", counterparty=changes.sound_bank(of))
    return book.relationship(of=of, items=[(exposure, item)], instruments=[(forward, bought)])


def test_what_is_booked_is_not_scaled_anew():
    version = dollars()
    change = changes.rebalanced(version, instrument=80, on=FIRST_CHANGE)
    told = change.effect["measured"]
    assert (told["on"], told["currency"], told["reserve"]) == ("2026-06-01", "EUR", "200.00")
    assert told["amounts"]["cumulative_change_instrument"] == {"before": "200.00", "after": "200.00"}
    assert told["amounts"]["no_longer_designated_amount"] == {"before": "0.00", "after": "40.00"}
    assert change.effect["hedge_ratio"] == {"before": "1", "after": "0.8"}
    changes.approve(change, on=FIRST_CHANGE)
    before, after = measured(version, FIRST_CHANGE), measured(version, LATER)
    assert before["cumulative_change_instrument"] == 200
    assert after["cumulative_change_instrument"] == 440
    assert after["cumulative_change_hypothetical"] == 500
    assert (after["reserve_balance"], after["cumulative_ineffectiveness"]) == (440, 0)


def test_more_of_the_item_has_its_own_hypothetical():
    """100 of the item run from the beginning, 25 more from the change: 2 × 100, then 5 × 100 + 3 × 25."""
    of = book.entity()
    exposure = book.exposure(-125, of=of)
    forward = book.forward(100, of=of, strike="10", counterparty=changes.sound_bank(of))
    version = book.relationship(of=of, items=[(exposure, -100)], instruments=[(forward, 100)])
    changes.approve(changes.rebalanced(version, item=-125, on=FIRST_CHANGE), on=FIRST_CHANGE)
    assert measured(version, FIRST_CHANGE)["cumulative_change_hypothetical"] == 200
    assert measured(version, LATER)["cumulative_change_hypothetical"] == 575
    assert measured(version, LATER)["cumulative_change_instrument"] == 500


def test_a_partial_stop_keeps_the_hypothetical_of_the_rest():
    version = dollars()
    exposure, forward = changes.items(version)[0], changes.instruments(version)[0]
    changes.exposure_says(exposure, on=FIRST_CHANGE, exposure_amount=Decimal(-60))
    kept = {"items": {exposure: Decimal(-60)}, "instruments": {forward: Decimal(60)}}
    change = changes.stopped(version, "NO_LONGER_EXPECTED", on=FIRST_CHANGE, **kept)
    assert change.effect["measured"]["reclassified_at_once"] == "80.00"
    assert change.effect["measured"]["waits_in_reserve"] == "120.00"
    changes.approve(change, on=FIRST_CHANGE)
    after = measured(version, LATER)
    assert after["cumulative_change_hypothetical"] == 2 * 100 + 3 * 60
    assert after["cumulative_change_instrument"] == 2 * 100 + 3 * 60
    assert (after["cumulative_reclassified"], after["reserve_balance"]) == (80, 300)


def test_a_forecast_that_is_still_expected_waits_and_one_that_is_not_goes_at_once():
    version = dollars()
    exposure = changes.items(version)[0]
    changes.exposure_says(exposure, on=FIRST_CHANGE, kind="FORECAST")
    stop = changes.stopped(version, "NO_LONGER_HIGHLY_PROBABLE", on=FIRST_CHANGE)
    told = stop.effect["measured"]
    assert (told["reclassified_at_once"], told["waits_in_reserve"]) == ("0.00", "200.00")
    changes.approve(stop, on=FIRST_CHANGE)
    assert measured(version, LATER)["reserve_balance"] == 200
    other = dollars()
    changes.exposure_says(changes.items(other)[0], on=FIRST_CHANGE, status="CANCELLED")
    told = changes.stopped(other, "NO_LONGER_EXPECTED", on=FIRST_CHANGE).effect["measured"]
    assert (told["reclassified_at_once"], told["waits_in_reserve"]) == ("200.00", "0.00")
