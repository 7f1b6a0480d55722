"""The database: what follows a designation is a change of what was designated, and of an approved one."""

import pytest

from hedges.models import HedgeRelationshipVersion
from tests.factories import book, clock
from tests.factories.refusing import refused
from treasury.domain import audit
from treasury.domain.refusals import as_refusal


def relationship(approve=True, **fields):
    of = book.entity()
    return book.relationship(
        of=of,
        items=[(book.exposure(of=of), 1)],
        instruments=[(book.forward(of=of), -1)],
        approve=approve,
        **fields,
    )


def follow(version, **fields):
    """A further version of the relationship, as nobody but the database looks at it."""
    like = HedgeRelationshipVersion.objects.get(pk=version.pk)
    like.pk, like.version_number, like.change_kind, like.change_cause = (
        None,
        None,
        "DISCONTINUATION",
        "CRITERIA_FAILED",
    )
    for name, value in fields.items():
        setattr(like, name, value)
    with clock.at(book.START), as_refusal(), audit.action("test.followed", actor=book.user("TREASURER")):
        like.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"hedge_type": "ECONOMIC", "inception_file": None}, {"hedge_type": "FAIR_VALUE"}, {"framework": "ASC815"},
        {"designated_component": "SPOT"}, {"designation_date": book.TODAY}, {"inception_file": None},
    ],
)  # fmt: skip
def test_a_change_keeps_what_was_designated(fields):
    version = relationship()
    with refused("keeps what was designated|the framework is the entity's|lacks inception_file"):
        follow(version, **fields)


@pytest.mark.django_db
def test_an_economic_hedge_does_not_become_an_accounting_hedge():
    version = relationship(hedge_type="ECONOMIC")
    with refused("keeps what was designated"):
        follow(version, hedge_type="CASH_FLOW")


@pytest.mark.django_db
def test_a_designation_is_the_first_version():
    version = relationship()
    with refused("the first version is the designation"):
        follow(version, change_kind="DESIGNATION")


@pytest.mark.django_db
def test_what_is_not_approved_is_not_changed():
    version = relationship(approve=False)
    with refused("a designation that is not approved cannot be changed"):
        follow(version)
