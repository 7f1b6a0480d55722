"""Exposures and instruments that wait: a second person decides on what was seen; nobody on what they wrote."""

import pytest
from django.urls import reverse

from exposures.models import ExposureVersionApproval
from hedges.models import InstrumentVersionApproval
from tests.factories import book
from tests.hedges.web.workflow.desk import Desk

APPROVALS = {"exposure": ExposureVersionApproval, "instrument": InstrumentVersionApproval}


def waiting(desk: Desk, kind: str):
    if kind == "exposure":
        return book.exposure(of=desk.entity, approve=False)
    return book.forward(of=desk.entity, counterparty=desk.bank, approve=False)


def send(desk: Desk, name: str, kind: str, version, decision: str, **told):
    data = {"decision": decision, "digest": version.content_digest, "comment": ""} | told
    return desk.by(name).post(reverse("book-decide", args=[kind, version.pk]), data)


@pytest.mark.parametrize("kind", APPROVALS)
def test_a_second_person_decides_from_the_list(desk: Desk, kind: str) -> None:
    version = waiting(desk, kind)
    page = reverse("book-decision", args=[kind, version.pk])
    client = desk.by("approver")
    assert page in client.get(reverse("approvals")).content.decode()
    shown = client.get(page).content.decode()
    assert version.content_digest in shown
    assert 'value="APPROVED"' in shown
    assert send(desk, "approver", kind, version, "REJECTED").status_code == 422  # without a reason
    assert send(desk, "approver", kind, version, "APPROVED", digest="0" * 64).status_code == 422
    assert not APPROVALS[kind].objects.filter(version=version).exists()
    assert send(desk, "approver", kind, version, "APPROVED", comment="seen").status_code == 302
    decided = APPROVALS[kind].objects.get(version=version)
    assert (decided.decision, decided.decided_by) == ("APPROVED", desk.people["approver"])
    assert page not in client.get(reverse("approvals")).content.decode()


@pytest.mark.parametrize("kind", APPROVALS)
@pytest.mark.parametrize(
    ("name", "seen", "done"), [("auditor", 200, 403), ("stranger", 404, 404), ("treasurer", 200, 422)]
)
def test_who_may_see_and_who_may_decide(desk: Desk, kind: str, name: str, seen: int, done: int) -> None:
    version = waiting(desk, kind)
    answer = desk.by(name).get(reverse("book-decision", args=[kind, version.pk]))
    assert answer.status_code == seen
    assert b'value="APPROVED"' not in answer.content
    assert send(desk, name, kind, version, "APPROVED").status_code == done
    assert not APPROVALS[kind].objects.filter(version=version).exists()


def test_the_author_of_a_version_has_no_button_and_is_refused(desk: Desk) -> None:
    version = book.exposure(of=desk.entity, approve=False, author=desk.people["third"])
    page = desk.by("third").get(reverse("book-decision", args=["exposure", version.pk])).content.decode()
    assert "You wrote this version" in page
    assert 'value="APPROVED"' not in page
    assert send(desk, "third", "exposure", version, "APPROVED").status_code == 422
    assert not ExposureVersionApproval.objects.filter(version=version).exists()


def test_nothing_else_is_decided_on_there(desk: Desk) -> None:
    assert desk.by("approver").get(reverse("book-decision", args=["policy", 1])).status_code == 404
