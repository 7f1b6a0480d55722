"""Designating in the browser: seen before it is sent, sent once, refused in words with nothing lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from hedges.models import HedgeRelationship, HedgeRelationshipVersion, ItemAllocation
from tests.factories import book
from tests.hedges.web.workflow.desk import Desk, designate_address, fields_of


def form(desk: Desk, name: str = "preparer", **basis) -> dict[str, str]:
    answer = desk.by(name).get(designate_address(desk.entity, **basis))
    assert answer.status_code == 200
    return fields_of(answer.content.decode())


def sent(desk: Desk, told: dict[str, str], name: str = "preparer", do: str = "send", **basis):
    return desk.by(name).post(designate_address(desk.entity, **basis), told | {"do": do})


@pytest.fixture
def chosen(desk: Desk) -> dict[str, str]:
    """Amounts of an item and a forward, as typed."""
    item, forward = book.exposure(of=desk.entity), desk.forward()
    return {f"item_{item.pk}": "600k", f"instrument_{forward.pk}": "600,000.00"}


ECONOMIC = {"hedge_type": "ECONOMIC"}


def test_an_economic_hedge_is_sent_without_a_file(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk, **ECONOMIC) | chosen
    answer = sent(desk, told, **ECONOMIC)
    version = HedgeRelationshipVersion.objects.get()
    assert answer.status_code == 302
    assert (
        answer.url == reverse("relationship", args=[version.relationship_id]) + f"?entity={desk.entity.code}"
    )
    assert version.inception_file is None
    assert version.item_allocations.get().designated_amount == Decimal(600_000)
    assert version.instrument_allocations.get().designated_amount == Decimal(-600_000)


def test_sent_twice_it_is_one_relationship(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk, **ECONOMIC) | chosen
    first, again = sent(desk, told, **ECONOMIC), sent(desk, told, **ECONOMIC)
    assert first.url == again.url
    assert HedgeRelationship.objects.count() == 1
    assert ItemAllocation.objects.count() == 1


def test_a_code_of_somebody_else_is_refused_beside_the_field(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk, **ECONOMIC) | chosen
    sent(desk, told, **ECONOMIC)
    answer = sent(desk, told, "treasurer", **ECONOMIC)
    assert answer.status_code == 422
    assert "Another relationship has this code." in answer.content.decode()


def test_the_form_has_capacity_left_and_a_layer(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk, **ECONOMIC) | chosen
    sent(desk, told, **ECONOMIC)
    html = desk.by("preparer").get(designate_address(desk.entity, **ECONOMIC)).content.decode()
    assert ">400,000<" in html  # of the million, the rest
    item = next(name for name in chosen if name.startswith("item_"))
    wanted = form(desk, **ECONOMIC) | {item: "100k", f"{item}_from": "700k"}
    wanted |= {f"instrument_{desk.forward(-100_000).pk}": "100k"}
    assert sent(desk, wanted, **ECONOMIC).status_code == 302
    assert ItemAllocation.objects.latest("id").unit_from == 70_000_000


def test_more_than_is_free_is_refused_and_nothing_is_lost(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk, **ECONOMIC) | dict.fromkeys(chosen, "2m") | {"objective": "hold the margin"}
    answer = sent(desk, told, **ECONOMIC)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Nothing was recorded." in html
    kept = fields_of(html)
    assert (kept["objective"], *(kept[name] for name in chosen)) == ("hold the margin", "2m", "2m")
    assert not HedgeRelationship.objects.exists()


def test_what_the_documentation_lacks_is_named_before_it_is_sent(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk) | chosen | {"release_pattern": "ON_DISPOSAL"}
    html = sent(desk, told, do="preview").content.decode()
    assert "It would be refused." in html
    assert "ON_DISPOSAL is for net investment hedges" in html
    assert "600,000 USD of X" in fields_of(html)["item_description"]  # proposed from what was chosen
    assert not HedgeRelationship.objects.exists()


def test_an_empty_text_is_named_beside_its_field(desk: Desk, chosen: dict[str, str]) -> None:
    answer = sent(desk, form(desk) | chosen | {"strategy": " "})
    assert answer.status_code == 422
    assert "Risk management strategy is missing." in answer.content.decode()


def test_without_items_and_instruments_both_are_named(desk: Desk, chosen: dict[str, str]) -> None:
    html = sent(desk, form(desk)).content.decode()
    assert "No hedged item is chosen" in html
    assert "No hedging instrument is chosen" in html


@pytest.mark.parametrize("amount", ["a lot", "1,000", "1.2.3"])
def test_what_is_no_amount_is_asked_back(desk: Desk, chosen: dict[str, str], amount: str) -> None:
    item = next(name for name in chosen if name.startswith("item_"))
    answer = sent(desk, form(desk) | chosen | {item: amount})
    assert answer.status_code == 422
    assert fields_of(answer.content.decode())[item] == amount


def test_the_first_step_refuses_an_end_before_the_beginning(desk: Desk) -> None:
    html = (
        desk.by("preparer").get(designate_address(desk.entity, hedge_end_date="2020-01-01")).content.decode()
    )
    assert "It ends before it is designated" in html


@pytest.mark.parametrize(("name", "status"), [("auditor", 403), ("stranger", 200)])
def test_who_may_not_designate(desk: Desk, chosen: dict[str, str], name: str, status: int) -> None:
    client = desk.by(name)
    assert client.get(reverse("relationship-designate")).status_code == status
    # an entity of somebody else is as if it were not there
    assert client.get(designate_address(desk.entity)).status_code in (403, 404)
    assert client.post(designate_address(desk.entity), chosen | {"do": "send"}).status_code in (403, 404)
    assert not HedgeRelationship.objects.exists()


def test_an_approver_prepares_nothing(desk: Desk, chosen: dict[str, str]) -> None:
    answer = sent(desk, form(desk, "approver", **ECONOMIC) | chosen, "approver", **ECONOMIC)
    assert answer.status_code == 422
    assert "its preparer must be" in answer.content.decode()


def test_a_copy_has_texts_and_a_second_framework_has_the_amounts(desk: Desk) -> None:
    version = desk.hedge(objective="hold the margin of the season")
    address = reverse("relationship-designate")
    first = desk.by("preparer").get(address, {"copy": version.relationship_id}).content.decode()
    assert f"those of {version.relationship.code}" in first
    copied = form(desk, copy=version.relationship_id)
    assert copied["objective"] == "hold the margin of the season"
    assert not [name for name in copied if name.startswith("item_") and copied[name]]
    parallel = form(desk, parallel_of=version.relationship_id, framework="ASC815")
    item = version.item_allocations.get().exposure_version_id
    assert parallel[f"item_{item}"] == "600000"


def test_hedge_accounting_is_seen_with_its_test_sent_and_approved(desk: Desk, chosen: dict[str, str]) -> None:
    told = form(desk) | chosen
    seen = sent(desk, told, do="preview")
    html = seen.content.decode()
    assert seen.status_code == 200
    for words in (
        "Test at inception",
        "Critical terms, one by one",
        "Hypothetical derivatives",
        "Verdict then",
    ):
        assert words in html
    assert "It would be refused." not in html
    assert not HedgeRelationship.objects.exists()  # a rehearsal leaves nothing behind
    answer = sent(desk, fields_of(html))
    assert answer.status_code == 302, answer.content.decode()
    version = HedgeRelationshipVersion.objects.get()
    assert version.assessments.get().occasion == "INCEPTION"
    assert version.inception_file.item_description.startswith("600,000 USD of X")
    page = desk.by("approver").get(reverse("relationship-decision", args=[version.pk])).content.decode()
    assert "Inception file" in page
    assert "Critical terms, one by one" in page
    data = {"decision": "APPROVED", "digest": version.content_digest}
    assert (
        desk.by("approver").post(reverse("relationship-decide", args=[version.pk]), data).status_code == 302
    )
    for name in ("preparer", "auditor"):
        whole = desk.by(name).get(reverse("relationship", args=[version.relationship_id])).content.decode()
        assert "Test at inception" in whole
        assert "Inception file" in whole


def test_instruments_of_the_hedged_risk_come_first_and_what_is_taken_says_by_which(desk: Desk) -> None:
    other = book.forward(
        100_000, of=desk.entity, counterparty=desk.bank, risk=book.risk("GBPEUR"),
        settlement_date=timezone.now().date() + timedelta(days=1),
    )  # fmt: skip
    taken = desk.hedge()
    html = desk.by("preparer").get(designate_address(desk.entity)).content.decode()
    reference = taken.instrument_allocations.get().instrument.external_reference
    row = next(row for row in html.split("<tr>") if reference in row)
    assert f"in {taken.relationship.code}" in row
    assert html.index(reference) < html.index(other.instrument.external_reference)


def dated(desk: Desk, chosen: dict[str, str], since: int, until: int) -> dict[str, str]:
    """The forward for a part of the hedged period, in days from today."""
    name = next(name for name in chosen if name.startswith("instrument_"))
    today = timezone.now().date()
    days = {"since": since, "until": until}
    return chosen | {f"{name}_{end}": str(today + timedelta(days=days[end])) for end in days}


def test_a_part_of_the_term_is_chosen_day_by_day_and_shown(desk: Desk, chosen: dict[str, str]) -> None:
    part = dated(desk, chosen, 10, 20)
    html = sent(desk, form(desk) | part, do="preview").content.decode()
    today = timezone.now().date()
    described = f"designated from {today + timedelta(days=10)}, designated until {today + timedelta(days=20)}"
    assert described in fields_of(html)["instrument_description"]
    answer = sent(desk, form(desk, **ECONOMIC) | part, **ECONOMIC)
    assert answer.status_code == 302
    version = HedgeRelationshipVersion.objects.get()
    hedge, item = version.instrument_allocations.get(), version.item_allocations.get()
    assert (hedge.period_from, hedge.period_to) == (today + timedelta(days=10), today + timedelta(days=21))
    assert item.period_to == version.hedge_end_date + timedelta(days=1)
    page = desk.by("preparer").get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert str(today + timedelta(days=10)) in page and "To before" in page


def test_a_term_that_ends_before_it_begins_or_has_no_amount_is_asked_back(desk: Desk, chosen) -> None:
    html = sent(desk, form(desk) | dated(desk, chosen, 20, 10)).content.decode()
    assert "It ends before it begins" in html
    name = next(name for name in chosen if name.startswith("instrument_"))
    html = sent(desk, form(desk) | dated(desk, chosen, 10, 20) | {name: ""}).content.decode()
    assert "A part of the term is given, but no amount of it." in html
    assert not HedgeRelationship.objects.exists()


def test_a_term_beyond_the_hedged_period_is_refused_by_its_name(desk: Desk, chosen: dict[str, str]) -> None:
    answer = sent(desk, form(desk, **ECONOMIC) | dated(desk, chosen, 10, 4000), **ECONOMIC)
    assert answer.status_code == 422
    assert "is not within the hedged period" in answer.content.decode()
    assert not HedgeRelationship.objects.exists()
