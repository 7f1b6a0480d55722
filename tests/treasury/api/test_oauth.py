"""Short-lived tokens by client credentials, as RFC 6749 says."""

import base64
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.factories import api, book
from tests.treasury.api.test_keys import machine
from treasury.domain import service_accounts
from treasury.models import ApiToken, AuditEvent

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/oauth/token/"
FORM = "application/x-www-form-urlencoded"


class System:
    def __init__(self, **told: Any) -> None:
        self.entity = book.entity()
        self.account = machine("TREASURER", self.entity)
        told = {"owner": self.account, "name": "ERP", "actor": None} | told
        self.client, self.secret = service_accounts.register(**told)

    def ask(
        self, *, basic: bool = True, raw: Any = None, media: str = FORM, query: str = "", sender: str = "127.0.0.1",
        **form: Any,
    ) -> Any:  # fmt: skip
        headers = {}
        told = {"grant_type": "client_credentials"} | form
        if basic:
            both = f"{quote_plus(self.client.client_id)}:{quote_plus(self.secret)}"
            headers["Authorization"] = "Basic " + base64.b64encode(both.encode()).decode()
        else:
            told |= {"client_id": self.client.client_id, "client_secret": self.secret} | form
        body = (
            raw
            if raw is not None
            else urlencode({name: text for name, text in told.items() if text is not None})
        )
        client = Client(REMOTE_ADDR=sender)
        return client.generic("POST", ADDRESS + query, body, content_type=media, headers=headers)


@pytest.fixture
def system(db: None) -> System:
    return System(scopes=["read", "exposures"])


def reads(text: str) -> int:
    return Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/entities/").status_code


@pytest.mark.parametrize("basic", [True, False])
def test_a_client_gets_a_token_for_an_hour(system: System, basic: bool) -> None:
    answer = system.ask(basic=basic)
    told = answer.json()
    assert (answer.status_code, told["token_type"], told["expires_in"]) == (200, "Bearer", 3600)
    assert told["scope"] == "read exposures"
    assert ("no-store" in answer["Cache-Control"], answer["Pragma"]) == (True, "no-cache")
    token = ApiToken.objects.get()
    assert timedelta(minutes=59) < token.expires_at - timezone.now() <= timedelta(hours=1)
    assert (token.owner, token.client) == (system.account, system.client)
    assert told["access_token"].partition(".")[2] not in str(vars(token))
    assert reads(told["access_token"]) == 200
    assert AuditEvent.objects.filter(action="treasury.api_token.issued").exists()


def test_a_client_that_only_reads_gets_one_too() -> None:
    account = machine("AUDITOR")
    system = System(owner=account)
    assert system.ask().status_code == 200


def test_less_may_be_asked_for_and_never_more(system: System) -> None:
    assert system.ask(scope="read").json()["scope"] == "read"
    for scope in ("read market", "all", " ", "read  exposures", "READ"):
        refused = system.ask(scope=scope)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope"), scope
    assert system.ask(scope="").json()["scope"] == "read exposures"


@pytest.mark.parametrize(
    ("told", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"), ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": ""}, 400, "invalid_request"), ({"raw": b"\xff=1"}, 400, "invalid_request"),
        ({"raw": "grant_type=client_credentials&grant_type=client_credentials"}, 400, "invalid_request"),
        ({"client_id": "x"}, 400, "invalid_request"), ({"media": "application/json"}, 400, "invalid_request"),
        ({"query": "?grant_type=client_credentials"}, 400, "invalid_request"),
        ({"raw": "a&" * 2040}, 400, "invalid_request"), ({"basic": False, "client_secret": "x"}, 401, "invalid_client"),
        ({"basic": False, "client_secret": None}, 401, "invalid_client"),
        ({"basic": False, "client_id": "é"}, 401, "invalid_client"),
        ({"basic": False, "client_id": None, "client_secret": None}, 401, "invalid_client"),
    ],
)  # fmt: skip
def test_refusals_are_those_of_the_rfc(system: System, told: dict[str, Any], status: int, error: str) -> None:
    refused = system.ask(**told)
    assert (refused.status_code, refused.json()["error"]) == (status, error), refused.content
    assert refused["Content-Type"] == "application/json"
    assert "no-store" in refused["Cache-Control"]
    assert refused.has_header("WWW-Authenticate") == (status == 401)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic /w==", "Bearer x", "Basic eDp5", "Digest x"])
def test_another_header_is_no_client(system: System, header: str) -> None:
    answer = Client().post(
        ADDRESS, "grant_type=client_credentials", content_type=FORM, headers={"Authorization": header}
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_client_ends_with_all_its_tokens_at_once(system: System) -> None:
    text = system.ask().json()["access_token"]
    assert reads(text) == 200
    assert service_accounts.revoke(client_id=system.client.client_id, actor=None)
    assert reads(text) == 401
    assert system.ask().json()["error"] == "invalid_client"
    assert not service_accounts.revoke(client_id=system.client.client_id, actor=None)


def test_an_account_that_is_ended_ends_its_clients(system: System) -> None:
    text = system.ask().json()["access_token"]
    system.account.is_active = False
    system.account.save()
    assert (reads(text), system.ask().status_code) == (401, 401)


def test_keys_of_requests_are_the_clients_over_its_tokens(system: System) -> None:
    """A token ends every hour; what was sent before is not done again by the next one."""
    from tests.treasury.api.test_idempotency import BODY

    wide = System(scopes=["read", "accounting"])
    answers = []
    for _ in range(2):
        text = wide.ask().json()["access_token"]
        by = api.Caller(Client(headers={"Authorization": f"Bearer {text}"}))
        told = {"Idempotency-Key": "one"}
        answers.append(by.post(f"entities/{wide.entity.pk}/account-map/", BODY, headers=told))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content


def test_a_body_that_is_too_large_is_not_read(system: System) -> None:
    assert system.ask(raw="a" * 5000).status_code == 413


def test_the_command_registers_and_revokes(capsys: pytest.CaptureFixture[str]) -> None:
    entity = book.entity()
    told = {"name": "ERP", "role": "TREASURER", "at": entity.code, "scope": ["read"], "entity": [entity.code]}
    call_command("api_client", "register", "erp", **told)
    client_id, secret = capsys.readouterr().out.split()
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = Client().post(ADDRESS, urlencode(form), content_type=FORM)
    assert reads(answer.json()["access_token"]) == 200
    call_command("api_client", "revoke", client_id)
    assert reads(answer.json()["access_token"]) == 401


def test_a_sender_whose_address_the_server_does_not_know_gets_its_token_too(system: System) -> None:
    assert system.ask(sender="").status_code == 200
