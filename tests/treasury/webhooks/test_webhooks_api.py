"""Webhooks by API: made by administrators, the secret shown once, each message with its attempts."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import api, book
from tests.factories.receiver import Receiver
from treasury.domain.webhooks import secrets
from treasury.enums import Role
from treasury.models import AuditEvent, RequestKey, Webhook, WebhookAttempt, WebhookDelivery

pytestmark = pytest.mark.django_db


def told(receiver: Receiver, **fields: Any) -> str:
    return json.dumps({"name": "warehouse", "url": receiver.url()} | fields)


def made(caller: Any, receiver: Receiver, **fields: Any) -> dict[str, Any]:
    answer = caller.send("POST", "webhooks/subscribe/", told(receiver, **fields))
    assert answer.status_code == 201, answer.content
    return answer.json()


def post(caller: Any, key: int, verb: str, **fields: Any) -> Any:
    return caller.send("POST", f"webhooks/{key}/{verb}/", json.dumps(fields))


def test_the_secret_is_shown_when_it_is_made_and_never_again(receiver: Receiver) -> None:
    caller = api.by_token("ADMINISTRATOR")
    row = made(caller, receiver, resources=[{"name": "exposures"}], has_bodies=True)
    assert row["secret"].startswith("whsec_")
    webhook = Webhook.objects.get(pk=row["id"])
    assert secrets.decrypted(webhook.secret_ciphertext) == row["secret"]
    assert row["secret"] not in webhook.secret_ciphertext
    read = caller.get(f"webhooks/{row['id']}/")
    assert row["secret"] not in read.content.decode()
    assert read.json() == {name: value for name, value in row.items() if name != "secret"}
    event = AuditEvent.objects.get(action="treasury.webhook.subscribed")
    assert row["secret"] not in event.reason
    again = post(caller, row["id"], "new-secret").json()["secret"]
    assert again != row["secret"]


def test_a_request_that_is_sent_again_makes_one_and_its_secret_is_kept_nowhere(receiver: Receiver) -> None:
    caller = api.by_token("ADMINISTRATOR")
    first, again = (
        caller.send("POST", "webhooks/subscribe/", told(receiver), headers={"Idempotency-Key": "one"})
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json() | {"secret": None}
    assert Webhook.objects.count() == 1
    assert first.json()["secret"].encode() not in bytes(RequestKey.objects.get().body)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_only_an_administrator_makes_one(receiver: Receiver, role: str) -> None:
    answer = api.by_token(role).send("POST", "webhooks/subscribe/", told(receiver))
    assert answer.status_code == 403
    assert not Webhook.objects.exists()


def test_what_is_not_allowed_is_refused_and_nothing_is_left(receiver: Receiver) -> None:
    entity, theirs = book.entity(), book.entity()
    caller = api.by_token("ADMINISTRATOR", entity=entity)
    for fields, status in (
        ({"url": "https://elsewhere.example.com/"}, 409),
        ({"resources": [{"name": "people"}]}, 409),
        ({"entities": [{"code": theirs.code}]}, 409),
        ({"entities": [{"code": "NONE"}]}, 409),
        ({"cursor": "yesterday"}, 400),
        ({"secret": "mine"}, 400),
    ):
        answer = caller.send("POST", "webhooks/subscribe/", told(receiver, **fields))
        assert answer.status_code == status, answer.content
    assert not Webhook.objects.exists()
    assert not AuditEvent.objects.filter(action="treasury.webhook.subscribed").exists()


def test_others_see_nothing_of_it_and_a_group_administrator_may_only_pause_it(receiver: Receiver) -> None:
    entity = book.entity()
    owner = api.by_token("ADMINISTRATOR", entity=entity)
    key = made(owner, receiver, entities=[{"code": entity.code}])["id"]
    stranger = api.by_token("ADMINISTRATOR", entity=book.entity())
    assert stranger.rows("webhooks/") == []
    assert stranger.get(f"webhooks/{key}/").status_code == 404
    assert stranger.get(f"webhooks/{key}/deliveries/").status_code == 404
    assert post(stranger, key, "pause").status_code == 404
    group = api.by_token("ADMINISTRATOR")
    assert [row["entities"] for row in group.rows("webhooks/")] == [[entity.code]]
    for verb, fields in (
        ("new-secret", {}),
        ("change-address", {"url": receiver.url()}),
        ("replay", {"cursor": "0"}),
    ):
        assert post(group, key, verb, **fields).status_code == 403
    assert post(group, key, "pause", reason="too many messages").json()["status"] == "PAUSED"
    assert post(owner, key, "resume").json()["status"] == "ACTIVE"


def test_a_key_that_is_bound_to_an_entity_tells_and_reaches_no_other(receiver: Receiver) -> None:
    mine, other = book.entity(), book.entity()
    owner = book.user("ADMINISTRATOR")
    free = api.by_token(user=owner)
    wide = made(free, receiver)["id"]
    token = api.token_of(owner, entities=[mine])
    bound = api.Caller(Client(headers={"Authorization": f"Bearer {token}"}))
    row = made(bound, receiver)
    assert row["entities"] == [mine.code]
    assert [one["id"] for one in bound.rows("webhooks/")] == [row["id"]]
    assert post(bound, wide, "change-address", url=receiver.url()).status_code == 404
    answer = bound.send("POST", "webhooks/subscribe/", told(receiver, entities=[{"code": other.code}]))
    assert answer.status_code == 409
    reads = api.Caller(Client(headers={"Authorization": f"Bearer {api.token_of(owner, scopes=['read'])}"}))
    assert reads.send("POST", "webhooks/subscribe/", told(receiver)).status_code == 403


def test_a_replay_names_a_cursor_or_a_delivery_of_this_webhook(receiver: Receiver) -> None:
    caller = api.by_token("ADMINISTRATOR")
    key, other = made(caller, receiver)["id"], made(caller, receiver)["id"]
    delivery = message(key, "7", "9")
    assert post(caller, key, "replay", delivery=delivery.pk).json()["cursor"] == "7"
    assert post(caller, key, "replay", cursor="5.100.3").json()["cursor"] == "5.100.3"
    assert post(caller, other, "replay", delivery=delivery.pk).status_code == 404
    for fields in ({}, {"cursor": "1", "delivery": delivery.pk}, {"cursor": "1.2"}):
        assert post(caller, key, "replay", **fields).status_code == 400


def message(key: int, since: str, until: str) -> WebhookDelivery:
    now = timezone.now()
    made = WebhookDelivery.objects.create(
        webhook_id=key, message_id=f"msg_{book.number()}", cursor_from=since, cursor_to=until, change_count=1,
        status="DELIVERED", created_at=now, finished_at=now,
    )  # fmt: skip
    WebhookAttempt.objects.create(delivery=made, started_at=now, milliseconds=5, response_status=200)
    return made


def test_deliveries_cost_the_same_with_one_and_with_three(receiver: Receiver) -> None:
    caller, spent = api.by_token("ADMINISTRATOR"), []
    for count in (1, 3):
        key = made(caller, receiver)["id"]
        for place in range(count):
            message(key, str(place), str(place + 1))
        with CaptureQueriesContext(connection) as queries:
            found = caller.rows(f"webhooks/{key}/deliveries/")
        assert len(found) == count
        assert [len(row["attempts"]) for row in found] == [1] * count
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_attempts_stay_as_they_were_made(receiver: Receiver) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('treasury_webhookattempt', 'UPDATE')")
        assert cursor.fetchone() == (False,)
