"""Search: by reference, description, amount, number and date, over every kind; within the entities of the person."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedges.models import AccountingPeriod, HedgeProposal
from tests.factories import api, book, importing, night
from tests.factories.web import signed_in
from treasury.domain import audit
from treasury.quant import catalogue
from treasury.web.looked_for import looked_for

pytestmark = pytest.mark.django_db


def found(client, words: str) -> str:
    answer = client.get(reverse("search"), {"q": words})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_a_part_of_a_reference_or_an_amount_leads_to_the_exposure() -> None:
    entity, risk = book.entity(), book.risk()
    one = book.exposure(of=entity, risk=risk, exposure_amount=Decimal("-7350000"))
    book.exposure(of=entity, risk=risk, exposure_amount=Decimal("100000"))
    client = signed_in(entity=entity)
    page = reverse("exposure", args=[one.exposure_id])
    assert found(client, one.exposure.external_reference[1:]) == page
    assert found(client, "7.35m") == page
    assert found(client, "7400000") == page  # within one per cent
    assert "Nothing has that" in found(client, "7.9m")


def test_another_entitys_things_are_not_found() -> None:
    made = night.small_book(1)
    stranger = signed_in(entity=book.entity())
    for thing in (
        made["exposures"][0].exposure.external_reference,
        made["forwards"][0].instrument.external_reference,
        made["relationships"][0].relationship.code,
    ):
        assert "Nothing has that" in found(stranger, thing)


def test_runs_are_found_by_number_and_date_and_counterparties_by_name() -> None:
    made = night.small_book(1)
    client = signed_in()
    run = made["run"]
    assert reverse("run", args=[run.pk]) in found(client, run.as_of_date.isoformat())
    bank = made["forwards"][0].counterparty
    assert bank.name in found(client, bank.name)


def test_an_import_is_found_by_its_file_its_source_and_its_number_by_who_may_see_it() -> None:
    entity = book.entity()
    author = book.user("TREASURER", entity=entity)
    book.risk("USDEUR")
    content = importing.csv(importing.row("SO-1", entity))
    one = importing.committed(content, actor=author, name="autumn forecast.csv", source="LEDGER")
    page, colleague = reverse("import", args=[one.pk]), signed_in(entity=entity)
    assert found(colleague, "autumn") == page
    assert page in found(colleague, "LEDGER")
    assert page in found(colleague, str(one.pk))
    stranger = signed_in(entity=book.entity())
    assert page not in found(stranger, "autumn")
    content = importing.csv(importing.row("SO-2", entity))
    own = importing.checked(content, actor=author, name="winter.csv", source="LEDGER")
    assert found(signed_in(user=author), "winter") == reverse("import", args=[own.pk])


def proposed(entity, risk, title: str = "Autumn cover", kind: str = "STRATEGY") -> HedgeProposal:
    author, run = book.user("TREASURER", entity=entity), night.small_book(1)["run"]
    with audit.action("hedges.proposal.made", actor=author):
        return HedgeProposal.objects.create(
            entity=entity, kind=kind, title=title, run=run, assumptions={"tool": "programme"},
            client_key=uuid4(), author=author,
        )  # fmt: skip


def test_a_proposal_and_a_saved_strategy_are_found_by_title_and_number() -> None:
    entity = book.entity()
    strategy = proposed(entity, book.risk())
    client = signed_in(entity=entity)
    assert found(client, "autumn cov") == reverse("strategy-saved", args=[strategy.pk])
    assert reverse("strategy-saved", args=[strategy.pk]) in found(client, str(strategy.pk))
    assert "Nothing has that" in found(signed_in(entity=book.entity()), "autumn cov")


def test_risks_pages_and_calculators_are_found_by_name() -> None:
    risk = book.risk()
    entity = book.entity()
    client = signed_in(entity=entity)
    assert reverse("position") + f"?find={risk.code}" in found(client, risk.code)
    assert found(client, "coming d") == reverse("coming-days")
    measure = next(iter(catalogue.MEASURES.values()))
    assert reverse("calculator", args=[measure.code]) in found(client, measure.title)
    assert "Nothing has that" in found(client, "ho"), "two letters are too few for a page"


def test_a_month_is_found_by_its_date_at_ones_own_entities() -> None:
    entity = book.entity()
    with audit.action("hedges.period.opened", actor=None):
        AccountingPeriod.objects.create(entity=entity, period_start=date(2026, 9, 1))
    page = reverse("accounting-period", args=[entity.code, "2026-09"])
    assert found(signed_in(entity=entity), "2026-09") == page
    assert page not in found(signed_in(entity=book.entity()), "2026-09")


def test_people_are_found_by_who_sees_where_they_work() -> None:
    entity = book.entity()
    person = book.user("TREASURER", entity=entity)
    person.last_name = "Quillfeather"
    person.save()
    address = f"{reverse('people')}?people-and-their-roles-find={person.username}"
    assert found(signed_in(entity=entity), "quillf") == address
    assert "Nothing has that" in found(signed_in(entity=book.entity()), "quillf")
    page = signed_in(entity=entity).get(address).content.decode()
    assert page.count("Quillfeather") == 1


def test_the_api_finds_the_same() -> None:
    made = night.small_book(1)
    user = book.user("AUDITOR")
    reference = made["forwards"][0].instrument.external_reference
    (row,) = api.by_token(user=user).read(f"search/?q={reference}")["results"]
    assert (row["kind"], row["name"]) == ("instrument", reference)
    assert found(signed_in(user=user), reference) == row["page"]
    stranger = api.by_token("AUDITOR", entity=book.entity())
    assert stranger.read(f"search/?q={reference}")["results"] == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_reads_does_not_grow_with_what_is_found(size: int) -> None:
    night.small_book(size)
    client = signed_in("AUDITOR")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("search"), {"q": "e"}).status_code == 200
    assert len(asked) == 21


@pytest.mark.parametrize(
    ("text", "amount", "number"),
    [
        ("5m", Decimal(5_000_000), None),
        ("250k", Decimal(250_000), None),
        ("12", Decimal(12), 12),
        ("EURUSD", None, None),
        ("1,000", None, None),
    ],
)
def test_words_are_taken_as_an_amount_only_where_they_are_one(
    text: str, amount: object, number: object
) -> None:
    asked = looked_for(text)
    assert (asked.amount, asked.number) == (amount, number)


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "9" * 40, "((", "é"])
def test_no_word_breaks_the_search(words: str) -> None:
    night.small_book(1)
    assert signed_in().get(reverse("search"), {"q": words}).status_code in (200, 302)
