"""What happens to a trade: recorded by one person, counting with another, paid to the cent, taken back by a record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.trade_life import (
    exercise,
    fixing,
    lapse,
    novation,
    partial_settlement,
    reversal,
    unwinding,
)
from hedges.domain.trade_life.record import record
from hedges.enums import LifeEventMethod
from hedges.models import Instrument, InstrumentEvent, InstrumentVersion
from hedges.queries import instrument_life
from tests.factories import book, clock
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import DUE, NOW, approved, both, done, in_force, stands
from tests.hedges.domain.trade_life.rolls import rolled
from treasury.domain.refusals import Refusal
from treasury.enums import Decision
from treasury.kernel.errors import HedgebookError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def forward():
    return book.forward(-600_000, of=book.entity())


def test_a_part_that_is_settled_is_gone_from_its_day_on_once_it_is_approved(forward):
    event = done(
        partial_settlement.plan(stands(forward), on=NOW, amount=Decimal(200_000), agreed=Decimal("-12.50"))
    )
    assert in_force(forward, NOW).notional_amount == -600_000, "nothing counts before the second person"
    approved(event)
    assert in_force(forward, NOW - timedelta(1)).notional_amount == -600_000
    after = in_force(forward, NOW)
    assert (after.notional_amount, after.counter_amount, after.status) == (-400_000, 360_000, "LIVE")
    assert (event.amount, event.counter_amount) == (-200_000, 180_000)
    assert (event.cash_amount, event.cash_currency_id, event.cash_date) == (Decimal("-12.5"), "EUR", NOW)
    assert event.version.change_reason.startswith(
        "Settled on 2026-10-30: \N{MINUS SIGN}200,000.00 USD against +180,000.00 EUR"
    )


def test_unwinding_pays_the_difference_discounted_and_ends_the_trade(forward):
    plan = unwinding.plan(
        stands(forward),
        on=NOW,
        rate=Decimal("0.93"),
        discount_factor=Decimal("0.99"),
        cash_date=NOW + timedelta(2),
    )
    event = both(plan)
    assert (event.cash_amount, event.cash_currency_id) == (Decimal("-17820.00"), "EUR")
    assert in_force(forward, NOW).status == "UNWOUND"
    with pytest.raises(Refusal, match="takes no more events"):
        stands(forward)


def test_a_novation_changes_the_bank_from_its_day_on(forward):
    bank = book.counterparty()
    both(novation.plan(stands(forward), on=NOW + timedelta(7), counterparty=bank))
    assert in_force(forward, NOW).counterparty_id == forward.counterparty_id
    assert in_force(forward, NOW + timedelta(7)).counterparty_id == bank.pk


@pytest.mark.parametrize(
    ("method", "cash", "rate"),
    [(LifeEventMethod.AT_MARKET, Decimal(-12_000), "0.926"), (LifeEventMethod.HISTORIC_RATE, None, "0.906")],
)
def test_a_roll_ends_the_old_on_its_date_and_goes_on_with_a_new_forward(forward, method, cash, rate):
    event = both(rolled(forward, method=method))
    assert event.cash_amount == cash
    assert cash is None or event.cash_date == DUE
    assert in_force(forward, DUE - timedelta(1)).status == "LIVE"
    assert in_force(forward, DUE).status == "SETTLED"
    new = InstrumentVersion.objects.get(instrument=event.successor)
    assert (new.kind, new.notional_amount, new.strike_rate) == ("FORWARD", -600_000, Decimal(rate))
    assert new.counter_amount == 600_000 * Decimal(rate)
    assert (new.trade_date, new.settlement_date) == (NOW, DUE + timedelta(90))
    assert new.approval.decision == "APPROVED", "one decision is on both"
    assert event.successor.external_reference == f"{forward.instrument.external_reference}-R1"


def test_an_option_is_exercised_by_delivery_and_a_forward_follows():
    put = lives.option(book.entity())
    event = both(exercise.plan(stands(put), on=put.expiry_date, method=LifeEventMethod.PHYSICAL))
    new = InstrumentVersion.objects.get(instrument=event.successor)
    assert (new.notional_amount, new.counter_amount) == (-500_000, 460_000)
    assert (new.trade_date, new.settlement_date) == (put.expiry_date, put.settlement_date)
    assert in_force(put, put.expiry_date).status == "SETTLED"


def test_an_option_is_exercised_in_cash_at_the_fixing():
    put = lives.option(book.entity())
    event = both(
        exercise.plan(stands(put), on=put.expiry_date, method=LifeEventMethod.CASH, rate=Decimal("0.9"))
    )
    assert (event.cash_amount, event.cash_date) == (10_000, put.settlement_date)
    assert in_force(put, put.expiry_date).status == "LIVE"
    assert in_force(put, put.settlement_date).status == "SETTLED"


@pytest.mark.parametrize(("rate", "ends"), [("0.95", "settlement_date"), ("0.90", "expiry_date")])
def test_an_option_lapses_and_what_is_let_go_is_gone_on_the_expiry(rate, ends):
    put = lives.option(book.entity())
    event = both(lapse.plan(stands(put), on=put.expiry_date, rate=Decimal(rate)))
    assert event.cash_amount is None
    assert event.version.valid_from == getattr(put, ends)


def test_a_european_option_is_exercised_on_its_expiry_only():
    put = lives.option(book.entity(), expiry_date=NOW + timedelta(5), settlement_date=NOW + timedelta(7))
    for day in (NOW, NOW + timedelta(5)):
        with pytest.raises(HedgebookError, match=r"expiry date|expected today"):
            exercise.plan(stands(put), on=day, method=LifeEventMethod.PHYSICAL)


@pytest.mark.parametrize(("settles_in", "amount"), [("EUR", "30000.00"), ("USD", "32258.06")])
def test_a_fixing_settles_a_non_deliverable_forward_in_its_currency(settles_in, amount):
    ndf = lives.non_deliverable(book.entity(), settles_in)
    event = both(fixing.plan(stands(ndf), rate=Decimal("0.93"), rate_source="WMR 16:00"))
    assert (event.cash_amount, event.cash_currency_id) == (Decimal(amount), settles_in)
    assert (event.event_date, event.cash_date) == (ndf.fixing_date, ndf.settlement_date)
    assert in_force(ndf, ndf.settlement_date - timedelta(1)).status == "LIVE"
    assert in_force(ndf, ndf.settlement_date).status == "SETTLED"


def test_what_was_taken_back_never_counted_and_a_trade_that_followed_is_cancelled(forward):
    event = both(rolled(forward))
    back = both(reversal.plan(stands(forward, ended=True), event=event))
    assert back.cash_amount == 12_000
    assert in_force(forward, DUE).status == "LIVE"
    assert (
        InstrumentVersion.objects.filter(instrument=event.successor).latest("version_number").status
        == "CANCELLED"
    )
    states = [row["state"] for row in instrument_life.of(forward.instrument_id, known_at=None)]
    assert states == ["COUNTS", "TAKEN_BACK"]
    both(unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.93")))
    with pytest.raises(Refusal, match="Only the last"):
        reversal.plan(stands(forward, ended=True), event=event)


def test_a_reversal_that_was_rejected_can_be_tried_again(forward):
    event = both(partial_settlement.plan(stands(forward), on=NOW, amount=Decimal(100_000)))
    approved(done(reversal.plan(stands(forward, ended=True), event=event)), Decision.REJECTED)
    assert in_force(forward, NOW).notional_amount == -500_000
    both(reversal.plan(stands(forward, ended=True), event=event))
    assert in_force(forward, NOW).notional_amount == -600_000


def test_what_was_rejected_does_not_count_and_another_one_can_be_recorded(forward):
    approved(done(unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.93"))), Decision.REJECTED)
    assert in_force(forward, NOW).status == "LIVE"
    event = both(unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.94")))
    assert event.cash_amount == -24_000


def test_while_something_waits_nothing_else_happens(forward):
    plan = unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.93"))
    other = rolled(forward)
    done(plan)
    with pytest.raises(Refusal, match="waits for a decision"):
        stands(forward)
    with pytest.raises(Refusal, match="not the next one"):
        done(other)
    assert not Instrument.objects.filter(external_reference__endswith="-R1").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"on": date(2025, 12, 31)}, "trade date"),
        ({"on": NOW + timedelta(1)}, "expected today"),
        ({"amount": Decimal(700_000)}, "up to 600000"),
        ({"rate": None}, "rate at which it is unwound"),
        ({"rate": Decimal(-1)}, "above zero"),
        ({"cash_date": NOW - timedelta(1)}, "on or after"),
    ],
)
def test_a_wrong_unwinding_is_refused_in_words(forward, change, words):
    told = {"on": NOW, "rate": Decimal("0.93")} | change
    with pytest.raises(HedgebookError, match=words):
        unwinding.plan(stands(forward), **told)
    assert not InstrumentEvent.objects.exists()


def test_a_person_without_a_role_or_a_reason_records_nothing(forward):
    plan = unwinding.plan(stands(forward), on=NOW, rate=Decimal("0.93"))
    with pytest.raises(Refusal, match="Only a hedge accountant or treasurer"):
        record(plan, actor=book.user("AUDITOR"), reason="as agreed")
    with pytest.raises(Refusal, match="reason"):
        record(plan, actor=book.user("TREASURER"), reason="  ")
    assert InstrumentVersion.objects.filter(instrument=forward.instrument_id).count() == 1


def test_swaps_are_unwound_at_the_amount_agreed():
    from tests.factories import swaps

    swap = swaps.interest_rate_swap(of=book.entity())
    with pytest.raises(HedgebookError, match="agreed with the bank"):
        unwinding.plan(stands(swap), on=NOW, rate=Decimal("0.02"))
    event = both(unwinding.plan(stands(swap), on=NOW, agreed=Decimal("-4321.00")))
    assert (event.cash_amount, event.is_agreed) == (Decimal("-4321.00"), True)
