"""The near leg of a roll: cover once, cash as the event says, no life of its own, taken back with the roll."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedges.domain import near_legs, trade_capture
from hedges.domain.ticket import send
from hedges.domain.trade_life import reversal, unwinding
from hedges.domain.trade_life.plan import next_version
from hedges.enums import LifeEventMethod
from hedges.models import InstrumentEvent, InstrumentVersion, InstrumentVersionApproval
from hedges.queries import candidates, columns, coming_days, instrument_life
from tests.factories import book, clock
from tests.hedges.domain.trade_life.lives import DUE, NOW, both, done, stands
from tests.hedges.domain.trade_life.rolls import at, live, rolled
from treasury.domain import approval
from treasury.domain.refusals import Refusal
from treasury.enums import Decision

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
METHODS = [(LifeEventMethod.AT_MARKET, "0.92", -12_000), (LifeEventMethod.HISTORIC_RATE, "0.9", 0)]


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def forward():
    return book.forward(-600_000, of=book.entity())


def first_of(instrument) -> InstrumentVersion:
    return InstrumentVersion.objects.get(instrument=instrument, version_number=1)


def days_of(version: InstrumentVersion) -> list[tuple]:
    rows = coming_days.coming(entity_ids=[version.entity_id], on=NOW, until=DUE + 400 * DAY)
    return [(row["day"], row["what"], row["amount"]) for row in rows if row["day"] <= DUE]


@pytest.mark.parametrize(("method", "rate", "paid"), METHODS)
def test_the_near_leg_and_the_old_trade_pay_what_the_event_says_and_once(forward, method, rate, paid):
    event = both(rolled(forward, method=method))
    near = first_of(event.near_leg)
    assert (near.kind, near.status, near.notional_amount) == ("FORWARD", "LIVE", 600_000)
    assert (near.trade_date, near.settlement_date, near.counterparty_id) == (
        NOW,
        DUE,
        forward.counterparty_id,
    )
    assert near.strike_rate == Decimal(rate)
    assert near.notional_amount + forward.notional_amount == 0
    assert near.counter_amount + forward.counter_amount == (event.cash_amount or 0) == paid
    assert near.approval.decision == Decision.APPROVED, "one decision is on all of them"
    assert near.instrument.external_reference == f"{forward.instrument.external_reference}-N1"
    assert days_of(forward) == ([(DUE, "CASH", paid)] if paid else [])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 30),
    st.integers(1, 40),
    st.integers(1, 100),
    st.integers(-9_999_999, 9_999_999).filter(bool),
)
def test_cover_is_counted_once_on_every_day(back, to_settlement, further, cents):
    dealt, settles = NOW - back * DAY, NOW - back * DAY + to_settlement * DAY
    last = settles + further * DAY
    of = book.entity()
    old = book.forward(Decimal(cents).scaleb(-2), of=of, strike="0.9", counter_amount=_counter(cents),
                       settlement_date=settles)  # fmt: skip
    event = both(rolled(old, on=dealt, settlement_date=last))
    for day in (dealt - DAY, dealt, settles - DAY, settles, settles + DAY, last):
        found = live(day)
        mine = [found.get(pk, 0) for pk in (old.instrument_id, event.near_leg_id, event.successor_id)]
        assert sum(mine) == cents, (day, mine)
        assert (mine[0] + mine[1] == 0) is (day >= dealt), "closed from the deal on"
        hedges = columns.live_instruments(at(day), by="entity_id")
        covers = dict(
            zip(hedges["instrument_id"].tolist(), near_legs.cover(hedges, at(day)).tolist(), strict=True)
        )
        by_side = {pk: covers.get(pk, 0) for pk in (old.instrument_id, event.near_leg_id, event.successor_id)}
        assert [size for size in by_side.values() if size] == [cents], "one trade covers, on one side"


def _counter(cents: int) -> Decimal:
    return (Decimal(-cents).scaleb(-2) * Decimal("0.9")).quantize(Decimal("0.01"))


def test_a_roll_on_the_settlement_day_has_nothing_to_close():
    old = book.forward(-600_000, of=book.entity(), settlement_date=NOW)
    event = both(rolled(old))
    assert (event.near_leg, event.cash_amount, event.cash_date) == (None, -12_000, NOW)
    assert sum(live(NOW).values()) == -60_000_000


def test_nothing_counts_before_the_second_person_and_nothing_after_a_no(forward):
    event = done(rolled(forward))
    assert live(NOW) == {forward.instrument_id: -60_000_000}
    with pytest.raises(Refusal, match="approve what happens to that one first"):
        approval.decide(
            versions=[first_of(event.near_leg)],
            approvals=InstrumentVersionApproval,
            actor=book.user("APPROVER"),
        )


def test_taking_the_roll_back_takes_the_near_leg_back(forward):
    event = both(rolled(forward))
    plan = reversal.plan(stands(forward, ended=True), event=event)
    names = [one.instrument.external_reference for one in plan.cancelled]
    assert names == [event.successor.external_reference, event.near_leg.external_reference]
    both(plan)
    for day in (NOW, DUE - DAY, DUE):
        assert live(day) == {forward.instrument_id: -60_000_000}
    assert days_of(forward) == [(DUE, "SETTLEMENT", 540_000)]
    again = both(rolled(forward))
    assert again.near_leg.external_reference.endswith("-N2")


def test_a_near_leg_has_no_life_of_its_own(forward):
    event = both(rolled(forward))
    near = first_of(event.near_leg)
    name = forward.instrument.external_reference
    with pytest.raises(Refusal, match=f"near leg of the roll of {name}"):
        stands(near)
    amended = next_version(near, counts_from=NOW, number=1, strike_rate=Decimal("0.93"))
    with pytest.raises(Refusal, match=f"near leg of the roll of {name}"):
        send.amend(version=amended, seen=near, counts_from=NOW, actor=book.user("TREASURER"), reason="x")
    assert instrument_life.closes(forward.instrument_id) is None


@pytest.mark.parametrize("terms", [{"strike_rate": Decimal("0.93")}, {"status": "CANCELLED"}])
def test_whoever_writes_the_database_approves_no_other_near_leg(forward, terms):
    near = first_of(both(rolled(forward)).near_leg)
    changed = next_version(near, counts_from=NOW, number=1, **terms)
    [version] = trade_capture.amend(versions=[changed], actor=book.user("TREASURER"), reason="by hand")
    with pytest.raises(Refusal, match="take the roll back instead"):
        approval.decide(versions=[version], approvals=InstrumentVersionApproval, actor=book.user("APPROVER"))


def test_the_database_takes_no_event_of_a_near_leg(forward):
    near = first_of(both(rolled(forward)).near_leg)
    plan = unwinding.plan(stands(book.forward(of=forward.entity)), on=NOW, rate=Decimal("0.93"))
    plan.event.instrument = near.instrument
    version = next_version(near, counts_from=NOW, number=1, status="UNWOUND")
    object.__setattr__(plan, "version", version)
    with pytest.raises(Refusal, match="settles with the trade that it closes"):
        done(plan)


@pytest.mark.parametrize(
    "change",
    [
        {"notional_amount": Decimal(600_001)},
        {"counter_amount": Decimal(-552_001)},
        {"settlement_date": DUE + DAY},
        {"valid_to": None},
        {"trade_date": NOW - DAY},
        {"counterparty": "other"},
    ],
)
def test_a_near_leg_that_is_not_the_opposite_of_the_old_trade_is_refused(forward, change):
    plan = rolled(forward)
    assert plan.near_leg is not None
    for name, value in change.items():
        setattr(plan.near_leg[1], name, book.counterparty() if value == "other" else value)
    with pytest.raises(Refusal, match="opposite of the old trade"):
        done(plan)


@pytest.mark.parametrize("taken", ["near_leg", "cancelled"])
def test_a_roll_without_its_near_leg_is_refused_and_so_is_taking_back_without_it(forward, taken):
    plan = rolled(forward)
    if taken == "near_leg":
        object.__setattr__(plan, "near_leg", None)
        with pytest.raises(Refusal, match="recorded with its near leg"):
            done(plan)
        assert not InstrumentEvent.objects.exists()
        return
    event = both(plan)
    back = reversal.plan(stands(forward, ended=True), event=event)
    object.__setattr__(back, "cancelled", back.cancelled[:1])
    with pytest.raises(Refusal, match="near leg is cancelled with it"):
        done(back)


def test_a_near_leg_is_offered_for_no_designation(forward):
    event = both(rolled(forward))
    offered = {row["thing_id"] for row in candidates.instruments(forward.entity_id, NOW)}
    assert event.successor_id in offered
    assert event.near_leg_id not in offered
