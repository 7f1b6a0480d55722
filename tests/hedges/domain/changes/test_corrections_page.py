"""The page of corrections answers at once: it measures nothing, the worker does when it is asked to; and it reads the
same for one closed month as for three."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exposures.domain.bulk import jobs
from exposures.enums import BulkStatus
from exposures.models import BulkAnswer, BulkJob
from hedges.domain.changes import corrections
from hedges.domain.unsealed import database_time
from tests.factories import accounting, changes
from tests.factories.web import signed_in
from tests.hedges.domain.changes.test_worked_case import dollars, measured

pytestmark = pytest.mark.django_db
MONTHS = (date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1))
#: Who asks, the page's frame, the entity, what is known, its closed months, what became known of them since, and
#: the job that measured them last.
STATEMENTS = 16


@pytest.fixture
def version():
    version = dollars()
    row = accounting.measurement(version, **measured(version, date(2026, 5, 31)))
    accounting.closed_month(version.entity, MONTHS[0], accounting.entries_of(version, row), [row])
    return version


@pytest.fixture
def measured_days(monkeypatch):
    found, again = [], corrections._recomputed
    monkeypatch.setattr(corrections, "_recomputed", lambda *of: found.append(of[1]) or again(*of))
    return found


def address(version) -> str:
    return reverse("accounting-corrections", args=[version.entity.code])


def test_a_closed_month_more_is_no_statement_more(version, measured_days) -> None:
    def statements() -> int:
        client = signed_in(entity=version.entity)
        with CaptureQueriesContext(connection) as found:
            assert "changes nothing that was published" in client.get(address(version)).content.decode()
        return len(found)

    one = statements()
    for month in MONTHS[1:]:
        accounting.closed_month(version.entity, month)
    assert (one, statements()) == (STATEMENTS, STATEMENTS)
    assert measured_days == []


def test_a_month_is_measured_again_when_it_is_asked_for(version, measured_days) -> None:
    item = changes.items(version)[0]
    changes.exposure_says(item, told=database_time(), on=date(2026, 5, 4), exposure_amount=-75)
    client = signed_in(entity=version.entity)
    statements = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as found:
            page = client.get(address(version)).content.decode()
        statements.append(len(found))
        assert "Measure 1 month again" in page
        assert "changes nothing that was published" not in page
    assert measured_days == []
    assert statements[0] > statements[1] == statements[2] < STATEMENTS, "what is left open is looked at once"
    assert "Measure 1 month again" in client.get(address(version) + "?measure=1").content.decode()
    assert measured_days == [], "a page that is read measures nothing"


def asked(version, client) -> BulkJob:
    client.post(reverse("accounting-corrections-measure", args=[version.entity.code]))
    return BulkJob.objects.order_by("-pk")[0]


def forget() -> None:
    """Another process: it has worked out nothing itself."""
    corrections._kept.clear()
    corrections._of_month.clear()


def test_the_worker_measures_and_every_process_shows_what_it_found(version, measured_days) -> None:
    item = changes.items(version)[0]
    changes.exposure_says(item, told=database_time(), on=date(2026, 5, 4), exposure_amount=-75)
    client = signed_in(entity=version.entity)
    job = asked(version, client)
    html = client.get(address(version)).content.decode()
    assert "a worker takes it within seconds" in html
    assert "Measure 1 month again" not in html
    assert jobs.run(job.pk)
    assert measured_days == [date(2026, 5, 31)]
    job.refresh_from_db()
    assert (job.status, job.row_count, job.rows_checked) == (BulkStatus.DONE, 1, 1)
    forget()
    page = client.get(address(version)).content.decode()
    assert "-50.00" in page or "−50.00" in page
    assert "Measure 1 month again" not in page
    assert measured_days == [date(2026, 5, 31)], "what was found is read, not measured"
    forget()
    changes.exposure_says(item, told=database_time(), on=date(2026, 5, 4), exposure_amount=-80)
    assert "Measure 1 month again" in client.get(address(version)).content.decode(), (
        "of other inputs nothing is known"
    )


def test_a_measuring_is_asked_for_once_and_cancelled_with_nothing_kept(version, measured_days) -> None:
    item = changes.items(version)[0]
    changes.exposure_says(item, told=database_time(), on=date(2026, 5, 4), exposure_amount=-75)
    client = signed_in(entity=version.entity)
    job = asked(version, client)
    measure = reverse("accounting-corrections-measure", args=[version.entity.code])
    assert "being measured already" in client.post(measure, follow=True).content.decode()
    assert BulkJob.objects.count() == 1
    progress = reverse("accounting-corrections-progress", args=[version.entity.code])
    assert client.get(progress).status_code == 200
    assert "is cancelled" in client.post(measure, {"cancel": "1"}, follow=True).content.decode()
    assert (client.get(progress).status_code, client.get(progress)["HX-Refresh"]) == (286, "true")
    assert not jobs.run(job.pk)
    assert measured_days == []
    assert "nothing to cancel" in client.post(measure, {"cancel": "1"}, follow=True).content.decode()


def test_a_job_that_is_cancelled_while_it_measures_keeps_nothing(version, monkeypatch) -> None:
    item = changes.items(version)[0]
    changes.exposure_says(item, told=database_time(), on=date(2026, 5, 4), exposure_amount=-75)
    client, again = signed_in(entity=version.entity), corrections._recomputed
    job = asked(version, client)
    actor = job.event.actor

    def cancelled(*of):
        jobs.cancel(job=job, actor=actor)
        return again(*of)

    monkeypatch.setattr(corrections, "_recomputed", cancelled)
    assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == BulkStatus.CANCELLED
    assert not BulkAnswer.objects.exists()


def test_who_only_reads_is_told_who_measures(version) -> None:
    item = changes.items(version)[0]
    changes.exposure_says(item, told=database_time(), on=date(2026, 5, 4), exposure_amount=-75)
    auditor = signed_in("AUDITOR")
    assert "Somebody who may write" in auditor.get(address(version)).content.decode()
    measure = reverse("accounting-corrections-measure", args=[version.entity.code])
    assert auditor.post(measure).status_code == 403
    assert not BulkJob.objects.exists()
