"""Changes that the facts demand: named with what to propose and from when, until they are approved."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain.changes.demanded import demanded
from tests.factories import accounting, book, changes
from tests.factories.changes import (
    CHANGE,
    approve,
    exposure_says,
    hedge,
    instrument_says,
    instruments,
    items,
    stopped,
)
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
MONTH_END = date(2026, 6, 30)


def asked(of, on=MONTH_END):
    return [
        (one.code, one.cause.value, one.from_date, [(part.side, part.amount) for part in one.lost])
        for one in demanded(of, on)
    ]


def test_a_healthy_hedge_is_left_alone():
    version = hedge()
    exposure_says(items(version)[0], description="another text")
    assert asked(version.entity) == []


@pytest.mark.parametrize(
    "says, cause, lost",
    [
        ({"kind": "FORECAST"}, "NO_LONGER_HIGHLY_PROBABLE", 800_000),
        ({"status": "CANCELLED"}, "NO_LONGER_EXPECTED", 800_000),
        ({"status": "NO_LONGER_EXPECTED"}, "NO_LONGER_EXPECTED", 800_000),
        ({"exposure_amount": Decimal(500_000)}, "NO_LONGER_EXPECTED", 300_000),
        ({"exposure_amount": Decimal(-800_000)}, "NO_LONGER_EXPECTED", 800_000),
        ({"exposure_amount": Decimal(800_000)}, None, 0),
        ({"status": "SETTLED"}, None, 0),
    ],
)
def test_what_becomes_of_an_item(says, cause, lost):
    version = hedge()
    exposure_says(items(version)[0], **says)
    expected = [(version.relationship.code, cause, CHANGE, [("item", lost)])] if cause else []
    assert asked(version.entity) == expected
    assert asked(version.entity, date(2026, 5, 31)) == []
    assert asked(book.entity()) == []


@pytest.mark.parametrize(
    "says, lost",
    [
        ({"status": "UNWOUND"}, -800_000),
        ({"status": "SETTLED"}, -800_000),
        ({"notional_amount": Decimal(-600_000), "counter_amount": Decimal(6_000_000)}, -200_000),
    ],
)
def test_what_becomes_of_an_instrument(says, lost):
    version = hedge()
    instrument_says(instruments(version)[0], **says)
    assert asked(version.entity) == [
        (version.relationship.code, "INSTRUMENT_ENDED", CHANGE, [("instrument", lost)])
    ]


def test_an_instrument_that_settles_on_its_date_has_done_its_part():
    version = hedge()
    instrument_says(instruments(version)[0], on=date(2027, 4, 30), status="SETTLED")
    assert asked(version.entity, date(2027, 4, 30)) == []


def test_until_a_change_is_approved_and_not_only_proposed():
    version = hedge()
    exposure_says(items(version)[0], status="CANCELLED")
    change = stopped(version, "NO_LONGER_EXPECTED")
    assert len(asked(version.entity)) == 1
    approve(change)
    assert asked(version.entity) == []


def test_credit_risk_that_a_person_has_confirmed():
    version = hedge()
    changes.credit_dominates(version)
    assert asked(version.entity) == [(version.relationship.code, "CREDIT_RISK_DOMINATES", CHANGE, [])]
    approve(stopped(version, "CREDIT_RISK_DOMINATES"))
    assert asked(version.entity) == []


def test_a_fact_of_a_closed_period_counts_from_the_first_open_day():
    version = hedge()
    accounting.closed_month(version.entity, date(2026, 5, 1))
    exposure_says(items(version)[0], on=date(2026, 5, 4), status="CANCELLED")
    assert asked(version.entity) == [
        (version.relationship.code, "NO_LONGER_EXPECTED", CHANGE, [("item", 800_000)])
    ]
    with pytest.raises(Refusal, match="the period of 2026-05-04 is closed; propose from 2026-06-01 on"):
        stopped(version, "NO_LONGER_EXPECTED", on=date(2026, 5, 4), told=CHANGE)
    approve(stopped(version, "NO_LONGER_EXPECTED"))


def test_an_economic_hedge_has_nothing_to_stop():
    version = hedge(hedge_type="ECONOMIC")
    exposure_says(items(version)[0], status="CANCELLED")
    assert asked(version.entity) == []


def test_the_text_names_what_to_do():
    version = hedge()
    exposure_says(items(version)[0], status="CANCELLED")
    (one,) = demanded(version.entity, MONTH_END)
    assert one.text == (
        f"{version.relationship.code}: the forecast is no longer expected since 2026-06-01"
        f" ({one.lost[0].reference} 800000.00 USD). Propose a discontinuation of it from 2026-06-01 with the cause"
        " NO_LONGER_EXPECTED, and have it approved."
    )


def test_as_many_queries_for_many_as_for_one():
    of = book.entity()
    counts = []
    for more in (1, 3):
        for version in [hedge(of=of) for _ in range(more)]:
            changes.exposure_says(items(version)[0], kind="FORECAST")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert demanded(of, MONTH_END)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def net_investment():
    """A hedge of half of a million dollars of net assets."""
    of = book.entity()
    item = book.exposure(1_000_000, of=of, kind="NET_INVESTMENT", expected_date=date(2026, 3, 31))
    forward = book.forward(-1_000_000, of=of, strike="10", counterparty=changes.sound_bank(of))
    return book.relationship(
        of=of, items=[(item, 500_000)], instruments=[(forward, -500_000)], hedge_type="NET_INVESTMENT",
    )  # fmt: skip


def test_a_net_investment_that_is_disposed_of_demands_the_end_of_its_hedge():
    """Its reserve leaves equity by itself; the instrument has no item any more."""
    version = net_investment()
    code = version.relationship.code
    assert asked(version.entity) == [], "a date that is reached is no disposal"
    exposure_says(items(version)[0], status="SETTLED")
    assert asked(version.entity) == [(code, "ITEM_DISPOSED", CHANGE, [("item", 500_000)])]
    with pytest.raises(Refusal, match="disposed of"):
        stopped(version, "ITEM_DISPOSED", on=date(2026, 6, 2))
    approve(stopped(version, "ITEM_DISPOSED"))
    assert asked(version.entity) == []


def test_without_a_disposal_no_net_investment_hedge_is_stopped_for_one():
    with pytest.raises(Refusal, match="record and approve a version of the net investment that is settled"):
        stopped(net_investment(), "ITEM_DISPOSED")
