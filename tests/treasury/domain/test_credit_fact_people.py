"""Facts about a counterparty's credit: only preparers record them, and another one clears what triggers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import book
from treasury.domain import audit, credit_facts
from treasury.domain.refusals import Refusal
from treasury.kernel.ratings import RATINGS
from treasury.models import Counterparty, CreditFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Counterparty:
    book.rule_pack()
    return book.counterparty(code="BANK")


def past_the_domain(bank: Counterparty, actor: Any, kind: str = "RATING", value: str = "AA") -> CreditFact:
    with transaction.atomic(), audit.action("test.fact", actor=actor):
        return CreditFact.objects.create(
            counterparty=bank, kind=kind, value=value, fact_date=book.TODAY, source="the agency"
        )


@pytest.mark.parametrize("role", ["APPROVER", "ADMINISTRATOR", "AUDITOR", None])
def test_who_does_not_prepare_records_none(bank, role) -> None:
    with pytest.raises(DatabaseError, match=r"recorded by a hedge accountant or treasurer|auditor"):
        past_the_domain(bank, book.user(role) if role else None)
    assert not CreditFact.objects.exists()


@pytest.mark.parametrize("role", ["HEDGE_ACCOUNTANT", "TREASURER"])
def test_a_preparer_records_them(bank, role) -> None:
    assert past_the_domain(bank, book.user(role, entity=book.entity())).pk


@pytest.mark.parametrize(
    ("kind", "bad", "good"),
    [("DEFAULT", "DEFAULTED", "CURED"), ("COLLATERAL", "NOT_POSTED", "POSTED"), ("RATING", "BB+", "BBB-")],
)
def test_a_trigger_is_cleared_by_another_person(bank, kind, bad, good) -> None:
    first, other = book.user("TREASURER"), book.user("HEDGE_ACCOUNTANT")
    past_the_domain(bank, first, kind, bad)
    with pytest.raises(DatabaseError, match=re.escape(f"who recorded {bad} does not clear it")):
        past_the_domain(bank, first, kind, good)
    told = {
        "counterparty": bank,
        "kind": kind,
        "fact_date": book.TODAY - timedelta(days=1),
        "source": "notice",
    }
    credit_facts.record(value=good, actor=first, **told)  # of a day before: the trigger stands
    with pytest.raises(Refusal, match="another hedge accountant or treasurer"):
        credit_facts.record(value=good, actor=first, **told | {"fact_date": book.TODAY})
    assert past_the_domain(bank, other, kind, good).pk


def test_a_rating_that_clears_nothing_needs_no_second_person(bank) -> None:
    person = book.user("TREASURER")
    for value in ("A", "AA", "BB", "BB+", "B"):
        past_the_domain(bank, person, "RATING", value)
    assert CreditFact.objects.count() == 5


def test_the_database_has_the_same_scale() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(hedgebook_rating_notch(r)) FROM unnest(%s::text[]) AS r", [list(RATINGS)]
        )
        assert cursor.fetchone()[0] == list(range(1, len(RATINGS) + 1))
