"""The account map: written by one, approved by another, seen by an auditor."""

import pytest
from django.urls import reverse

from hedges.models import AccountMapVersion
from hedges.queries import account_map
from tests.factories import book
from tests.hedges.web.workflow.desk import Desk, fields_of


def written(desk: Desk, name: str = "preparer", **changed):
    address = reverse("account-map-edit", args=[desk.entity.code])
    client = desk.by(name)
    told = fields_of(client.get(address).content.decode()) | {"valid_from": "2026-01-01"} | changed
    return client.post(address, told)


def test_it_is_written_by_one_and_approved_by_another(desk: Desk) -> None:
    answer = written(desk, code_DERIVATIVE="1100", name_DERIVATIVE="Derivatives", code_SETTLEMENT="1000")
    assert answer.status_code == 302
    version = AccountMapVersion.objects.get()
    assert version.accounts == {
        "DERIVATIVE": {"code": "1100", "name": "Derivatives"},
        "SETTLEMENT": {"code": "1000", "name": ""},
    }
    page = reverse("account-map-decision", args=[version.pk])
    assert b'value="APPROVED"' not in desk.by("preparer").get(page).content
    assert b'value="APPROVED"' in desk.by("approver").get(page).content
    data = {"decision": "APPROVED", "digest": version.content_digest, "comment": ""}
    assert desk.by("approver").post(reverse("account-map-decide", args=[version.pk]), data).status_code == 302
    assert account_map.in_force(desk.entity, book.TODAY) == version
    html = desk.by("auditor").get(reverse("account-map", args=[desk.entity.code])).content.decode()
    assert "1100 Derivatives" in html
    assert "Change the accounts" not in html
    assert written(desk, code_DERIVATIVE="1110").status_code == 302
    html = desk.by("auditor").get(reverse("account-map", args=[desk.entity.code])).content.decode()
    assert "Hedging instruments at fair value: 1100 Derivatives → 1110 Derivatives" in html


def test_a_name_without_an_account_is_refused_and_nothing_is_lost(desk: Desk) -> None:
    answer = written(desk, name_DERIVATIVE="Derivatives", code_SETTLEMENT="1000")
    assert answer.status_code == 422
    told = fields_of(answer.content.decode())
    assert (told["name_DERIVATIVE"], told["code_SETTLEMENT"]) == ("Derivatives", "1000")
    assert not AccountMapVersion.objects.exists()


def test_an_empty_map_is_refused_in_the_words_of_the_domain(desk: Desk) -> None:
    answer = written(desk)
    assert answer.status_code == 422
    assert "no account is given" in answer.content.decode()


@pytest.mark.parametrize(("name", "status"), [("auditor", 403), ("stranger", 404)])
def test_an_auditor_and_a_stranger_write_none(desk: Desk, name: str, status: int) -> None:
    address = reverse("account-map-edit", args=[desk.entity.code])
    assert desk.by(name).get(address).status_code == status
    assert desk.by(name).post(address, {"code_DERIVATIVE": "1"}).status_code == status
    assert not AccountMapVersion.objects.exists()
