"""What today's knowledge would change of closed periods: nothing at first, then exactly what the new fact moves."""

import inspect
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain.changes import corrections
from hedges.domain.changes.corrections import would_change
from hedges.domain.unsealed import database_time
from hedges.queries import known_later, measurement_columns, qualifying
from tests.factories import accounting, book, changes, market
from tests.hedges.domain.changes.test_worked_case import dollars, measured
from treasury.models import CalculationRun

pytestmark = pytest.mark.django_db
BY_OTHERS = {
    "hedges_effectivenessresult",
    "hedges_inceptionfile",
    "hedges_instrument",
    "hedges_measurementresult",
}
MONTH, MONTH_END = date(2026, 5, 1), date(2026, 5, 31)


@pytest.fixture
def closed():
    version = dollars()
    amounts = measured(version, MONTH_END)
    row = accounting.measurement(version, **amounts)
    accounting.closed_month(version.entity, MONTH, accounting.entries_of(version, row), [row])
    return version


def test_what_was_known_then_changes_nothing(closed):
    assert would_change(closed.entity) == []


def test_a_fact_of_the_period_that_came_later(closed):
    changes.exposure_says(
        changes.items(closed)[0], told=database_time(), on=date(2026, 5, 4), exposure_amount=Decimal(-75)
    )
    found = would_change(closed.entity)
    assert [(one.field, one.published, one.recomputed, one.difference) for one in found] == [
        ("cumulative_reclassified", 0, 50, 50),
        ("reserve_balance", 200, 150, -50),
    ]
    assert {(one.code, one.period_end, one.currency) for one in found} == {
        (closed.relationship.code, MONTH_END, "EUR")
    }


def test_the_answer_is_kept_until_something_is_recorded(closed):
    """The same figures as measured afresh, in one statement; a new fact is seen at once, whoever recorded it."""
    changes.exposure_says(
        changes.items(closed)[0], told=database_time(), on=date(2026, 5, 4), exposure_amount=Decimal(-75)
    )
    first = would_change(closed.entity)
    with CaptureQueriesContext(connection) as found:
        again = would_change(closed.entity)
    assert (again, len(found)) == (first, 1)
    corrections._kept.clear()
    assert would_change(closed.entity) == first
    changes.exposure_says(
        changes.items(closed)[0], told=database_time(), on=date(2026, 5, 5), exposure_amount=Decimal(-50)
    )
    assert would_change(closed.entity) != first


def test_a_close_whose_inputs_are_unchanged_is_not_measured_again(closed, monkeypatch):
    """What is recorded of other things, or of days after the period, is not looked at twice; a fact of it is."""
    measured_days = []
    again = corrections._recomputed
    monkeypatch.setattr(corrections, "_recomputed", lambda *of: measured_days.append(of[1]) or again(*of))
    book.exposure(of=closed.entity, expected_date=date(2027, 3, 1))
    changes.exposure_says(
        changes.items(closed)[0], told=database_time(), on=date(2026, 6, 4), exposure_amount=Decimal(-75)
    )
    assert would_change(closed.entity) == []
    assert measured_days == []
    changes.exposure_says(
        changes.items(closed)[0], told=database_time(), on=date(2026, 5, 4), exposure_amount=Decimal(-50)
    )
    (left_open,) = corrections.months(closed.entity, measuring=False)
    assert (left_open.period_end, left_open.found, measured_days) == (MONTH_END, None, [])
    found = would_change(closed.entity)
    assert len(found) == 2
    assert measured_days == [MONTH_END]
    changes.exposure_says(
        changes.items(closed)[0], told=database_time(), on=date(2026, 6, 5), exposure_amount=Decimal(-25)
    )
    assert would_change(closed.entity) == found
    assert measured_days == [MONTH_END], "the inputs are the same, and so is the answer"


def test_only_what_a_hedge_has_and_what_is_known_by_now_touches_a_close(closed):
    """Nothing is read of a close whose time only other exposures say something about, or what is known later."""
    run = CalculationRun.objects.get(kind="CLOSE", as_of_date=MONTH_END)
    closes = [(run.pk, run.as_of_date, run.known_at)]

    def touched(moment):
        return known_later.touched(closed.entity_id, closes, moment)

    book.exposure(of=closed.entity, valid_from=date(2026, 5, 4), expected_date=date(2027, 3, 1))
    assert touched(database_time()) == set()
    before = database_time()
    changes.exposure_says(
        changes.items(closed)[0],
        told=before + timedelta(days=1),
        on=date(2026, 5, 4),
        exposure_amount=Decimal(-75),
    )
    assert touched(before) == set()
    assert touched(before + timedelta(days=2)) == {run.pk}


def test_a_quote_and_a_rule_pack_that_come_later_are_inputs(closed):
    (before,) = corrections.months(closed.entity, measuring=False)
    assert before.found == ()
    market.record(*market.quotes(until=MONTH_END - timedelta(days=3), weeks=1))
    (after,) = corrections.months(closed.entity, measuring=False)
    assert after.found is None


def test_every_table_that_measurement_reads_is_looked_at_for_what_came_later():
    """A new input of measurement is an input of this question too: add it to `known_later`, then here."""
    named = re.compile(r"\b(?:hedges|exposures|treasury)_[a-z]+\b")
    seen = {
        table
        for module in (measurement_columns, qualifying)
        for table in named.findall(inspect.getsource(module))
    }
    looked_at = set(named.findall(known_later._SQL))
    assert len(seen & looked_at) > 4
    # What says nothing by itself: identities, files and terms of versions, results of the runs that are looked at.
    assert seen - looked_at == BY_OTHERS


def test_as_known_before_the_designation_there_was_nothing(closed):
    before = closed.recorded_at
    found = would_change(closed.entity, known_at=before.replace(year=2025, month=12, day=31))
    assert {one.recomputed for one in found} == {Decimal(0)}


def test_an_entity_without_closed_periods(closed):
    assert would_change(book.entity()) == []
