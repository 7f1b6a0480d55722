"""Cancelling a trade that was a mistake: every kind, by two persons, refused where something hangs on it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.trade_life import cancellation, exercise, margin, novation, reversal, unwinding
from hedges.enums import InstrumentKind, LifeEventMethod
from hedges.models import InstrumentEvent, InstrumentVersion
from hedges.queries import coming_days, instrument_life
from tests.factories import accounting, book, clock, market, swaps
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW, approved, both, done, stands
from tests.hedges.domain.trade_life.rolls import live, rolled
from treasury.domain.refusals import Refusal
from treasury.enums import Decision
from treasury.queries.known import Point, applicable

pytestmark = pytest.mark.django_db
ENDED = {"ended": True}


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def entity():
    return book.entity()


@pytest.fixture
def forward(entity):
    return book.forward(-600_000, of=entity)


def cancelled(version: InstrumentVersion) -> InstrumentEvent:
    return both(cancellation.plan(stands(version)))


def of_kind(kind: str, of) -> InstrumentVersion:
    match kind:
        case "FORWARD":
            return book.forward(of=of)
        case "NON_DELIVERABLE_FORWARD":
            return lives.non_deliverable(of)
        case "FUTURE":
            return lives.future(of)
        case "OPTION":
            return lives.option(of)
        case "FX_SWAP":
            return book.forward(
                of=of, near_settlement_date=NOW, near_rate=Decimal("0.91"), near_counter_amount=Decimal(-546_000),
                kind="FX_SWAP",
            )  # fmt: skip
        case "INTEREST_RATE_SWAP":
            return swaps.interest_rate_swap(of=of)
        case "CROSS_CURRENCY_SWAP":
            return swaps.cross_currency_swap(of=of)
    item = book.exposure(-60_000, of=of, kind="RECOGNISED_LIABILITY")
    return book.instrument("NATURAL_OFFSET", -60_000, of=of, offset_exposure=item.exposure)


@pytest.mark.parametrize("kind", [kind for kind in InstrumentKind.values if kind != "FX_SWAP"])
def test_every_kind_is_cancelled_counts_from_no_day_on_and_is_taken_back(entity, kind):
    trade = of_kind(kind, entity)
    pk, days = trade.instrument_id, (trade.trade_date, NOW)
    before = [live(day).get(pk) for day in days]
    assert any(before)
    event = done(cancellation.plan(stands(trade)))
    assert [live(day).get(pk) for day in days] == before, "nothing counts before the second person"
    approved(event)
    assert [live(day).get(pk) for day in days] == [None, None]
    assert (event.kind, event.event_date, event.cash_amount) == ("CANCELLATION", NOW, None)
    assert event.version.change_reason.startswith("Cancelled on 2026-10-30: ")
    far = NOW + timedelta(900)
    assert coming_days.coming(entity_ids=[entity.pk], on=NOW, until=far, instrument_id=pk) == []
    with pytest.raises(Refusal, match="has ended already"):
        stands(trade)
    both(reversal.plan(stands(trade, **ENDED), event=event))
    assert [live(day).get(pk) for day in days] == before
    assert [row["state"] for row in instrument_life.of(pk, known_at=None)] == ["COUNTS", "TAKEN_BACK"]


def test_what_was_known_before_still_shows_it(forward):
    with clock.at(NOW + timedelta(1)):
        cancelled(forward)

    def known(at):
        found = applicable(
            InstrumentVersion.objects.filter(instrument=forward.instrument_id), parent="instrument",
            at=Point(NOW, at),
        )  # fmt: skip
        return found.get().status

    recorded = InstrumentEvent.objects.get().recorded_at
    assert known(recorded - timedelta(hours=1)) == "LIVE"
    assert known(None) == "CANCELLED"


def test_a_trade_that_was_amended_or_has_matured_is_cancelled_from_its_first_day(entity):
    short = book.forward(of=entity, settlement_date=NOW - timedelta(10))
    event = cancelled(short)
    assert event.version.valid_from == short.valid_from
    assert live(NOW - timedelta(20)) == {}


def test_one_that_was_rejected_can_be_tried_again_and_one_person_is_not_enough(forward):
    event = done(cancellation.plan(stands(forward)))
    with pytest.raises(Refusal, match="waits for a decision"):
        stands(forward)
    approved(event, Decision.REJECTED)
    assert live(NOW) == {forward.instrument_id: -60_000_000}
    cancelled(forward)
    assert live(NOW) == {}


def designated(forward, **fields):
    item = book.exposure(600_000, of=forward.entity)
    return book.relationship(
        of=forward.entity, items=[(item, 600_000)], instruments=[(forward, -600_000)], **fields
    )


@pytest.mark.parametrize("hedge_type", ["CASH_FLOW", "ECONOMIC"])
def test_a_designated_trade_is_not_cancelled_and_the_relationship_is_named(forward, hedge_type):
    code = designated(forward, hedge_type=hedge_type).relationship.code
    with pytest.raises(Refusal, match=f"was designated in {code}: what has hedged is not cancelled. Unwind"):
        cancellation.plan(stands(forward))


def test_a_designation_that_waits_is_to_be_rejected_first(forward):
    version = designated(forward, approve=False)
    with pytest.raises(Refusal, match="waits for a decision: have that rejected first"):
        cancellation.plan(stands(forward))
    from hedges.domain import relationship_approval

    relationship_approval.reject(versions=[version], actor=book.user("APPROVER"), comment="a mistake")
    cancelled(forward)
    assert live(NOW) == {}


def test_the_close_that_has_measured_it_is_named(forward):
    version = designated(forward)
    accounting.closed_month(forward.entity, date(2026, 1, 1), measured=[accounting.measurement(version)])
    with pytest.raises(Refusal, match="and the close of 2026-01 has measured it"):
        cancellation.plan(stands(forward))


def test_what_has_happened_is_taken_back_first(forward):
    event = both(novation.plan(stands(forward), on=NOW, counterparty=book.counterparty()))
    with pytest.raises(Refusal, match="was novated on 2026-10-30: take that back first"):
        cancellation.plan(stands(forward))
    both(reversal.plan(stands(forward), event=event))
    cancelled(forward)
    assert live(NOW) == {}


def test_a_trade_that_follows_goes_with_what_it_follows_from(forward, entity):
    event = both(rolled(forward))
    new = InstrumentVersion.objects.get(instrument=event.successor)
    name = forward.instrument.external_reference
    with pytest.raises(Refusal, match=rf"follows from what happened to {name} on 2026-10-30 \(rolled\)"):
        cancellation.plan(stands(new))
    put = lives.option(entity)
    delivered = both(exercise.plan(stands(put), on=put.expiry_date, method=LifeEventMethod.PHYSICAL))
    with pytest.raises(Refusal, match="exercised"):
        cancellation.plan(stands(InstrumentVersion.objects.get(instrument=delivered.successor)))


def test_margin_that_was_paid_goes_back_by_unwinding_not_by_cancelling(entity):
    future = lives.future(entity)
    days = {26: "69.1", 27: "68.8"}

    def priced(day, price):
        market.record(
            (
                "FUTURES_PRICE",
                future.contract.code,
                "SPOT",
                date(2026, 10, day),
                Decimal(price),
                "TEST",
                False,
            )
        )

    for day, price in days.items():
        priced(day, price)
    margin.record_due(up_to=NOW)
    with pytest.raises(
        Refusal, match=r"Margin of 2 days is on record of T\d+, \+1,500.00 USD in all"
    ) as said:
        cancellation.plan(stands(future))
    assert "Unwind it on its trade date 2026-10-26 at its entry price" in str(said.value)
    event = both(unwinding.plan(stands(future), on=date(2026, 10, 26), rate=Decimal("68.5")))
    priced(30, "70")
    margin.record_due(up_to=NOW)
    paid = sum(InstrumentEvent.objects.filter(kind="MARGIN").values_list("cash_amount", flat=True))
    assert (event.cash_amount, paid) == (0, 0), "what the refusal says works"


def test_taking_back_says_which_terms_come_back(entity):
    from hedges.domain import trade_capture
    from hedges.domain.trade_life.plan import next_version
    from hedges.models import InstrumentVersionApproval
    from treasury.domain import approval

    forward = book.forward(of=entity)
    amended = next_version(forward, counts_from=NOW - timedelta(30), number=1, strike_rate=Decimal("0.91"))
    [second] = trade_capture.amend(versions=[amended], actor=book.user("TREASURER"), reason="0.91")
    approval.decide(versions=[second], approvals=InstrumentVersionApproval, actor=book.user("APPROVER"))
    event = cancelled(forward)
    assert event.version.valid_from == forward.valid_from, (
        "all of it is gone, also what counted before the amendment"
    )
    assert live(NOW - timedelta(60)) == {}
    back = reversal.plan(stands(forward, **ENDED), event=event)
    assert "terms of version 2 then count from the first day on" in back.notes[0]


def test_a_leg_of_a_structure_says_that_the_other_one_stays(entity):
    put = lives.option(entity, structure_reference="COLLAR-1")
    assert cancellation.plan(stands(put)).notes == [
        "It is a leg of COLLAR-1: the other leg stays until it is cancelled too."
    ]
