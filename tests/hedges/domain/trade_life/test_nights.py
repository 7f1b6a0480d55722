"""What a night makes of the life of a trade, and that a night that was published stays as it was."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hedges.domain.changes.demanded import demanded
from hedges.domain.trade_life import exercise, partial_settlement, reversal, unwinding
from hedges.enums import LifeEventMethod
from hedges.models import HedgeRatioResult, InstrumentVersion, ValuationResult
from tests.factories import book, hedged, market
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import both, stands
from tests.hedges.domain.trade_life.rolls import rolled

pytestmark = pytest.mark.django_db
TODAY = book.TODAY


@pytest.fixture
def entity():
    market.record()
    return hedged.hedged_book(1)


def covered(run, entity):
    return HedgeRatioResult.objects.get(run=run, subject="ENTITY_RISK", entity=entity).derivative_amount


def valued(run):
    return dict(ValuationResult.objects.filter(run=run).values_list("instrument_id", "present_value"))


def test_a_part_is_gone_from_the_next_night_and_a_past_one_does_not_move(entity):
    forward = InstrumentVersion.objects.get(kind="FORWARD")
    run = hedged.night()
    before, kept = hedged.night_rows_of(run), hedged.rows(run)
    both(partial_settlement.plan(stands(forward), on=TODAY, amount=Decimal(150_000)))
    assert hedged.night_rows_of(run) == before
    assert hedged.rows(run) == kept
    again = hedged.night(new_revision=True)
    assert (covered(run, entity), covered(again, entity)) == (-600_000, -450_000)
    assert abs(valued(again)[forward.instrument_id] * 4 - valued(run)[forward.instrument_id] * 3) <= Decimal(
        "0.04"
    )
    assert demanded(entity, TODAY)[0].lost[0].amount == -150_000


def test_a_roll_leaves_the_hedge_in_force_to_its_date_and_the_new_trade_is_valued(entity):
    forward = InstrumentVersion.objects.get(kind="FORWARD")
    event = both(rolled(forward, on=TODAY))
    run = hedged.night()
    assert {forward.instrument_id, event.near_leg_id, event.successor_id} <= valued(run).keys()
    assert demanded(entity, TODAY) == [], "a rollover is no expiration"
    assert demanded(entity, forward.settlement_date + timedelta(1)) == []


def test_an_option_that_is_exercised_is_the_forward_that_follows(entity):
    put = lives.option(entity, expiry_date=TODAY, settlement_date=TODAY + timedelta(4))
    run = hedged.night()
    both_counted = covered(run, entity)
    event = both(exercise.plan(stands(put), on=TODAY, method=LifeEventMethod.PHYSICAL))
    again = hedged.night(new_revision=True)
    assert put.instrument_id in valued(run)
    assert put.instrument_id not in valued(again)
    assert event.successor_id in valued(again)
    assert covered(again, entity) == both_counted, "cover is counted once, before and after"


def test_what_was_taken_back_is_valued_as_if_it_had_not_been(entity):
    forward = InstrumentVersion.objects.get(kind="FORWARD")
    run = hedged.night()
    event = both(unwinding.plan(stands(forward), on=TODAY, rate=Decimal("0.93")))
    gone = hedged.night(new_revision=True)
    assert forward.instrument_id not in valued(gone)
    assert demanded(entity, TODAY)
    both(reversal.plan(stands(forward, ended=True), event=event))
    back = hedged.night(new_revision=True)
    assert valued(back) == valued(run)
    assert demanded(entity, TODAY) == []
