"""Racing people on a committed book: one of them is refused, and what is refused leaves nothing behind."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from exposures.domain import recording
from exposures.models import ExposureVersionApproval
from hedges.domain import designation, relationship_approval
from hedges.models import (
    AssessmentRecord,
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    InceptionFile,
    InstrumentAllocation,
    ItemAllocation,
    LateAcceptance,
)
from tests.factories import book, clock
from treasury.domain import approval
from treasury.domain.refusals import Refusal
from treasury.models import AuditEvent

pytestmark = pytest.mark.database


def race(*acts: Callable[[], object]) -> list[str]:
    """What became of each act, all begun at one moment, each on a connection of its own."""
    outcomes = [""] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            outcomes[place] = "done"
        except Refusal as refusal:
            outcomes[place] = str(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def pair():
    of = book.entity()
    item, hedge = book.exposure(of=of), book.forward(-1_000_000, of=of)
    return {"of": of, "items": [(item, 600_000)], "instruments": [(hedge, -600_000)]}


def designate(draft, author):
    with clock.at(book.START):
        designation.designate(designations=[draft], actor=author, support=book.bare_support)


def waiting():
    return book.relationship(**pair(), approve=False, author=book.user("HEDGE_ACCOUNTANT"))


def test_the_same_units_are_designated_once(committed_db):
    parts = pair()
    drafts = [book.unsaved_relationship(**parts) for _ in range(6)]
    authors = [book.user("HEDGE_ACCOUNTANT") for _ in drafts]
    events = AuditEvent.objects.filter(action="hedges.relationship.designated")
    outcomes = race(
        *(lambda d=draft, a=author: designate(d, a) for draft, author in zip(drafts, authors, strict=True))
    )
    assert outcomes.count("done") == 1
    others = [words for words in outcomes if words != "done"]
    assert all("already designated" in words or "more than is free" in words for words in others), others
    counts = [
        table.objects.count()
        for table in (HedgeRelationship, HedgeRelationshipVersion, InceptionFile, ItemAllocation,
                      InstrumentAllocation, AssessmentRecord)
    ]  # fmt: skip
    assert (counts, events.count()) == ([1] * 6, 1)


def test_an_approval_and_a_rejection_are_not_both(committed_db):
    versions = [waiting() for _ in range(3)]
    for version in versions:
        people = [book.user("APPROVER") for _ in range(2)]
        outcomes = race(
            lambda v=version, p=people[0]: relationship_approval.approve(versions=[v], actor=p),
            lambda v=version, p=people[1]: relationship_approval.reject(versions=[v], actor=p),
        )
        assert sorted(words == "done" for words in outcomes) == [False, True], outcomes
        assert "decided already" in " ".join(outcomes)
        approved = HedgeRelationshipVersionApproval.objects.get(version=version).decision == "APPROVED"
        for side in (version.item_allocations, version.instrument_allocations):
            row = side.get()
            assert (row.period_to > row.period_from) is approved, "units go with the decision"
    assert HedgeRelationshipVersionApproval.objects.count() == 3


def test_the_author_never_wins(committed_db):
    version, approver = waiting(), book.user("APPROVER")
    author = version.author
    outcomes = race(
        *[lambda: relationship_approval.approve(versions=[version], actor=author)] * 4,
        lambda: relationship_approval.approve(versions=[version], actor=approver),
    )
    assert outcomes.count("done") == 1
    assert HedgeRelationshipVersionApproval.objects.get().decided_by == approver


def test_a_late_designation_is_accepted_by_one_and_approved_by_another(committed_db):
    """The same person accepts and approves at once: whatever comes first, it is not approved by that alone."""
    with clock.at(book.TODAY):
        draft = book.unsaved_relationship(**pair(), late_reason="the desk was closed")
        [version] = designation.designate(
            designations=[draft], actor=book.user("HEDGE_ACCOUNTANT"), support=book.bare_support
        )
    person = book.user("APPROVER")
    race(
        lambda: relationship_approval.accept_late(version=version, actor=person),
        lambda: relationship_approval.approve(versions=[version], actor=person),
    )
    assert LateAcceptance.objects.count() == 1
    assert HedgeRelationshipVersionApproval.objects.count() == 0
    relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))


def test_an_exposure_that_is_amended_meanwhile_is_not_designated_as_it_was(committed_db):
    """Either it was designated first, or the designation is of the newest approved version."""
    parts = pair()
    item = parts["items"][0][0]
    [settled] = recording.amend(
        versions=[book.unsaved_exposure(exposure=item.exposure, status="SETTLED")],
        actor=book.user(),
        reason="paid",
    )
    draft, author, second = book.unsaved_relationship(**parts), book.user("HEDGE_ACCOUNTANT"), book.user()
    outcomes = race(
        lambda: designate(draft, author),
        lambda: approval.decide(versions=[settled], approvals=ExposureVersionApproval, actor=second),
    )
    assert outcomes[1] == "done"
    assert outcomes[0] == "done" or "newest approved" in outcomes[0]
