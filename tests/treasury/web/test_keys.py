"""Keys to the API on the desk: made, shown once, ended; each sees their own, an administrator of the group all."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.factories import api, book
from tests.factories.web import signed_in
from treasury.domain import service_accounts
from treasury.models import ApiClient, ApiToken, User

pytestmark = pytest.mark.django_db
LIST, NEW, CLIENT, END = (reverse(name) for name in ("keys", "key-new", "client-new", "key-revoke"))


def reads(text):
    return Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/entities/").status_code


def test_a_key_is_made_shown_once_and_ended():
    one, two = book.entity(), book.entity()
    person = book.user("TREASURER", entity=one)
    client = signed_in(user=person)
    form = client.get(NEW).content.decode()
    assert one.code in form and two.code not in form
    made = client.post(NEW, {"name": "ledger", "scopes": ["read"], "entities": [one.code], "days": "30"})
    text = re.search(r"hb[0-9a-f]{10}\.[\w-]{43}", made.content.decode()).group()
    assert reads(text) == 200
    token = ApiToken.objects.get()
    assert (token.scopes, token.entity_ids, token.owner) == (["read"], [one.pk], person)
    page = client.get(LIST).content.decode()
    assert "ledger" in page and token.prefix in page and "in force" in page
    assert text not in page
    assert client.post(END, {"key": token.prefix}, follow=True).status_code == 200
    assert reads(text) == 401
    ended = client.get(LIST).content.decode()
    assert "revoked" in ended
    log = ended[ended.index('id="change-log"') :]
    assert "Api token issued" in log and "Api token revoked" in log and person.username in log


@pytest.mark.parametrize(
    "wrong",
    [{"scopes": []}, {"scopes": ["all"]}, {"days": "0"}, {"days": "400"}, {"name": ""}, {"entities": ["NO"]}],
)
def test_what_is_wrong_stands_on_the_form_and_nothing_is_made(wrong):
    client = signed_in(user=book.user("TREASURER"))
    told = {"name": "ledger", "scopes": ["read"], "days": "30"} | wrong
    assert client.post(NEW, told).status_code == 422
    assert not ApiToken.objects.exists()


def test_nobody_sees_or_ends_the_keys_of_others_but_an_administrator_of_the_group():
    owner = book.user("TREASURER")
    prefix = api.token_of(owner, name="ledger of another").partition(".")[0]
    entity = book.entity()
    for user in (book.user("TREASURER"), book.user("ADMINISTRATOR", entity=entity)):
        other = signed_in(user=user)
        assert prefix not in other.get(LIST).content.decode()
        assert "Api token issued" not in other.get(LIST).content.decode()
        assert other.post(END, {"key": prefix}).status_code == 422
    assert ApiToken.objects.get().revoked_at is None
    administrator = signed_in(user=book.user("ADMINISTRATOR"))
    assert prefix in administrator.get(LIST).content.decode()
    administrator.post(END, {"key": prefix})
    assert ApiToken.objects.get().revoked_at is not None


def test_a_machine_is_set_up_by_an_administrator_of_the_group():
    told = {"account": "erp", "name": "ERP", "role": "TREASURER", "scopes": ["read", "exposures"]}
    for role, entity in (("TREASURER", None), ("ADMINISTRATOR", book.entity())):
        assert signed_in(user=book.user(role, entity=entity)).post(CLIENT, told).status_code == 403
    client = signed_in(user=book.user("ADMINISTRATOR"))
    assert client.get(CLIENT).status_code == 200
    page = client.post(CLIENT, told).content.decode()
    made = ApiClient.objects.get()
    secret = re.search(r"<dt>Secret</dt><dd class=\"mono\">([\w-]{43})</dd>", page).group(1)
    assert service_accounts.client(made.client_id, secret) == made
    assert (made.owner.is_service, made.owner.username) == (True, "erp")
    assert client.post(CLIENT, told | {"account": "erp", "scopes": ["decide"]}).status_code == 422
    client.post(END, {"key": made.client_id})
    assert service_accounts.client(made.client_id, secret) is None


def test_a_machine_is_no_person_and_nothing_is_left_of_a_refusal():
    person = book.user("TREASURER")
    client = signed_in(user=book.user("ADMINISTRATOR"))
    told = {"account": person.username, "name": "ERP", "scopes": ["read"]}
    answer = client.post(CLIENT, told)
    assert answer.status_code == 422
    assert escape(f"{person.username} is a person") in answer.content.decode()
    assert client.post(CLIENT, told | {"account": "new", "scopes": ["decide"]}).status_code == 422
    assert not User.objects.filter(username="new").exists()


def test_an_auditor_reads_and_is_offered_nothing():
    client = signed_in(user=book.user("AUDITOR"))
    page = client.get(LIST)
    assert page.status_code == 200
    assert NEW not in page.content.decode()
    for address in (NEW, END):
        assert client.get(address).status_code == 403
    assert client.get(CLIENT).status_code == 403


def test_the_list_takes_as_many_statements_with_three_keys_as_with_one(django_assert_num_queries):
    entity = book.entity()
    owner = book.user("ADMINISTRATOR")
    client = signed_in(user=owner)
    counts = []
    for _ in range(3):
        api.token_of(owner, entities=[entity])
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            assert client.get(LIST).status_code == 200
        counts.append(len(found))
    assert counts[1] == counts[2]
