"""Runs of the history beside each other: each at its time in a process of its own; what goes wrong there is told."""

import os
import signal
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from treasury.demo.seeding.lanes import Job, Lane, LaneError, lanes

FRIDAYS = date(2026, 5, 8), date(2026, 5, 15), date(2026, 5, 22)


def evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 22, 15, tzinfo=UTC)


@pytest.fixture
def rates(committed_db: Any) -> None:
    """The dollar on three Fridays, known by then."""
    from treasury.demo.seeding.clock import as_owner, tell_time
    from treasury.domain import market_quotes

    with as_owner():
        tell_time(evening(FRIDAYS[0]).replace(day=1))
        rows = [
            ("FX_SPOT", "EURUSD", "SPOT", day, Decimal("1.1"), "ECB reference rates", False, None)
            for day in FRIDAYS
        ]
        market_quotes.record(quotes=rows, actor=None, reason="rates")


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on a machine with one."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})


@pytest.mark.usefixtures("two_cores", "rates")
def test_nights_are_published_at_their_times_while_this_process_keeps_its_connection() -> None:
    from treasury.models import CalculationRun

    with lanes() as beside:
        assert beside is not None
        for day in FRIDAYS:
            beside.work(Job(evening(day), day))
            assert CalculationRun.objects.get(as_of_date=day).known_at == evening(day), (
                "sealed when work returns"
            )
        beside.settle()
        found = CalculationRun.objects.order_by("as_of_date").values_list("status", "published_at")
        assert list(found) == [("PUBLISHED", evening(day)) for day in FRIDAYS]


@pytest.mark.usefixtures("two_cores", "committed_db")
def test_what_goes_wrong_in_a_lane_is_told_here() -> None:
    with (
        lanes() as beside,
        pytest.raises(LaneError, match="DoesNotExist"),
    ):
        assert beside is not None
        beside.work(Job(evening(FRIDAYS[0]), FRIDAYS[0], close_run=0))


@pytest.mark.usefixtures("two_cores", "rates")
def test_a_lane_that_is_killed_is_missed_and_none_is_left_behind() -> None:
    with lanes() as beside:
        assert beside is not None
        processes: list[Lane] = beside._lanes
        os.kill(processes[0].process.pid or 0, signal.SIGKILL)
        with pytest.raises(LaneError, match="start again"):
            beside.work(Job(evening(FRIDAYS[0]), FRIDAYS[0]))
    assert not any(lane.process.is_alive() for lane in processes)


def test_one_core_works_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    with lanes() as beside:
        assert beside is None
