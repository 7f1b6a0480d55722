"""What today's knowledge would change of closed periods: nothing at first, then exactly what the new fact moves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain.changes import corrections
from hedges.domain.changes.corrections import would_change
from tests.factories import accounting, book, changes
from tests.hedges.domain.changes.test_worked_case import dollars, measured

pytestmark = pytest.mark.django_db
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
    changes.exposure_says(changes.items(closed)[0], on=date(2026, 5, 4), exposure_amount=Decimal(-75))
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
    changes.exposure_says(changes.items(closed)[0], on=date(2026, 5, 4), exposure_amount=Decimal(-75))
    first = would_change(closed.entity)
    with CaptureQueriesContext(connection) as found:
        again = would_change(closed.entity)
    assert (again, len(found)) == (first, 1)
    corrections._kept.clear()
    assert would_change(closed.entity) == first
    changes.exposure_says(changes.items(closed)[0], on=date(2026, 5, 5), exposure_amount=Decimal(-50))
    assert would_change(closed.entity) != first


def test_what_was_not_published_because_nobody_knew_it():
    version = dollars()
    accounting.closed_month(version.entity, MONTH)
    found = {one.field: (one.published, one.recomputed) for one in would_change(version.entity)}
    assert found["reserve_balance"] == (None, 200)
    assert "cumulative_reclassified" not in found


def test_as_known_before_the_designation_there_was_nothing(closed):
    before = closed.recorded_at
    found = would_change(closed.entity, known_at=before.replace(year=2025, month=12, day=31))
    assert {one.recomputed for one in found} == {Decimal(0)}


def test_an_entity_without_closed_periods(closed):
    assert would_change(book.entity()) == []
