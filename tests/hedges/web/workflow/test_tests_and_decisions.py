"""Tests on demand and decisions about tests: on the record, by who may, refused in the words of the domain."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from hedges.models import AssessmentDecision, AssessmentRecord
from tests.factories import book
from tests.hedges.web.workflow.desk import Desk, fields_of


@pytest.fixture
def version(desk: Desk):
    return desk.hedge(designation_date=date(2026, 2, 2))


def test_a_test_on_demand_is_kept_and_shown(desk: Desk, version) -> None:
    address = reverse("assessment-test", args=[version.relationship_id])
    answer = desk.by("preparer").post(address, {"as_of_date": desk.last.isoformat()})
    assert answer.status_code == 302, answer.content
    record = AssessmentRecord.objects.get(occasion="ON_DEMAND")
    assert record.as_of_date == desk.last
    html = desk.by("auditor").get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert f"as of {desk.last}" in html
    assert "what would flip the verdict" in html


def test_a_day_to_come_is_refused_in_words(desk: Desk, version) -> None:
    address = reverse("assessment-test", args=[version.relationship_id])
    answer = desk.by("preparer").post(address, {"as_of_date": (desk.last + timedelta(days=9)).isoformat()})
    assert "still to come" in str(next(iter(get_messages(answer.wsgi_request))))
    assert not AssessmentRecord.objects.filter(occasion="ON_DEMAND").exists()


def decided(desk: Desk, version, name: str, **told):
    data = {
        "subject": "CREDIT_RISK", "as_of_date": "2026-09-30", "decided_status": "EFFECTIVE",
        "reason": "the bank was downgraded by one notch only",
    } | told  # fmt: skip
    return desk.by(name).post(reverse("assessment-decide", args=[version.relationship_id]), data)


def test_a_named_person_decides_with_a_reason(desk: Desk, version) -> None:
    assert decided(desk, version, "approver").status_code == 302
    found = AssessmentDecision.objects.get()
    assert (found.decided_by, found.decided_status) == (desk.people["approver"], "EFFECTIVE")
    html = desk.by("auditor").get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert "the bank was downgraded by one notch only" in html


def test_the_preparer_does_not_decide_and_nothing_is_lost(desk: Desk, version) -> None:
    page = desk.by("preparer").get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert reverse("assessment-decide", args=[version.relationship_id]) not in page
    answer = decided(desk, version, "preparer", reason="as I see it")
    assert answer.status_code == 422
    assert fields_of(answer.content.decode())["reason"] == "as I see it"
    assert not AssessmentDecision.objects.exists()


def test_ifrs_9_asks_for_no_decision_on_a_test(desk: Desk, version) -> None:
    answer = decided(desk, version, "approver", subject="TEST")
    assert answer.status_code == 422
    assert "under IFRS 9 a test without a result stops nothing" in answer.content.decode()


@pytest.mark.parametrize(("name", "status"), [("auditor", 403), ("stranger", 404)])
def test_an_auditor_and_a_stranger_test_and_decide_nothing(
    desk: Desk, version, name: str, status: int
) -> None:
    assert decided(desk, version, name).status_code == status
    address = reverse("assessment-test", args=[version.relationship_id])
    assert desk.by(name).post(address, {"as_of_date": book.TODAY.isoformat()}).status_code == status
    assert not AssessmentDecision.objects.exists()
    assert not AssessmentRecord.objects.filter(occasion="ON_DEMAND").exists()


def test_the_page_has_the_life_of_the_relationship(desk: Desk, version) -> None:
    html = desk.by("auditor").get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert "In force" in html
    assert "What has happened to it" in html
    assert desk.people["preparer"].username in html
