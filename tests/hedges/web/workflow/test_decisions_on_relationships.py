"""Approvals: who wrote a version does not decide on it, a decision is on what was seen, a rejection says why."""

import pytest
from django.urls import reverse

from hedges.models import HedgeRelationshipVersionApproval, ItemAllocation, LateAcceptance
from tests.factories import book, clock
from tests.hedges.web.workflow.desk import Desk


def send(desk: Desk, name: str, version, decision: str, **told):
    data = {"decision": decision, "digest": version.content_digest, "comment": ""} | told
    return desk.by(name).post(reverse("relationship-decide", args=[version.pk]), data)


def test_a_second_person_approves_what_was_seen(desk: Desk) -> None:
    version = desk.hedge(approve=False)
    listed = desk.by("approver").get(reverse("approvals")).content.decode()
    assert version.relationship.code in listed
    answer = send(desk, "approver", version, "APPROVED", comment="agreed")
    assert answer.status_code == 302
    decided = HedgeRelationshipVersionApproval.objects.get(version=version)
    assert (decided.decision, decided.decided_by, decided.comment) == (
        "APPROVED",
        desk.people["approver"],
        "agreed",
    )


def test_the_author_has_no_button_and_is_refused(desk: Desk) -> None:
    version = desk.hedge(approve=False)
    page = reverse("relationship-decision", args=[version.pk])
    own, others = (desk.by(name).get(page).content.decode() for name in ("preparer", "approver"))
    assert 'value="APPROVED"' not in own
    assert 'value="APPROVED"' in others
    assert send(desk, "preparer", version, "APPROVED").status_code == 422
    assert not HedgeRelationshipVersionApproval.objects.filter(version=version).exists()


def test_another_digest_than_that_of_the_version_decides_nothing(desk: Desk) -> None:
    version = desk.hedge(approve=False)
    answer = send(desk, "approver", version, "APPROVED", digest="0" * 64, comment="as agreed")
    assert answer.status_code == 422
    assert "as agreed" in answer.content.decode()  # nothing typed is lost
    assert not HedgeRelationshipVersionApproval.objects.exists()


def test_a_rejection_says_why_and_gives_the_units_back(desk: Desk) -> None:
    version = desk.hedge(approve=False)
    silent = send(desk, "approver", version, "REJECTED")
    assert silent.status_code == 422
    assert "Say why it is rejected" in silent.content.decode()
    assert send(desk, "approver", version, "REJECTED", comment="wrong date").status_code == 302
    row = ItemAllocation.objects.get(relationship_version=version)
    assert row.period_to == row.period_from


def test_a_late_designation_is_accepted_by_a_third_person_first(desk: Desk) -> None:
    with clock.at(book.TODAY):
        from hedges.domain import designation

        draft = book.unsaved_relationship(
            of=desk.entity,
            items=[(book.exposure(of=desk.entity), 600_000)],
            instruments=[(desk.forward(), -600_000)],
            late_reason="the file was written after the trade",
        )
        version = designation.designate(
            designations=[draft], actor=desk.people["preparer"], support=book.bare_support
        )[0]
        page = desk.by("approver").get(reverse("relationship-decision", args=[version.pk])).content.decode()
        assert 'value="APPROVED"' not in page
        assert 'value="LATE"' in page
        assert send(desk, "third", version, "LATE", comment="seen").status_code == 302
        assert LateAcceptance.objects.get().accepted_by == desk.people["third"]
        assert (
            send(desk, "third", version, "APPROVED").status_code == 422
        )  # author, third and approver are three
        assert send(desk, "approver", version, "APPROVED").status_code == 302


@pytest.mark.parametrize(
    ("name", "seen", "done"), [("auditor", 200, 403), ("stranger", 404, 404), ("treasurer", 200, 422)]
)
def test_who_may_see_and_who_may_decide(desk: Desk, name: str, seen: int, done: int) -> None:
    version = desk.hedge(approve=False)
    answer = desk.by(name).get(reverse("relationship-decision", args=[version.pk]))
    assert answer.status_code == seen
    assert b'value="APPROVED"' not in answer.content
    assert send(desk, name, version, "APPROVED").status_code == done
    assert not HedgeRelationshipVersionApproval.objects.exists()


def test_what_waits_is_counted_in_the_bar(desk: Desk) -> None:
    desk.hedge(approve=False)
    html = desk.by("approver").get(reverse("approvals")).content.decode()
    assert "1 relationship to approve" in html
