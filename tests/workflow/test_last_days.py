"""Hedges of forwards whose last day is in the middle of a month: it is tested on demand, and then the month closes."""

from datetime import date

import pytest

from hedges.domain.assessment import on_demand
from tests.factories import book, clock, closable
from tests.workflow import company, ledger
from tests.workflow.pairs import Pair
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
SOON, DUE = date(2026, 2, 9), date(2026, 2, 16)


def hedge(framework, items, due=DUE):
    """A forward of a million for items of so much each, by their dates; January is closed."""
    pair = Pair("EURUSD", company.BEGUN, due, framework)
    pair.quotes(company.BEGUN, "1.10", "1.11", 0.99)
    forward = pair.forward(-1_000_000, "1.11")
    parts = [(pair.item(amount, expected_date=day), amount) for day, amount in items.items()]
    with clock.at(company.BEGUN):
        version = book.relationship(
            of=pair.of, items=parts, instruments=[(forward, -1_000_000)], designation_date=company.BEGUN,
            valid_from=company.BEGUN, hedge_end_date=due, assessment_method="DOLLAR_OFFSET", support=company.support,
        )  # fmt: skip
    january = company.month_end(JANUARY)
    pair.quotes(january, "1.15", "1.155", 0.995)
    if framework != "IFRS9":
        asked(version, january, told=date(2026, 2, 1))
    company.close(pair.of, JANUARY)
    return pair, version


def asked(version, day, told=None):
    with clock.at(told or day):
        [record] = on_demand.on_demand(
            relationships=[version.relationship], as_of_date=day, actor=book.user("HEDGE_ACCOUNTANT")
        )
    return record


def criterion(record, name):
    return next(one for one in record.numbers["criteria"] if one["criterion"] == name)


@pytest.mark.parametrize("framework", company.FRAMEWORKS)
def test_the_last_day_is_tested_on_demand_and_the_month_closes(framework):
    pair, version = hedge(framework, {DUE: 1_000_000})
    pair.quotes(DUE, "1.20", "1.20")
    company.recorded(company.month_end(FEBRUARY))
    if framework != "IFRS9":
        with (
            clock.at(date(2026, 3, 3)),
            pytest.raises(Refusal, match=f"has no test of 2026-02 on record: test it for {DUE}"),
        ):
            closable.close(pair.of, FEBRUARY)
    record = asked(version, DUE, told=date(2026, 3, 2))
    assert record.effectiveness_status == "EFFECTIVE"
    ahead = criterion(record, "prospective_dollar_offset")
    assert (ahead["effectiveness_status"], ahead["value"], ahead["is_deciding"]) == (
        "NOT_TESTED",
        None,
        False,
    )
    assert (ahead["status"], ahead["reasons"]) == ("UNDEFINED", ["flow_past"])
    with clock.at(date(2026, 3, 3)):
        run = closable.close(pair.of, FEBRUARY)
    assert run.status == "PUBLISHED", run.status_reason
    row = company.measured(run, version)
    assert (row.reserve_balance, row.carrying_amount, row.life_stage) == (0, 0, "MATURED")
    ledger.holds(row)
    ledger.rolls_forward(pair.of, JANUARY, FEBRUARY)


@pytest.mark.parametrize("framework", company.FRAMEWORKS)
def test_what_is_still_to_come_is_moved_after_another_item_has_ended(framework):
    """Half was received a week ago and keeps its value; the other half moves with half of the forward's gain."""
    pair, version = hedge(framework, {SOON: 500_000, DUE: 500_000})
    for day in (SOON, date(2026, 2, 13)):
        pair.quotes(day, "1.20", "1.20")
    ahead = criterion(asked(version, date(2026, 2, 13)), "prospective_dollar_offset")
    assert (ahead["status"], ahead["reasons"]) == ("OK", [])
    assert ahead["value"] == pytest.approx(2, rel=0.01)


def test_a_quote_that_is_just_new_enough_for_the_test_is_so_for_tomorrow():
    """Ten days may a quote be old: on the tenth the test is made, on the eleventh it is refused by name."""
    _, version = hedge("IFRS9", {date(2026, 6, 15): 1_000_000}, due=date(2026, 6, 15))
    record = asked(version, date(2026, 2, 9))
    assert criterion(record, "prospective_dollar_offset")["value"] is not None
    with pytest.raises(Refusal, match="were last quoted on 2026-01-30, more than 10 days before 2026-02-10"):
        asked(version, date(2026, 2, 10))
