"""Rolling non-deliverable forwards and futures: cover once, cash once, taken back; the others say what instead."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.changes.demanded import demanded
from hedges.domain.trade_life import fixing, margin, reversal, roll, roll_future
from hedges.enums import LifeEventMethod
from hedges.models import InstrumentEvent, InstrumentVersion
from hedges.queries import coming_days
from tests.factories import book, clock, market, swaps
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW, both, in_force, stands
from tests.hedges.domain.trade_life.rolls import live, rolled
from treasury.domain.refusals import Refusal
from treasury.kernel.errors import HedgebookError

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
FIXED, SETTLED = NOW + 5 * DAY, NOW + 7 * DAY
LATER = date(2027, 2, 8)


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


def ndf(settles_in: str = "EUR", **fields):
    return lives.non_deliverable(
        book.entity(), settles_in, **({"fixing_date": FIXED, "settlement_date": SETTLED} | fields)
    )


def first_of(instrument) -> InstrumentVersion:
    return InstrumentVersion.objects.get(instrument=instrument, version_number=1)


@pytest.mark.parametrize(
    ("settles_in", "method", "cash", "new_rate", "near_counter"),
    [
        ("EUR", LifeEventMethod.AT_MARKET, "20000.00", "0.926", "920000"),  # 1,000,000 x (0.92 - 0.90)
        ("USD", LifeEventMethod.AT_MARKET, "21739.13", "0.926", "920000"),  # 20,000 / 0.92
        ("EUR", LifeEventMethod.HISTORIC_RATE, None, "0.906", "900000"),
    ],
)
def test_a_non_deliverable_forward_is_closed_by_its_near_leg_and_the_new_one_has_its_own_fixing(
    settles_in, method, cash, new_rate, near_counter
):
    old = ndf(settles_in)
    event = both(rolled(old, method=method, settlement_date=LATER))
    assert event.cash_amount == (Decimal(cash) if cash else None)
    assert (event.cash_currency_id, event.cash_date) == ((settles_in, SETTLED) if cash else (None, None))
    near, new = first_of(event.near_leg), first_of(event.successor)
    assert (near.kind, near.fixing_date, near.settlement_currency_id) == (
        "NON_DELIVERABLE_FORWARD", FIXED, settles_in,
    )  # fmt: skip
    assert (near.notional_amount, near.counter_amount) == (-1_000_000, Decimal(near_counter))
    assert (new.kind, new.notional_amount, new.strike_rate) == (
        "NON_DELIVERABLE_FORWARD", 1_000_000, Decimal(new_rate),
    )  # fmt: skip
    assert (new.fixing_date, new.settlement_date) == (date(2027, 2, 4), LATER), "two business days before"
    for day in (NOW - DAY, NOW, FIXED, SETTLED - DAY, SETTLED, LATER):
        assert sum(live(day).values()) == 100_000_000, "cover is counted once"
    days = coming_days.coming(entity_ids=[old.entity_id], on=NOW, until=SETTLED)
    assert [(row["what"], row["day"]) for row in days] == ([("CASH", SETTLED)] if cash else []), (
        "nothing is fixed or paid besides"
    )
    with pytest.raises(Refusal, match="has ended already"):
        fixing.plan(stands(old), rate=Decimal("0.93"), rate_source="WMR")


def test_a_roll_of_a_non_deliverable_forward_is_taken_back():
    old = ndf()
    event = both(rolled(old, settlement_date=LATER))
    both(reversal.plan(stands(old, ended=True), event=event))
    assert live(NOW) == live(SETTLED) == {old.instrument_id: 100_000_000}
    days = coming_days.coming(entity_ids=[old.entity_id], on=NOW, until=SETTLED)
    assert [row["what"] for row in days] == ["FIXING", "SETTLEMENT"]


def test_on_the_fixing_day_the_near_rate_is_the_fixing():
    """As `fixing` pays it: 1,000,000 x (0.93 - 0.90) / 0.93."""
    old = ndf("USD", fixing_date=NOW)
    event = both(rolled(old, near_rate=Decimal("0.93"), settlement_date=LATER))
    other = ndf("USD", fixing_date=NOW)
    fixed = both(fixing.plan(stands(other), rate=Decimal("0.93"), rate_source="WMR"))
    assert event.cash_amount == fixed.cash_amount == Decimal("32258.06")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"fixing_date": FIXED}, "after the old fixing"),
        ({"fixing_date": LATER + DAY}, "up to the new settlement"),
        ({"settlement_date": SETTLED}, "after the old settlement"),
        ({"method": LifeEventMethod.CASH}, "AT_MARKET"),
    ],
)
def test_a_wrong_roll_of_a_non_deliverable_forward_is_refused(told, words):
    with pytest.raises(HedgebookError, match=words):
        rolled(ndf(), **({"settlement_date": LATER} | told))


def test_after_its_fixing_date_it_is_fixed_and_a_forward_has_no_fixing():
    with pytest.raises(Refusal, match="After that fix it, and deal the next one"):
        rolled(ndf(fixing_date=NOW - DAY), settlement_date=LATER)
    with pytest.raises(HedgebookError, match="only a non-deliverable forward is fixed"):
        rolled(book.forward(of=book.entity()), fixing_date=LATER)


PRICES = {26: "69.1", 27: "68.8", 28: "70.25"}


def priced(contract, days):
    market.record(
        *[("FUTURES_PRICE", contract.code, "SPOT", date(2026, 10, day), Decimal(price), "TEST", False)
          for day, price in days.items()]
    )  # fmt: skip


@pytest.fixture
def oil():
    """Long five contracts at 68.50, margin up to 68.80 of the 27th, and the next contract."""
    future = lives.future(book.entity())
    after = book.futures_contract(
        future.risk, last_trade_date=future.contract.last_trade_date + timedelta(31)
    )
    priced(future.contract, {day: PRICES[day] for day in (26, 27)})
    margin.record_due(up_to=NOW)
    return future, after


def future_rolled(future, after, **told):
    terms = {
        "on": date(2026, 10, 28),
        "near_rate": Decimal("70.5"),
        "far_rate": Decimal("71.1"),
        "contract": after,
    }
    return roll_future.plan(stands(future), **(terms | told))


def paid_of(*instruments):
    found = InstrumentEvent.objects.filter(instrument__in=instruments, kind="MARGIN").order_by("event_date")
    return list(found.values_list("cash_amount", flat=True))


def test_a_future_is_closed_at_a_price_and_goes_on_in_the_next_contract(oil):
    future, after = oil
    event = both(future_rolled(future, after))
    assert (event.cash_amount, event.cash_currency_id) == (8500, "USD")  # (70.50 - 68.80) x 5,000
    new = first_of(event.successor)
    assert (new.kind, new.contract_id, new.contract_count, new.notional_amount) == (
        "FUTURE",
        after.pk,
        5,
        5000,
    )
    assert (new.entry_price, new.settlement_date, new.trade_date) == (
        Decimal("71.1"), after.last_trade_date, date(2026, 10, 28),
    )  # fmt: skip
    assert event.near_leg is None
    assert in_force(future, date(2026, 10, 28)).status == "UNWOUND"
    for day in (26, 27, 28, 30):
        assert sum(live(date(2026, 10, day)).values()) == 5_000_000, "cover is counted once"
    priced(future.contract, {28: "70.25"})
    priced(after, {28: "71.3"})
    margin.record_due(up_to=NOW)
    assert paid_of(future.instrument_id) == [3000, -1500], (
        "the old one pays its close, and no margin after it"
    )
    assert paid_of(new.instrument_id) == [1000]
    total = sum(paid_of(future.instrument_id, new.instrument_id)) + event.cash_amount
    assert total == (Decimal("70.5") - Decimal("68.5") + Decimal("71.3") - Decimal("71.1")) * 5000


def test_a_roll_of_a_future_is_taken_back_after_margin_and_all_of_it_is_put_right(oil):
    future, after = oil
    event = both(future_rolled(future, after))
    priced(after, {28: "71.3"})
    margin.record_due(up_to=NOW)
    taken = both(reversal.plan(stands(future, ended=True), event=event))
    assert taken.cash_amount == -8500
    assert live(NOW) == {future.instrument_id: 5_000_000}
    priced(future.contract, {28: "70.25", 29: "70"})
    priced(after, {29: "72"})
    margin.record_due(up_to=NOW)
    assert sum(paid_of(event.successor_id)) == 0, "the next day of the contract returns what was paid"
    assert sum(paid_of(future.instrument_id)) == (Decimal("70") - Decimal("68.5")) * 5000


def test_a_short_one_may_be_rolled_in_another_number_of_contracts(oil):
    future, after = oil
    short = lives.future(future.entity, -2, contract=future.contract)
    plan = future_rolled(short, after, contract_count=3)
    assert plan.notes == ["2 contracts are closed and 3 opened: the cover changes."]
    new = first_of(both(plan).successor)
    assert (new.contract_count, new.notional_amount) == (-3, -3000)


def test_the_book_demands_the_end_of_a_hedge_whose_future_was_rolled(oil):
    future, after = oil
    fuel = book.exposure(-5000, of=future.entity, risk=future.risk, expected_date=date(2026, 12, 1))
    hedge = book.relationship(
        of=future.entity, items=[(fuel, -5000)], instruments=[(future, 5000)], designation_date=date(2026, 10, 26),
        hedge_end_date=date(2026, 12, 1), designated_hedge_ratio=Decimal(1),
    )  # fmt: skip
    both(future_rolled(future, after))
    assert [(one.code, one.cause) for one in demanded(future.entity, NOW)] == [
        (hedge.relationship.code, "INSTRUMENT_ENDED")
    ]


def test_a_wrong_contract_is_refused(oil):
    future, after = oil
    gas = book.risk("GAS", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="GAS")
    for contract, words in (
        (future.contract, "trades longer than"),
        (book.futures_contract(gas, last_trade_date=after.last_trade_date), "on the same risk"),
    ):
        with pytest.raises(HedgebookError, match=words):
            future_rolled(future, contract)
    for told, words in (
        ({"contract_count": 0}, "above zero"), ({"on": NOW + DAY}, "expected today"),
        ({"near_rate": None}, "rate at which it is unwound"),
    ):  # fmt: skip
        with pytest.raises(HedgebookError, match=words):
            future_rolled(future, after, **told)
    with pytest.raises(Refusal, match="only futures are rolled into another contract"):
        future_rolled(ndf(), after)


def test_what_is_not_rolled_says_what_is_done_instead():
    of = book.entity()
    for trade, words in (
        (lives.option(of), "unwind it at its price, or exercise it or let it lapse"),
        (swaps.interest_rate_swap(of=of), "unwind it at the amount agreed, and deal the next one"),
        (swaps.cross_currency_swap(of=of), "unwind it at the amount agreed, and deal the next one"),
    ):
        with pytest.raises(Refusal, match=words):
            rolled(trade)
    with pytest.raises(HedgebookError, match="the contract into which the future is rolled"):
        rolled(lives.future(of))
    assert roll.INSTEAD
