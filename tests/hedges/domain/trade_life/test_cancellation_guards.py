"""What the database refuses of cancellations, ends and rolls, whoever writes; two persons at one trade take turns."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction

from hedges.domain import designation, trade_capture
from hedges.domain.trade_life import cancellation, ending, novation, unwinding
from hedges.domain.trade_life.plan import next_version
from hedges.domain.trade_life.record import record
from hedges.models import (
    HedgeRelationship,
    Instrument,
    InstrumentAllocation,
    InstrumentEvent,
    InstrumentVersion,
    InstrumentVersionApproval,
)
from tests.factories import book, clock, market
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW, approved, both, done, stands
from tests.hedges.domain.trade_life.rolls import rolled
from tests.hedges.domain.trade_life.test_guards import written
from treasury.domain import approval
from treasury.domain.refusals import Refusal

DAY = timedelta(1)
CANCEL = {"kind": "CANCELLATION"}


@pytest.fixture
def forward(db):
    with clock.at(NOW):
        yield book.forward(-600_000, of=book.entity())


def gone(version, **terms):
    return {"terms": {"status": "CANCELLED"} | terms, "counts_from": version.valid_from}


def test_a_cancellation_cancels_keeps_the_terms_and_begins_with_the_first_day(forward):
    for told, words in (
        (gone(forward, status="UNWOUND"), "a cancellation cancels its trade"),
        (gone(forward, strike_rate=Decimal("0.91")), "keeps the terms"),
        (gone(forward) | {"counts_from": forward.valid_from + DAY}, "counts from no day on"),
        (gone(forward, valid_to=NOW), "counts from no day on"),
    ):
        with pytest.raises(Refusal, match=words):
            written(forward, **CANCEL, **told)
    with pytest.raises(Refusal, match="cancelled by a cancellation, not by what happens"):
        written(forward, kind="UNWINDING", **gone(forward))
    assert not InstrumentEvent.objects.exists()


def test_nothing_may_hang_on_what_is_cancelled(forward):
    item = book.exposure(600_000, of=forward.entity)
    hedge = book.forward(of=forward.entity)
    book.relationship(of=forward.entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)])
    with pytest.raises(Refusal, match="what has hedged is unwound, not cancelled"):
        written(hedge, **CANCEL, **gone(hedge))
    both(novation.plan(stands(forward), on=NOW, counterparty=book.counterparty()))
    last = InstrumentVersion.objects.get(instrument=forward.instrument_id, version_number=2)
    with pytest.raises(Refusal, match="take that back first"):
        written(last, **CANCEL, **gone(forward))
    other = book.forward(of=forward.entity)
    new = InstrumentVersion.objects.get(instrument=both(rolled(other)).successor)
    with pytest.raises(Refusal, match="follows from another trade"):
        written(new, **CANCEL, **gone(new))


def test_a_future_with_margin_is_not_cancelled_not_even_margin_of_meanwhile(forward):
    future = lives.future(forward.entity)
    event = done(cancellation.plan(stands(future)))
    market.record(("FUTURES_PRICE", future.contract.code, "SPOT", NOW, Decimal("69.1"), "TEST", False))
    from hedges.domain.trade_life import margin

    assert margin.record_due(up_to=NOW) == 1
    with pytest.raises(Refusal, match=r"variation margin of .* is on record: unwind it instead"):
        approved(event)
    other = lives.future(forward.entity, contract=future.contract)
    margin.record_due(up_to=NOW)
    with pytest.raises(Refusal, match="variation margin"):
        written(other, **CANCEL, **gone(other))


def test_what_was_designated_while_the_cancellation_waited_is_not_cancelled(forward):
    event = done(cancellation.plan(stands(forward)))
    item = book.exposure(600_000, of=forward.entity)
    book.relationship(of=forward.entity, items=[(item, 600_000)], instruments=[(forward, -600_000)])
    with pytest.raises(Refusal, match="what has hedged is unwound, not cancelled"):
        approved(event)


def test_whoever_writes_a_version_approves_no_cancellation_without_its_event(forward):
    changed = next_version(forward, counts_from=forward.valid_from, number=1, status="CANCELLED")
    [version] = trade_capture.amend(versions=[changed], actor=book.user("TREASURER"), reason="by hand")
    with pytest.raises(Refusal, match="a trade is cancelled by a cancellation"):
        approval.decide(versions=[version], approvals=InstrumentVersionApproval, actor=book.user("APPROVER"))


def test_only_natural_offsets_end_and_on_the_day_of_the_event(forward):
    loan = book.exposure(-600_000, of=forward.entity, kind="RECOGNISED_LIABILITY")
    offset = book.instrument("NATURAL_OFFSET", -600_000, of=forward.entity, offset_exposure=loan.exposure)
    ends = {"terms": {"status": "UNWOUND"}}
    with pytest.raises(Refusal, match="not what happens"):
        written(forward, kind="ENDING", **ends)
    for kind in ("UNWINDING", "NOVATION", "PARTIAL_SETTLEMENT"):
        with pytest.raises(Refusal, match="not what happens"):
            written(offset, kind=kind, **ends)
    with pytest.raises(Refusal, match="ends on the day of the event"):
        written(offset, kind="ENDING", counts_from=NOW + DAY, **ends)
    both(ending.plan(stands(offset), on=NOW))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "FORWARD", "fixing_date": None, "settlement_currency": None}, "its kind, risk and side"),
        (
            {"notional_amount": Decimal(-1_000_000), "counter_amount": Decimal(926_000)},
            "its kind, risk and side",
        ),
        ({"settlement_date": NOW + 7 * DAY, "fixing_date": NOW + 7 * DAY}, "later trade"),
        ({"trade_date": NOW - DAY}, "dealt on the day of the roll"),
    ],
)
def test_a_roll_is_followed_by_its_like(forward, change, words):
    old = lives.non_deliverable(forward.entity, fixing_date=NOW + 5 * DAY, settlement_date=NOW + 7 * DAY)
    plan = rolled(old)
    assert plan.successor is not None
    for name, value in change.items():
        for one in plan.successor if name == "kind" else plan.successor[1:]:
            setattr(one, name, value)
    with pytest.raises(Refusal, match=words):
        done(plan)
    assert not InstrumentEvent.objects.exists()


@pytest.mark.parametrize("settles_in", ["EUR", "USD"])
@pytest.mark.parametrize(
    "change",
    [
        {"counter_amount": Decimal("-920000.01")}, {"fixing_date": NOW + 6 * DAY}, {"kind": "FORWARD"},
        {"notional_amount": Decimal(-1_000_001)},
    ],
)  # fmt: skip
def test_the_near_leg_of_a_non_deliverable_forward_is_its_opposite(forward, settles_in, change):
    old = lives.non_deliverable(
        forward.entity, settles_in, fixing_date=NOW + 5 * DAY, settlement_date=NOW + 7 * DAY
    )
    plan = rolled(old)
    assert plan.near_leg is not None
    for name, value in change.items():
        if name == "counter_amount":
            value = plan.near_leg[1].counter_amount + Decimal("0.01")
        for one in plan.near_leg if name == "kind" else plan.near_leg[1:]:
            setattr(one, name, value)
    if change.get("kind"):
        plan.near_leg[1].fixing_date = plan.near_leg[1].settlement_currency_id = None
    with pytest.raises(Refusal, match="opposite of the old trade"):
        done(plan)


def test_the_cash_of_a_roll_that_settles_in_the_base_unit_is_that_of_its_near_rate(forward):
    old = lives.non_deliverable(
        forward.entity, "USD", fixing_date=NOW + 5 * DAY, settlement_date=NOW + 7 * DAY
    )
    plan = rolled(old)
    plan.event.cash_amount += Decimal("0.03")
    with pytest.raises(Refusal, match="pay what the event says"):
        done(plan)


def test_a_future_that_is_rolled_ends_on_the_day(forward):
    future = lives.future(forward.entity)
    for told, words in (
        ({"terms": {"status": "SETTLED"}}, "a future on the day of the roll"),
        ({"terms": {"status": "UNWOUND"}, "counts_from": NOW + DAY}, "a future on the day of the roll"),
        ({"terms": {"status": "UNWOUND"}}, "followed by a later trade"),
    ):
        with pytest.raises(Refusal, match=words):
            written(future, kind="ROLL", **told)


def raced(*acts) -> list[str]:
    """What each was refused with, all at once, in connections of their own."""
    gate = Barrier(len(acts))

    def one(act):
        try:
            gate.wait(20)
            act()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_cancelling_and_another_verb_at_once_one_counts(committed_db):
    of = book.entity()
    with clock.at(NOW):
        trade = book.forward(of=of)
        people = [book.user("TREASURER") for _ in range(4)]
        plans = [cancellation.plan(stands(trade)), unwinding.plan(stands(trade), on=NOW, rate=Decimal("0.93")),
                 novation.plan(stands(trade), on=NOW, counterparty=book.counterparty()), rolled(trade)]  # fmt: skip
    answers = raced(*[
        lambda plan=plan, person=person: record(plan, actor=person, reason="at once")
        for plan, person in zip(plans, people, strict=True)
    ])  # fmt: skip
    assert answers.count("") == 1, answers
    assert InstrumentEvent.objects.count() == 1


def draft_of(trade, item):
    return book.unsaved_relationship(
        of=trade.entity, items=[(item, 600_000)], instruments=[(trade, -600_000)], designation_date=NOW,
        hedge_type="ECONOMIC",
    )  # fmt: skip


def prepared(of):
    trade, item = book.forward(of=of), book.exposure(600_000, of=of)
    people = book.user("APPROVER"), book.user("HEDGE_ACCOUNTANT")
    return trade, done(cancellation.plan(stands(trade))), draft_of(trade, item), people


def decide(event, approver):
    from hedges.domain import book_approval
    from treasury.enums import Decision

    book_approval.decide(
        kind="instrument", version_id=event.version_id, actor=approver, decision=Decision.APPROVED
    )


def designate(draft, accountant):
    designation.designate(designations=[draft], actor=accountant, support=book.bare_support)


@pytest.mark.parametrize("first", ["cancel", "designate"])
def test_the_one_that_comes_second_waits_for_the_first_and_is_refused(committed_db, first):
    """The first one's transaction is open while the second one begins: it waits, and sees what was done."""
    of = book.entity()
    with clock.at(NOW):
        trade, event, draft, (approver, accountant) = prepared(of)
        acts = {"cancel": lambda: decide(event, approver), "designate": lambda: designate(draft, accountant)}
        held, begun = acts.pop(first), next(iter(acts.values()))
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                held()
                waiting = pool.submit(lambda: raced(begun))
                _until_it_waits()
            [answer] = waiting.result(60)
    words = "newest approved version" if first == "cancel" else "what has hedged is unwound"
    assert words in answer or "only a live instrument" in answer
    _one_of_them(trade, is_cancelled=first == "cancel")


def _until_it_waits() -> None:
    """Another connection waits for a lock that this transaction holds."""
    end = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waited")


def test_cancelling_and_designating_at_once_one_counts(committed_db):
    of = book.entity()
    with clock.at(NOW):
        trade, event, draft, (approver, accountant) = prepared(of)
    answers = raced(lambda: decide(event, approver), lambda: designate(draft, accountant))
    assert answers.count("") == 1, answers
    _one_of_them(trade, is_cancelled=not answers[0])


def _one_of_them(trade, *, is_cancelled: bool) -> None:
    newest = InstrumentVersion.objects.filter(
        instrument=trade.instrument_id, approval__decision="APPROVED"
    ).latest("version_number")
    assert (newest.status == "CANCELLED") is is_cancelled
    assert InstrumentAllocation.objects.filter(instrument=trade.instrument_id).exists() is not is_cancelled
    assert HedgeRelationship.objects.exists() is not is_cancelled
    assert Instrument.objects.count() == 1
