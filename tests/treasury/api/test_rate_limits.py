"""A key sends so many requests and no more, and each answer says how many are left."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.factories import api, book
from treasury.api import rate_limits
from treasury.config.limits import rate_limit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture(autouse=True)
def three(settings: Any) -> None:
    settings.HEDGEBOOK_RATE_LIMIT = (3, 60)
    rate_limits._broker.cache_clear()


def left(answer: Any) -> int:
    return int(answer["RateLimit"].partition("r=")[2].partition(";")[0])


def test_each_answer_says_what_is_left_and_the_fourth_is_refused() -> None:
    caller = api.by_token("AUDITOR")
    answers = [caller.get(path) for path in ("entities/", "nothing/", "entities/?nothing=1")]
    assert [answer.status_code for answer in answers] == [200, 404, 400]
    assert [left(answer) for answer in answers] == [2, 1, 0]
    assert answers[0]["RateLimit-Policy"] == '"key";q=3;w=60'
    refused = caller.get("entities/")
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert refused.json()["code"] == "too_many_requests"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert left(refused) == 0


def test_writes_and_refusals_count_and_other_keys_do_not() -> None:
    person = book.user("AUDITOR")
    caller, other = api.by_token(user=person), api.by_token(user=person)
    assert left(caller.post("hedge-relationships/designate/")) == 2
    assert left(other.get("entities/")) == 2
    assert left(caller.get("entities/")) == 1


def test_a_client_is_counted_with_its_tokens_and_when_it_asks_for_them() -> None:
    from tests.treasury.api.test_oauth import System

    system = System(scopes=["read"])
    first = system.ask()
    text = first.json()["access_token"]
    reading = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/entities/")
    assert (left(first), left(reading), left(system.ask())) == (2, 1, 0)
    refused = system.ask()
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")


def test_wrong_secrets_are_limited_for_each_client_and_sender() -> None:
    from tests.treasury.api.test_oauth import System

    rate_limits._broker.cache_clear()
    system, other = System(scopes=["read"]), System(scopes=["read"])

    def wrong(of: System, **told: Any) -> Any:
        return of.ask(basic=False, client_secret="x", **told)

    for _ in range(rate_limits.WRONG_SECRETS):
        assert wrong(system).status_code == 401
    refused, right = wrong(system), system.ask()
    for answer in (refused, right):  # the right one tells nothing either
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert 1 <= int(answer["Retry-After"]) <= rate_limits.FORGOTTEN_AFTER
    assert (wrong(other).status_code, other.ask().status_code) == (401, 200)
    assert system.ask(sender="192.0.2.7").status_code == 200


def asked(text: str, sender: str = "192.0.2.1") -> Any:
    headers = {"Authorization": f"Bearer {text}"}
    return Client(REMOTE_ADDR=sender).get("/api/v1/entities/", headers=headers)


def limited(answer: Any) -> bool:
    """Whether it is a 429 that says for how long."""
    if answer.status_code != 429:
        return False
    assert (answer.json()["code"], answer["Content-Type"]) == (
        "too_many_requests",
        "application/problem+json",
    )
    assert 1 <= int(answer["Retry-After"]) <= rate_limits.FORGOTTEN_AFTER
    return True


def test_wrong_tokens_of_one_prefix_are_limited_for_each_sender() -> None:
    """While it lasts the right one gets the same answer there; other senders, other tokens and sessions go on."""
    rate_limits._broker.cache_clear()
    person = book.user("AUDITOR")
    right, other = api.token_of(person), api.token_of(person)
    for _ in range(rate_limits.WRONG_SECRETS):
        assert asked(right + "x").status_code == 401
    assert limited(asked(right + "x")) and limited(asked(right))
    assert asked(right, sender="192.0.2.2").status_code == 200
    assert asked(other).status_code == 200
    by_session = api.by_session("AUDITOR")
    assert by_session.client.get("/api/v1/entities/", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_wrong_tokens_of_any_prefix_are_limited_for_each_sender() -> None:
    """Who tries one after the other is told less and less; the right ones of others behind the address go through."""
    rate_limits._broker.cache_clear()
    right = api.token_of(book.user("AUDITOR"))
    answers = [asked(f"hb{number:010}.x") for number in range(rate_limits.WRONG_TOKENS + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [401] * rate_limits.WRONG_TOKENS
    assert limited(answers[-1])
    assert (asked(right).status_code, asked("hb1.x", sender="192.0.2.2").status_code) == (200, 401)


def test_right_tokens_are_not_counted_with_wrong_ones(settings: Any) -> None:
    settings.HEDGEBOOK_RATE_LIMIT = (0, 60)
    caller = api.by_token("AUDITOR")
    for _ in range(rate_limits.WRONG_SECRETS + 1):
        assert caller.get("entities/").status_code == 200


def test_right_secrets_are_not_counted_with_wrong_ones(settings: Any) -> None:
    from tests.treasury.api.test_oauth import System

    settings.HEDGEBOOK_RATE_LIMIT = (0, 60)
    system = System(scopes=["read"])
    for _ in range(rate_limits.WRONG_SECRETS + 1):
        assert system.ask().status_code == 200


def test_a_session_is_not_counted() -> None:
    caller = api.by_session("AUDITOR")
    for _ in range(5):
        answer = caller.get("entities/")
        assert answer.status_code == 200
        assert not answer.has_header("RateLimit")


def test_nothing_limits_where_the_setting_says_so(settings: Any) -> None:
    settings.HEDGEBOOK_RATE_LIMIT = (0, 60)
    caller = api.by_token("AUDITOR")
    assert [caller.get("entities/").status_code for _ in range(5)] == [200] * 5


def test_without_the_broker_requests_go_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    nobody = rate_limits._Broker(f"redis+socket://{tmp_path}/nobody")
    monkeypatch.setattr(rate_limits, "_broker", lambda address: nobody)
    caller = api.by_token("AUDITOR")
    for _ in range(5):
        answer = caller.get("entities/")
        assert (answer.status_code, answer.has_header("RateLimit")) == (200, False)


def test_a_token_that_is_none_is_not_counted() -> None:
    answer = Client(headers={"Authorization": "Bearer hb1.x"}).get("/api/v1/entities/")
    assert (answer.status_code, answer.has_header("RateLimit")) == (401, False)


@pytest.mark.parametrize("text", ["", "100", "100/", "/60", "a/60", "100/0", "-1/60", "1.5/60"])
def test_the_setting_is_read_strictly(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="requests/seconds"):
        rate_limit(text)
