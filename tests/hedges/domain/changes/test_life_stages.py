"""Where a relationship stands on a date, as known, and the line of what has happened to it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain import relationship_approval
from hedges.queries.life_stages import life_stages, time_lines
from tests.factories import accounting, book, clock
from tests.factories.changes import CHANGE, END, approve, exposure_says, hedge, items, stopped

pytestmark = pytest.mark.django_db


def stage(version, on, **fields):
    return life_stages([version.relationship_id], on=on, **fields)[version.relationship_id].value


def test_from_the_designation_to_maturity_by_itself():
    version = hedge(approve=False)
    assert stage(version, CHANGE) == "AWAITING_APPROVAL"
    with clock.at(book.START):
        relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))
    assert stage(version, date(2025, 12, 31)) == "DOCUMENTED"
    assert stage(version, book.START) == stage(version, date(2027, 4, 30)) == "ACTIVE"
    assert stage(version, END) == "MATURED"


def test_rejected():
    version = hedge(approve=False)
    relationship_approval.reject(versions=[version], actor=book.user("APPROVER"))
    assert stage(version, CHANGE) == "REJECTED"


def test_stopped_while_the_forecast_is_still_expected_it_waits():
    version = hedge()
    exposure_says(items(version)[0], kind="FORECAST")
    stop = stopped(version, "NO_LONGER_HIGHLY_PROBABLE")
    assert stage(version, CHANGE) == "ACTIVE"
    approve(stop)
    assert stage(version, date(2026, 5, 31)) == "ACTIVE"
    assert stage(version, CHANGE) == "WAITING"
    assert stage(version, END) == "DISCONTINUED"
    assert stage(version, CHANGE, known_at=stop.recorded_at.replace(year=2026, month=5)) == "ACTIVE"


def test_stopped_with_nothing_left():
    version = hedge()
    exposure_says(items(version)[0], status="CANCELLED")
    approve(stopped(version, "NO_LONGER_EXPECTED"))
    assert stage(version, CHANGE) == "DISCONTINUED"


def test_the_last_close_says_what_is_left():
    version = hedge()
    exposure_says(items(version)[0], kind="FORECAST")
    approve(stopped(version, "NO_LONGER_HIGHLY_PROBABLE"))
    empty = accounting.measurement(version, reserve_balance=0, life_stage="DISCONTINUED")
    accounting.closed_month(version.entity, date(2026, 6, 1), measured=[empty])
    assert stage(version, date(2026, 6, 29)) == "WAITING"
    assert stage(version, date(2026, 7, 1)) == "DISCONTINUED"


def test_the_line_of_a_life():
    version = hedge()
    exposure_says(items(version)[0], kind="FORECAST")
    approve(stopped(version, "NO_LONGER_HIGHLY_PROBABLE"))
    accounting.closed_month(version.entity, date(2026, 6, 1), measured=[accounting.measurement(version)])
    line = time_lines([version.relationship_id], on=END)[version.relationship_id]
    assert [(event.day, event.kind, event.what) for event in line] == [
        (book.START, "APPROVED", "DESIGNATION"),
        (book.START, "DESIGNATED", "DESIGNATION"),
        (book.START, "TESTED", "INCEPTION"),
        (CHANGE, "APPROVED", "DISCONTINUATION"),
        (CHANGE, "PROPOSED", "DISCONTINUATION"),
        (date(2026, 6, 30), "CLOSED", "ACTIVE"),
    ]


def test_one_query_for_all():
    versions = [hedge() for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        life_stages([version.relationship_id for version in versions], on=CHANGE)
        time_lines([version.relationship_id for version in versions], on=CHANGE)
    assert len(queries) == 2
