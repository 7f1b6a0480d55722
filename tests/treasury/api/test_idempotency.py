"""A request that is sent again with its key is done once, and answered as the first time."""

from typing import Any

import orjson
import pytest
from django.db import IntegrityError, connection, transaction

from hedges.models import AccountMapVersion
from tests.factories import api, book
from treasury.domain import access, request_keys
from treasury.models import AuditEvent, Membership, RequestKey

pytestmark = pytest.mark.django_db
BODY = {"valid_from": "2026-01-01", "accounts": [{"role": "DERIVATIVE", "code": "1410"}]}


class Place:
    def __init__(self) -> None:
        self.entity = book.entity()
        self.person = book.user("TREASURER", entity=self.entity)
        self.caller = api.by_token(user=self.person)

    @property
    def path(self) -> str:
        return f"entities/{self.entity.pk}/account-map/"

    def post(self, body: Any = BODY, *, key: str | None = "k-1", caller: Any = None, **headers: Any) -> Any:
        told = {"Idempotency-Key": key} | {name.replace("_", "-"): text for name, text in headers.items()}
        return (caller or self.caller).post(self.path, body, headers=told)


@pytest.fixture
def place(db: None) -> Place:
    return Place()


def test_sent_again_it_is_done_once_and_answered_byte_for_byte(place: Place) -> None:
    first = place.post()
    events = AuditEvent.objects.count()
    again = place.post()
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    for name in ("Content-Type", "Location", "ETag"):
        assert first[name] == again[name], name
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert (AccountMapVersion.objects.count(), AuditEvent.objects.count()) == (1, events)
    kept = RequestKey.objects.get()
    assert kept.event.action == "hedges.accountmap.recorded"
    assert (kept.caller.split()[0], kept.key, kept.status) == ("token", "k-1", 201)


def test_the_state_that_was_seen_then_is_not_asked_for_again(place: Place) -> None:
    """The first answer was lost; its sender knows only the old state."""
    place.post(key="k-0")
    seen = place.caller.get(f"account-map-versions/{AccountMapVersion.objects.get().pk}/")["ETag"]
    assert place.post(key="k-1", If_Match='"e1.1"').status_code == 412
    assert seen
    assert place.post(key="k-2", If_Match="*").status_code == 201
    assert place.post(key="k-2", If_Match='"e1.1"').status_code == 201
    assert AccountMapVersion.objects.count() == 2


@pytest.mark.parametrize(
    "changed", [{"valid_from": "2026-02-01"}, {"reason": "another"}, {"nothing": "of the kind"}]
)
def test_another_body_is_another_request(place: Place, changed: dict[str, Any]) -> None:
    place.post()
    refused = place.post(BODY | changed)
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert AccountMapVersion.objects.count() == 1


def test_another_address_is_another_request(place: Place) -> None:
    place.post()
    other = place.caller.post("hedge-relationships/designate/", BODY, headers={"Idempotency-Key": "k-1"})
    assert other.status_code == 422


def test_a_token_creates_only_with_a_key(place: Place) -> None:
    refused = place.post(key=None)
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert (error["field"], error["code"]) == ("Idempotency-Key", "invalid_input")
    assert not AccountMapVersion.objects.exists()
    browser = api.by_session(user=place.person)
    assert place.post(key=None, caller=browser).status_code == 201


def test_a_session_may_send_one_and_its_keys_are_its_own(place: Place) -> None:
    browser = api.by_session(user=place.person)
    first, again = place.post(caller=browser), place.post(caller=browser)
    assert first.content == again.content
    assert place.post().content != first.content
    assert sorted(RequestKey.objects.values_list("caller", flat=True))[0] == "session"


def test_keys_of_one_token_are_not_those_of_another(place: Place) -> None:
    other = api.by_token(user=place.person)
    assert place.post().json()["id"] != place.post(caller=other).json()["id"]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é", "a\tb"])
def test_a_key_is_visible_ascii(place: Place, key: str) -> None:
    refused = place.post(key=key)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "Idempotency-Key")
    assert not RequestKey.objects.exists()


def test_a_refusal_keeps_no_key(place: Place) -> None:
    """What was refused may be mended and sent again with the same key."""
    for body, status in (({"valid_from": "x"}, 400), (BODY | {"valid_to": "2025-01-01"}, 409)):
        assert place.post(body).status_code == status
        assert not RequestKey.objects.exists()
    assert place.post().status_code == 201


def test_who_has_lost_the_role_does_not_see_the_answer_again(place: Place) -> None:
    place.post()
    access.give_role(user=place.person, role="TREASURER", entity=book.entity(), actor=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_begin('treasury.access.role_taken', NULL, '', NULL, '')")
    Membership.objects.filter(user=place.person, entity=place.entity).delete()
    assert place.post().status_code == 404


def test_previews_need_no_key(place: Place) -> None:
    answer = place.caller.post(
        "hedge-relationships/designate/preview/", {}, headers={"Idempotency-Key": None}
    )
    assert answer.json()["errors"][0]["field"] == "entity"
    assert not RequestKey.objects.exists()


def test_the_database_keeps_what_was_answered(place: Place) -> None:
    place.post()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        RequestKey.objects.update(status=200)
    kept = RequestKey.objects.get()
    for changed, guard in (
        ({}, "request_key_once"), ({"key": "a b"}, "request_key_visible"),
        ({"key": "k-2", "status": 409}, "request_key_succeeded"),
    ):  # fmt: skip
        told = {field.attname: getattr(kept, field.attname) for field in RequestKey._meta.fields}
        row = RequestKey(**told | {"id": None, "event_id": None} | changed)
        with pytest.raises(IntegrityError, match=guard), transaction.atomic():
            RequestKey.objects.bulk_create([row])


def test_two_keys_of_one_caller_have_two_locks() -> None:
    person = book.user("TREASURER")
    numbers = {request_keys.Caller(person, "session").number(key) for key in ("a", "b", "a ")}
    assert len(numbers) == 3
    assert all(0 <= number < 2**63 for number in numbers)


def test_the_digest_is_of_method_address_and_raw_body() -> None:
    body = orjson.dumps(BODY)
    digests = {
        request_keys.digest(*told)
        for told in (
            ("POST", "/a/", body),
            ("PUT", "/a/", body),
            ("POST", "/b/", body),
            ("POST", "/a/", body + b" "),
        )
    }
    assert len(digests) == 4
