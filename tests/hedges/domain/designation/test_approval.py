"""The second person: entitled, not the author, once, on what was seen; a rejection gives the units back."""

import pytest

from hedges.domain import designation, relationship_approval
from hedges.models import HedgeRelationshipVersionApproval, InstrumentAllocation, ItemAllocation
from tests.factories import book, clock
from tests.factories.refusing import refused


@pytest.fixture
def waiting(entity):
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    author = book.user("HEDGE_ACCOUNTANT")
    return book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], approve=False, author=author
    )


def approve(version, actor, **fields):
    relationship_approval.approve(versions=[version], actor=actor, **fields)


@pytest.mark.parametrize("role", ["TREASURER", "HEDGE_ACCOUNTANT"])
def test_who_may_prepare(entity, role):
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    parts = {"of": entity, "items": [(item, 1)], "instruments": [(hedge, -1)]}
    book.relationship(**parts, approve=False, author=book.user(role, entity=entity))


@pytest.mark.parametrize("role", [None, "APPROVER", "ADMINISTRATOR", "elsewhere"])
def test_who_may_not(entity, monkeypatch, role):
    person = book.user("TREASURER", entity=book.entity()) if role == "elsewhere" else book.user(role)
    draft = book.unsaved_relationship(
        of=entity, items=[(book.exposure(of=entity), 1)], instruments=[(book.forward(of=entity), -1)]
    )
    words = (
        "its preparer must be a hedge accountant or treasurer",
        "the preparer of a designation is a hedge accountant",
    )
    with clock.at(book.START):
        for expected in words:
            with refused(expected):
                designation.designate(designations=[draft], actor=person, support=book.bare_support)
            monkeypatch.setattr(designation, "refuse_faults", lambda drafts, known: None)


@pytest.mark.parametrize("role", ["APPROVER", "HEDGE_ACCOUNTANT"])
def test_who_may_decide(entity, waiting, role):
    approve(waiting, book.user(role, entity=entity))
    [decision] = HedgeRelationshipVersionApproval.objects.all()
    assert (decision.decision, decision.content_digest) == ("APPROVED", waiting.content_digest)


@pytest.mark.parametrize("role", [None, "TREASURER", "ADMINISTRATOR", "elsewhere"])
def test_who_may_not_decide(waiting, role):
    person = book.user("APPROVER", entity=book.entity()) if role == "elsewhere" else book.user(role)
    for decide in (relationship_approval.approve, relationship_approval.reject):
        with refused("only an approver or a hedge accountant of the entity decides"):
            decide(versions=[waiting], actor=person)


def test_nobody_decides_on_their_own(waiting):
    for decide in (relationship_approval.approve, relationship_approval.reject):
        with refused("nobody decides on a version that they had a hand in"):
            decide(versions=[waiting], actor=waiting.author)


def test_a_decision_is_a_persons_and_on_what_was_seen(waiting):
    with refused("an approval needs a person"):
        approve(waiting, None)
    with refused("another content than the version has"):
        approve(waiting, book.user("APPROVER"), digests=["0" * 64])


def test_a_decision_is_made_once(waiting):
    approve(waiting, book.user("APPROVER"))
    with refused("decided already"):
        relationship_approval.reject(versions=[waiting], actor=book.user("APPROVER"))


def test_all_or_none(entity, waiting):
    other = book.relationship(
        of=entity, items=[(book.exposure(of=entity), 1)], instruments=[(book.forward(of=entity), -1)]
    )
    with refused("decided already"):
        relationship_approval.approve(versions=[waiting, other], actor=book.user("APPROVER"))


def test_without_its_test_at_inception_it_is_not_approved(entity, monkeypatch):
    monkeypatch.setattr(designation, "_test_at_inception", lambda versions, support: None)
    version = book.relationship(
        of=entity,
        items=[(book.exposure(of=entity), 1)],
        instruments=[(book.forward(of=entity), -1)],
        approve=False,
    )
    with refused(r"without its test at inception cannot be approved \(6.4.1\(c\)\)"):
        approve(version, book.user("APPROVER"))


def test_a_rejection_gives_the_units_back(waiting):
    item, hedge = ItemAllocation.objects.get(), InstrumentAllocation.objects.get()
    relationship_approval.reject(
        versions=[waiting], actor=book.user("APPROVER"), comment="the ratio is wrong"
    )
    for row in (item, hedge):
        row.refresh_from_db()
        assert row.period_to == row.period_from == book.START
        assert row.released_at is not None
    book.relationship(
        of=waiting.entity, items=[(item.exposure_version, 600_000)],
        instruments=[(hedge.instrument_version, -600_000)],
    )  # fmt: skip


def test_an_approval_leaves_the_units_as_they_are(waiting):
    before = list(ItemAllocation.objects.values())
    approve(waiting, book.user("APPROVER"))
    assert list(ItemAllocation.objects.values()) == before


def test_an_economic_hedge_has_a_second_person_too(entity):
    version = book.relationship(
        of=entity, items=[(book.exposure(of=entity), 1)], instruments=[(book.forward(of=entity), -1)],
        approve=False, hedge_type="ECONOMIC", author=book.user("TREASURER"),
    )  # fmt: skip
    with refused("nobody decides on a version"):
        approve(version, version.author)
    approve(version, book.user("APPROVER"))


def test_who_prepared_it_is_told_who_decides_instead(waiting):
    words = (
        f"You prepared version 1 of {waiting.relationship.code}, and nobody decides on a version that they had a hand"
        f" in. Another person with the role approver or hedge accountant at {waiting.entity.code} must decide."
    )
    with refused(words):
        approve(waiting, waiting.author)
