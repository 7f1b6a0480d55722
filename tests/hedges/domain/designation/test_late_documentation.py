"""Hedge accounting begins on the documentation date by the database's clock, never before it (6.4.1(b))."""

from datetime import UTC, date, datetime

from hedges.domain import designation, relationship_approval
from hedges.models import HedgeRelationshipVersion
from tests.factories import book, clock
from tests.factories.refusing import refused

LATE = date(2026, 2, 10)


def draft(entity, **fields):
    parts = {
        "items": [(book.exposure(of=entity), 600_000)],
        "instruments": [(book.forward(of=entity), -600_000)],
    }
    return book.unsaved_relationship(of=entity, **parts, **fields)


def designate(made, author=None, on=LATE):
    author = author or book.user("HEDGE_ACCOUNTANT")
    with clock.at(on):
        [version] = designation.designate(designations=[made], actor=author, support=book.bare_support)
    return version


def approve(version, actor):
    relationship_approval.approve(versions=[version], actor=actor)


def test_a_date_before_the_documentation_needs_a_reason(entity, refuses):
    refuses(
        "2026-01-01 is before the day of the documentation, 2026-02-10.*late_reason", "2026-02-10, and no reason",
        of=entity, items=[(book.exposure(of=entity), 1)], instruments=[(book.forward(of=entity), -1)], on=LATE,
    )  # fmt: skip


def test_a_blank_is_no_reason(entity, refuses):
    refuses(
        "give late_reason", "relationship_version_late_reason", late_reason=" ", on=LATE,
        of=entity, items=[(book.exposure(of=entity), 1)], instruments=[(book.forward(of=entity), -1)],
    )  # fmt: skip


def test_hedge_accounting_begins_on_the_day_of_the_documentation(entity):
    version = designate(draft(entity, late_reason="the desk was closed"))
    assert (version.designation_date, version.accounting_from) == (book.START, LATE)
    for side in (version.item_allocations, version.instrument_allocations):
        assert {(row.period_from, row.struck_on) for row in side.all()} == {(LATE, LATE)}


def test_it_does_not_begin_before_its_own_date(entity):
    version = designate(draft(entity, designation_date=date(2026, 3, 1)))
    assert version.accounting_from == date(2026, 3, 1)


def test_the_day_is_the_entitys(db):
    """Half past eleven in the evening of 9 February in London is the tenth in Tokyo."""
    entity = book.entity(time_zone="Asia/Tokyo")
    evening = datetime(2026, 2, 9, 23, 30, tzinfo=UTC)
    assert designate(draft(entity, designation_date=LATE), on=evening).accounting_from == LATE


def test_nobody_can_say_that_it_began_earlier(entity):
    version = designate(draft(entity, late_reason="the desk was closed", accounting_from=book.START))
    assert version.accounting_from == LATE


def test_three_people(entity):
    author, second, third = (book.user("HEDGE_ACCOUNTANT") for _ in range(3))
    version = designate(draft(entity, late_reason="the desk was closed"), author)
    with refused("accepted by another person before it is approved"):
        approve(version, second)
    with refused("nobody accepts the lateness of their own"):
        relationship_approval.accept_late(version=version, actor=author)
    with refused("only an approver or a hedge accountant of the entity accepts"):
        relationship_approval.accept_late(version=version, actor=book.user("TREASURER"))
    with refused("another content"):
        relationship_approval.accept_late(version=version, actor=third, digest="0" * 64)
    relationship_approval.accept_late(version=version, actor=third, comment="the bank was late")
    with refused("accepted already"):
        relationship_approval.accept_late(version=version, actor=second)
    with refused("accepted by another person before it is approved"):
        approve(version, third)
    with refused("nobody decides on a version that they had a hand in"):
        approve(version, author)
    approve(version, second)
    with refused("decided already"):
        relationship_approval.accept_late(version=version, actor=third)


def test_an_acceptance_is_for_a_late_designation(entity):
    version = designate(draft(entity), on=book.START)
    with refused("was documented in time"):
        relationship_approval.accept_late(version=version, actor=book.user("APPROVER"))


def test_an_acceptance_names_its_person(entity):
    """The person of the action is recorded, whoever the row names."""
    version = designate(draft(entity, late_reason="the desk was closed"))
    third = book.user("APPROVER")
    accepted = relationship_approval.accept_late(version=version, actor=third)
    accepted.refresh_from_db()
    assert accepted.accepted_by == third


def test_an_economic_hedge_is_never_late(entity):
    version = designate(draft(entity, hedge_type="ECONOMIC"))
    assert HedgeRelationshipVersion.objects.get(pk=version.pk).accounting_from == LATE
