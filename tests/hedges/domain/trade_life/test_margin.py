"""Variation margin: all live futures at once, once a day, adding up to the gain since the trade."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain.trade_life import margin, reversal, unwinding
from hedges.models import InstrumentEvent
from tests.factories import book, clock, market
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW, both, stands
from treasury.domain import access
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
PRICES = {26: "69.1", 27: "68.8", 28: "70.25", 29: "70", 30: "71.3"}


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


def priced(version, days=PRICES):
    market.record(
        *[("FUTURES_PRICE", version.contract.code, "SPOT", date(2026, 10, day), Decimal(days[day]), "TEST", False)
          for day in days]
    )  # fmt: skip


def paid():
    return list(InstrumentEvent.objects.filter(kind="MARGIN").order_by("event_date", "instrument_id").values_list(
        "cash_amount", flat=True))  # fmt: skip


def test_every_day_pays_its_change_and_twice_is_once():
    future = lives.future(book.entity())
    priced(future)
    assert margin.record_due(up_to=date(2026, 10, 27)) == 2
    assert paid() == [3000, -1500]
    assert margin.record_due(up_to=NOW) == 3
    assert margin.record_due(up_to=NOW) == 0
    assert sum(paid()) == (Decimal("71.3") - Decimal("68.5")) * 5000


def test_a_short_one_pays_the_other_way_and_one_that_waits_for_approval_nothing():
    of = book.entity()
    short = lives.future(of, -2)
    lives.future(of, 7, contract=short.contract, approve=False)
    priced(short, {26: "69.1"})
    margin.record_due(up_to=NOW)
    assert paid() == [-1200]


def test_a_part_that_is_closed_pays_the_rest_of_its_day_and_no_more():
    future = lives.future(book.entity())
    priced(future)
    margin.record_due(up_to=date(2026, 10, 28))
    event = both(
        unwinding.plan(stands(future), on=date(2026, 10, 29), amount=Decimal(2000), rate=Decimal("70.5"))
    )
    assert event.cash_amount == Decimal("0.25") * 2000
    margin.record_due(up_to=NOW)
    closed = (Decimal("70.5") - Decimal("68.5")) * 2000
    left = (Decimal("71.3") - Decimal("68.5")) * 3000
    assert sum(paid()) + event.cash_amount == closed + left


def total(*events):
    return sum(paid()) + sum(event.cash_amount for event in events)


@pytest.mark.parametrize("agreed", [None, Decimal("2750")])
@pytest.mark.parametrize("whole", [False, True])
def test_what_was_unwound_before_days_that_are_paid_already_goes_back_with_the_next(agreed, whole):
    future = lives.future(book.entity())
    priced(future, {day: PRICES[day] for day in (26, 27, 28, 29)})
    margin.record_due(up_to=NOW)
    assert total() == (Decimal("70") - Decimal("68.5")) * 5000
    part = Decimal(5000) if whole else Decimal(2000)
    event = both(
        unwinding.plan(
            stands(future), on=date(2026, 10, 27), amount=part, rate=Decimal("69.0"), agreed=agreed
        )
    )
    assert margin.record_due(up_to=NOW) == 0, "the next day has no price yet"
    priced(future, {30: PRICES[30]})
    assert margin.record_due(up_to=NOW) == 1
    assert margin.record_due(up_to=NOW) == 0
    closed = (Decimal("69.1") - Decimal("68.5")) * part
    closed += agreed if agreed is not None else (Decimal("69.0") - Decimal("69.1")) * part
    assert total(event) == closed + (Decimal("71.3") - Decimal("68.5")) * (5000 - part)


def test_an_unwinding_is_taken_back_after_margin_and_the_next_day_pays_what_was_missed():
    future = lives.future(book.entity())
    priced(future, {26: PRICES[26]})
    margin.record_due(up_to=NOW)
    event = both(
        unwinding.plan(stands(future), on=date(2026, 10, 27), amount=Decimal(2000), rate=Decimal("69.0"))
    )
    priced(future, {day: PRICES[day] for day in (27, 28, 29)})
    margin.record_due(up_to=NOW)
    taken = both(reversal.plan(stands(future), event=event))
    assert event.cash_amount + taken.cash_amount == 0
    priced(future, {30: PRICES[30]})
    assert margin.record_due(up_to=NOW) == 1
    assert total(event, taken) == (Decimal("71.3") - Decimal("68.5")) * 5000


def test_margin_itself_is_not_taken_back_and_says_how_it_is_put_right():
    future = lives.future(book.entity())
    priced(future, {26: PRICES[26]})
    margin.record_due(up_to=NOW)
    day = InstrumentEvent.objects.get(kind="MARGIN")
    day.version_id = stands(future).version.pk
    with pytest.raises(Refusal, match="the next day pays the difference"):
        reversal.plan(stands(future), event=day)


def test_a_corrected_quote_is_paid_with_the_next_day():
    future = lives.future(book.entity())
    priced(future, {26: "69.1"})
    margin.record_due(up_to=NOW)
    priced(future, {27: "68.8"})
    margin.record_due(up_to=NOW)
    assert sum(paid()) == (Decimal("68.8") - Decimal("68.5")) * 5000


def test_many_futures_are_as_many_statements_as_one():
    of = book.entity()
    first = lives.future(of)
    priced(first, {26: "69.1"})
    with CaptureQueriesContext(connection) as one:
        margin.record_due(up_to=NOW)
    for count in (1, 2, 3):
        lives.future(of, count, contract=first.contract)
    with CaptureQueriesContext(connection) as many:
        assert margin.record_due(up_to=NOW) == 3
    assert len(many) == len(one)


def test_at_several_entities_the_role_is_asked_for_once_and_the_one_without_it_is_named():
    first, second, foreign = book.entity(), book.entity(), book.entity()
    person = book.user("TREASURER", entity=first)
    access.give_role(user=person, role="TREASURER", entity=second, actor=None)

    def reads(*entities):
        with CaptureQueriesContext(connection) as asked:
            margin.record_due(up_to=NOW, actor=person, entity_ids=[one.pk for one in entities])
        return len(asked)

    assert reads(first) == reads(first, second)
    with pytest.raises(Refusal, match=foreign.code):
        margin.record_due(up_to=NOW, actor=person, entity_ids=[first.pk, foreign.pk])
