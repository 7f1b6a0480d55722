"""What the database refuses, whoever writes: events that do not belong, come too late, or come twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import Error, connection

from hedges.domain import trade_capture
from hedges.domain.trade_life import exercise, partial_settlement, reversal, unwinding
from hedges.domain.trade_life.plan import next_version
from hedges.domain.trade_life.record import record
from hedges.enums import LifeEventMethod
from hedges.models import Instrument, InstrumentEvent, InstrumentVersion, InstrumentVersionApproval
from tests.factories import book, clock
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW, both, done, stands
from tests.hedges.domain.trade_life.rolls import rolled
from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal


def written(version: InstrumentVersion, /, **fields: object) -> None:
    """An event with a version of its own, as somebody would write it who passes by the domain."""
    values = {"kind": "UNWINDING", "event_date": NOW, "reason": "by hand", "entity_id": version.entity_id}
    terms = fields.pop("terms", {"status": "UNWOUND"})
    number = InstrumentVersion.objects.filter(instrument=version.instrument_id).count()
    made = next_version(version, counts_from=fields.pop("counts_from", NOW), number=number, **terms)
    with as_refusal(), audit.action("test.event", actor=book.user("TREASURER")):
        InstrumentVersion.objects.bulk_create([made])
        InstrumentEvent.objects.bulk_create(
            [InstrumentEvent(**({"instrument": version.instrument, "version": made} | values | fields))]
        )


@pytest.fixture
def forward(db):
    with clock.at(NOW):
        yield book.forward(-600_000, of=book.entity())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"event_date": date(2025, 12, 31)}, "nothing happens to it before"),
        ({"event_date": lives.DUE + timedelta(1)}, "nothing happens to it after"),
        ({"kind": "EXERCISE"}, "not what happens"),
        ({"kind": "FIXING"}, "not what happens"),
        ({"kind": "MARGIN"}, "not what happens"),
        ({"version": None}, "recorded together"),
        ({"reason": " "}, "instrument_event_reason"),
        ({"cash_amount": Decimal(1)}, "instrument_event_cash_is_dated"),
        ({"rate": Decimal(-1)}, "instrument_event_rates_positive"),
        ({"amount": Decimal("0.001"), "amount_unit_id": "USD"}, "instrument_event_amount"),
        ({"kind": "REVERSAL"}, "its own trade"),
    ],
)
def test_an_event_that_cannot_be_is_refused(forward, fields, words):
    with pytest.raises(Refusal, match=words):
        written(forward, **fields)
    assert not InstrumentEvent.objects.exists()


def test_an_event_is_of_the_entity_and_the_trade_of_its_version(forward):
    with pytest.raises(Refusal, match="entity whose trade it is"):
        written(forward, entity_id=book.entity().pk)
    other = book.forward(of=forward.entity)
    with pytest.raises(Refusal, match=r"version_of_instrument|recorded together"):
        written(forward, instrument=other.instrument)


def test_an_event_does_not_take_a_version_of_another_action(forward):
    changed = next_version(forward, counts_from=NOW, number=1, status="UNWOUND")
    version = trade_capture.amend(versions=[changed], actor=book.user(), reason="by hand")[0]
    with (
        pytest.raises(Refusal, match="recorded together"),
        as_refusal(),
        audit.action("test.event", actor=None),
    ):
        InstrumentEvent.objects.bulk_create(
            [InstrumentEvent(instrument=forward.instrument, entity_id=forward.entity_id, kind="UNWINDING",
                             event_date=NOW, reason="late", version=version)]
        )  # fmt: skip


def test_after_its_end_a_trade_takes_no_event(forward):
    both(unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.93")))
    with pytest.raises(Refusal, match="takes no more events"):
        written(InstrumentVersion.objects.get(instrument=forward.instrument_id, version_number=2))


def test_a_reversal_restores_the_very_terms_and_is_the_only_one(forward):
    event = both(partial_settlement.plan(stands(forward), on=NOW, amount=Decimal(100_000)))
    with pytest.raises(Refusal, match="restores the terms"):
        written(forward, kind="REVERSAL", reverses=event, terms={"notional_amount": Decimal(-600_001)})
    with pytest.raises(Refusal, match="from the day of the event"):
        written(forward, kind="REVERSAL", reverses=event, terms={}, counts_from=NOW + timedelta(1))
    other = book.forward(of=forward.entity)
    with pytest.raises(Refusal, match="its own trade"):
        written(other, kind="REVERSAL", reverses=event, terms={})
    both(reversal.plan(stands(forward, ended=True), event=event))
    with pytest.raises(Refusal, match="taken back already"):
        written(forward, kind="REVERSAL", reverses=event, terms={})


def test_a_trade_that_follows_is_approved_after_what_it_follows_from(forward):
    event = done(rolled(forward))
    first = InstrumentVersion.objects.get(instrument=event.successor)
    with pytest.raises(Refusal, match="approve what happens to that one first"):
        approval.decide(versions=[first], approvals=InstrumentVersionApproval, actor=book.user("APPROVER"))
    lives.approved(event)
    assert first.approval.decision == "APPROVED"


def test_taking_a_roll_back_without_cancelling_what_followed_is_refused(forward):
    event = both(rolled(forward))
    with pytest.raises(Refusal, match="cancelled with it"):
        written(forward, kind="REVERSAL", reverses=event, terms={})


def test_events_stay_as_they_are(forward):
    event = both(unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.93")))
    with pytest.raises(Error, match=r"permission denied|what is recorded stays"):
        InstrumentEvent.objects.filter(pk=event.pk).update(cash_amount=1)


@pytest.mark.parametrize("verb", ["roll", "exercise", "unwind"])
def test_two_at_once_one_counts(committed_db, verb):
    of = book.entity()
    with clock.at(NOW):
        trade = lives.option(of) if verb == "exercise" else book.forward(of=of)
        people = [book.user("TREASURER") for _ in range(4)]
        plans = [_planned(verb, trade) for _ in people]
    gate = Barrier(len(people))

    def act(pair):
        plan, person = pair
        gate.wait(20)
        try:
            record(plan, actor=person, reason="at once")
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(act, zip(plans, people, strict=True)))
    assert answers.count("") == 1, answers
    assert InstrumentEvent.objects.count() == 1
    assert Instrument.objects.count() == {"unwind": 1, "exercise": 2, "roll": 3}[verb]


def _planned(verb, trade):
    if verb == "roll":
        return rolled(trade)
    if verb == "exercise":
        return exercise.plan(stands(trade), on=trade.expiry_date, method=LifeEventMethod.PHYSICAL)
    return unwinding.plan(stands(trade), on=NOW, rate=Decimal("0.93"))
