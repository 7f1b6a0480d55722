"""What nights make of cancelled trades and of the rolls of non-deliverable forwards and futures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.trade_life import cancellation, reversal, roll_future
from hedges.models import HedgeRatioResult, ValuationResult
from tests.factories import book, hedged, market
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import both, stands
from tests.hedges.domain.trade_life.rolls import rolled

pytestmark = pytest.mark.django_db
TODAY = book.TODAY
LATER = date(2027, 4, 30)


@pytest.fixture
def entity():
    market.record()
    book.rule_pack()
    return book.entity()


def covered(run, of) -> tuple[Decimal, int]:
    row = HedgeRatioResult.objects.get(run=run, subject="ENTITY_RISK", entity=of)
    return row.derivative_amount, row.positions_hedged


def valued(run) -> dict[int, Decimal]:
    return dict(ValuationResult.objects.filter(run=run).values_list("instrument_id", "present_value"))


def test_a_cancelled_trade_is_in_no_later_night_not_even_of_a_day_before_and_in_those_that_were_published(
    entity,
):
    book.exposure(600_000, of=entity)
    kept, mistake = book.forward(-300_000, of=entity), book.forward(-300_000, of=entity)
    run = hedged.night()
    before = hedged.rows(run)
    assert covered(run, entity) == (-600_000, 1)
    event = both(cancellation.plan(stands(mistake)))
    again, earlier = hedged.night(new_revision=True), hedged.night(TODAY - timedelta(7))
    for one in (again, earlier):
        assert covered(one, entity) == (-300_000, 1)
        assert valued(one).keys() == {kept.instrument_id}
    assert valued(again)[kept.instrument_id] == valued(run)[kept.instrument_id]
    assert hedged.rows(run) == before, "what was published stays"
    both(reversal.plan(stands(mistake, ended=True), event=event))
    back = hedged.night(new_revision=True)
    assert (covered(back, entity), valued(back)) == (covered(run, entity), valued(run))


@pytest.mark.parametrize("settles_in", ["EUR", "USD"])
def test_a_rolled_non_deliverable_forward_covers_once_and_its_value_is_locked(entity, settles_in):
    book.exposure(-1_000_000, of=entity, expected_date=LATER)
    days = {"fixing_date": TODAY + timedelta(5), "settlement_date": TODAY + timedelta(7)}
    old = lives.non_deliverable(entity, settles_in, trade_date=TODAY - timedelta(90), **days)
    event = both(rolled(old, on=TODAY, settlement_date=LATER))
    run = hedged.night()
    assert covered(run, entity) == (1_000_000, 1)
    worth = valued(run)
    assert worth.keys() == {old.instrument_id, event.near_leg_id, event.successor_id}
    pair = ValuationResult.objects.get(run=run, instrument=old.instrument_id)
    assert abs(worth[old.instrument_id]) > 1000, "alone it moves with the market"
    locked = worth[old.instrument_id] + worth[event.near_leg_id]
    assert locked == pytest.approx(Decimal(20_000) * Decimal(pair.discount_factor), abs=Decimal("0.02"))


def test_a_rolled_future_covers_once_from_the_day_of_the_roll(entity):
    future = lives.future(entity)
    book.exposure(-5000, of=entity, risk=future.risk, expected_date=date(2027, 3, 1))
    last = future.contract.last_trade_date
    after = book.futures_contract(future.risk, last_trade_date=last + timedelta(31))
    market.record(
        *[("FUTURES_PRICE", code, "SPOT", TODAY, Decimal(price), "TEST", False)
          for code, price in ((future.contract.code, "70.5"), (after.code, "71.3"))]
    )  # fmt: skip
    event = both(roll_future.plan(
        stands(future), on=TODAY, near_rate=Decimal("70.5"), far_rate=Decimal("71.1"), contract=after
    ))  # fmt: skip
    run = hedged.night()
    assert covered(run, entity) == (5000, 1)
    assert valued(run).keys() == {event.successor_id}
