"""`manage.py nightly`: a real worker, a clear answer to wrong input, and nothing changed by it."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import book, hedged, market
from treasury.enums import RunStatus
from treasury.models import AuditEvent, CalculationRun
from treasury.nightly import schedule, tasks


def nightly(*arguments: str) -> str:
    said = StringIO()
    call_command("nightly", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["2026-13-01", "20261030", "tomorrow", "２０２６-10-30", "nan"])
def test_a_wrong_date_is_named_and_changes_nothing(wrong: str) -> None:
    market.record()
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError, match="as-of: expected a date") as refusal:
        nightly("--as-of", wrong)
    assert refusal.value.returncode == 2
    assert (CalculationRun.objects.count(), AuditEvent.objects.count()) == (0, before)


@pytest.mark.django_db
def test_a_date_without_rates_is_refused_and_changes_nothing() -> None:
    market.record()
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError, match="as-of: there are no FX rates for 2026-10-29") as refusal:
        nightly("--as-of", "2026-10-29")
    assert refusal.value.returncode == 2
    assert (CalculationRun.objects.count(), AuditEvent.objects.count()) == (0, before)


def test_it_runs_the_night_on_a_worker_and_joins_it_the_second_time(
    celery_worker_process: Any, monkeypatch: Any
) -> None:
    from contextlib import nullcontext

    market.record()
    hedged.hedged_book(2)
    # The fixture's worker is the one that answers; the launcher would start another for its own servers.
    monkeypatch.setattr("treasury.launcher.processes.worker", nullcontext)
    first = nightly("--as-of", book.TODAY.isoformat())
    assert "Started" in first
    assert "2 exposures, 2 instruments, 2 relationships" in first
    assert "Joined" in nightly("--as-of", book.TODAY.isoformat())
    assert "Started" in nightly("--as-of", book.TODAY.isoformat(), "--new-revision")
    states = CalculationRun.objects.order_by("revision").values_list("status", flat=True)
    assert list(states) == [RunStatus.SUPERSEDED, RunStatus.PUBLISHED]
    asked = CalculationRun.objects.values_list("requested_by", "event__reason")
    assert set(asked) == {(None, "command line")}


@pytest.mark.django_db
def test_the_beat_leaves_a_waiting_run_and_joins_its_own(monkeypatch: Any) -> None:
    book.entity()
    rung: list[int] = []
    monkeypatch.setattr(tasks, "ring", rung.append)
    first, second = tasks.start_night(), tasks.start_night()
    run = CalculationRun.objects.get()
    assert first == second == run.pk
    assert run.status == RunStatus.WAITING
    assert "There are no FX rates" in run.status_reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 10, 30, 22, 0, tzinfo=UTC), date(2026, 10, 30)),
        (datetime(2026, 10, 30, 21, 59, tzinfo=UTC), date(2026, 10, 29)),
        (datetime(2026, 11, 1, 12, 0, tzinfo=UTC), date(2026, 10, 30)),
        (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 27)),
    ],
)
def test_the_business_date_of_the_night(now: datetime, due: date) -> None:
    book.entity(time_zone="Europe/Paris")
    book.entity(time_zone="Asia/Tokyo")
    assert schedule.due_date(now) == due


def test_the_schedule_is_in_utc_and_names_real_tasks() -> None:
    from treasury.config.celery import app

    app.loader.import_default_modules()  # as a worker does when it starts
    assert app.conf.timezone == "UTC"
    assert {entry["task"] for entry in schedule.BEAT_SCHEDULE.values()} <= set(app.tasks)
    assert timedelta(seconds=schedule.SWEEP_SECONDS) <= timedelta(seconds=60)
