"""A run that is under way is cancelled by who may start one; an ended one, and one of another entity, is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in
from treasury.domain import runs
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db


def cancelled(client, run):
    return client.post(reverse("run-cancel", args=[run.pk]), follow=True)


def test_a_running_night_is_cancelled_once_and_never_published() -> None:
    run = night.running(book.TODAY)
    client = signed_in()
    assert "Cancel this run" in client.get(reverse("run", args=[run.pk])).content.decode()
    text = cancelled(client, run).content.decode()
    run.refresh_from_db()
    assert run.status == "FAILED"
    assert run.status_reason.startswith("Cancelled by")
    assert "The run is cancelled" in text
    assert "Cancel this run" not in text
    assert "Run cancelled" in text
    assert AuditEvent.objects.filter(action="treasury.run.cancelled", subject_id=run.pk).count() == 1
    assert runs.publish(run.pk) is False
    assert "ended already" in cancelled(client, run).content.decode()
    assert AuditEvent.objects.filter(action="treasury.run.cancelled").count() == 1


def test_a_cancelled_night_does_not_wait_for_anybody_as_a_failed_one_does() -> None:
    run = night.running(book.TODAY)
    client = signed_in()
    cancelled(client, run)
    assert "1 failed night" not in client.get(reverse("runs")).content.decode()
    runs.fail(run_id=night.running(book.TODAY + timedelta(days=1)).pk, reason="the disk is full")
    assert "1 failed night" in client.get(reverse("runs")).content.decode()


def test_an_auditor_cancels_nothing() -> None:
    run = night.running(book.TODAY)
    client = signed_in("AUDITOR")
    assert "Cancel this run" not in client.get(reverse("run", args=[run.pk])).content.decode()
    assert client.post(reverse("run-cancel", args=[run.pk])).status_code == 403
    run.refresh_from_db()
    assert run.status == "RUNNING"


def test_a_close_is_cancelled_by_who_prepares_at_its_entity() -> None:
    entity, other = book.entity(), book.entity()
    run = runs.request(as_of_date=book.TODAY, actor=None, kind="CLOSE", scope=entity.code).run
    assert signed_in(entity=other).post(reverse("run-cancel", args=[run.pk])).status_code == 404
    assert (
        "does not start such a run" in cancelled(signed_in("APPROVER", entity=entity), run).content.decode()
    )
    cancelled(signed_in("HEDGE_ACCOUNTANT", entity=entity), run)
    run.refresh_from_db()
    assert run.status == "FAILED"
