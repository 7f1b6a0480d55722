"""The credit of counterparties on the desk and in the API: who sees facts, who records them, and what is refused."""

import pytest
from django.urls import reverse

from tests.factories import book
from tests.factories.web import signed_in
from treasury.domain import credit_facts
from treasury.models import CreditFact

pytestmark = pytest.mark.django_db
LIST, FORM = reverse("credit-facts"), reverse("credit-fact-record")


@pytest.fixture
def bank():
    return book.counterparty(code="BANKX")


def sent(bank, **fields):
    told = {"counterparty": bank.pk, "value": "RATING BB+", "fact_date": "2026-06-01", "source": "an agency"}
    return told | fields


def test_a_fact_is_recorded_and_listed(bank):
    client = signed_in(user=book.user("TREASURER", entity=book.entity()))
    assert client.get(FORM).status_code == 200
    answer = client.post(FORM, sent(bank), follow=True)
    page = answer.content.decode()
    assert "On record for BANKX from 2026-06-01" in page
    assert "BB+" in page and "an agency" in page
    fact = CreditFact.objects.get()
    assert (fact.kind, fact.value, fact.event.action) == (
        "RATING", "BB+", "treasury.counterparty.credit_fact_recorded",
    )  # fmt: skip
    api = client.get("/api/v1/credit-facts/?counterparty=BANKX").json()
    assert [(row["kind"], row["value"], row["fact_date"]) for row in api["results"]] == [
        ("RATING", "BB+", "2026-06-01")
    ]


def test_what_is_wrong_stands_on_the_form_and_nothing_is_recorded(bank):
    client = signed_in(user=book.user("TREASURER", entity=book.entity()))
    answer = client.post(FORM, sent(bank, fact_date="2198-01-01"))
    assert answer.status_code == 422
    assert "a day that is still to come" in answer.content.decode()
    assert client.post(FORM, sent(bank, source="")).status_code == 422
    assert not CreditFact.objects.exists()


def test_an_auditor_reads_and_is_offered_nothing(bank):
    client = signed_in(user=book.user("AUDITOR"))
    page = client.get(LIST)
    assert page.status_code == 200
    assert FORM not in page.content.decode()
    assert client.get(FORM).status_code == 403
    assert client.post(FORM, sent(bank)).status_code == 403


def test_the_list_takes_as_many_statements_with_three_facts_as_with_one(bank, django_assert_num_queries):
    client = signed_in(user=book.user("TREASURER", entity=book.entity()))

    def record(value):
        credit_facts.record(
            counterparty=bank, kind="RATING", fact_date="2026-01-01", value=value, source="an agency",
            actor=book.user("TREASURER"),
        )  # fmt: skip

    record("AA")
    client.get(LIST)
    for extra in ((), ("A", "BBB")):
        for value in extra:
            record(value)
        with django_assert_num_queries(13):
            client.get(LIST)
