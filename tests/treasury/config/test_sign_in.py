"""Signing in behind proxies, and the lock after five wrong passwords."""

import re
from itertools import count
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.factories import book
from treasury.config.accounts import InvitedOnly, client_address

pytestmark = pytest.mark.django_db
RIGHT = "a long enough password"
_hosts = count(1)


def person() -> Any:
    somebody = book.user("TREASURER")
    somebody.set_password(RIGHT)
    somebody.save(update_fields=["password"])
    return somebody


def address() -> str:
    """An address that no other test has used up."""
    return f"198.51.100.{next(_hosts)}"


def attempt(somebody: Any, password: str, **headers: str) -> Any:
    body = {"login": somebody.username, "password": password}
    return Client().post("/accounts/login/", body, **headers)


def test_whoever_is_locked_out_gets_the_same_answer_each_time() -> None:
    somebody, here = person(), address()
    answers = [attempt(somebody, "wrong", REMOTE_ADDR=here) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 4
    answers.append(attempt(somebody, RIGHT, REMOTE_ADDR=here))
    for answer in answers[4:]:
        assert answer.status_code == 429
        assert "Locked for a while" in answer.content.decode()
        assert "Try again in 15 minutes" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    assert attempt(somebody, RIGHT, REMOTE_ADDR=address()).status_code == 302


def test_behind_a_proxy_a_lock_is_of_one_client_and_not_of_all(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    somebody, proxy, guesser, colleague = person(), address(), address(), address()
    for _ in range(5):
        locked = attempt(somebody, "wrong", REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=guesser)
    assert locked.status_code == 429
    assert attempt(somebody, RIGHT, REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=guesser).status_code == 429
    made_up = f"{colleague}, {guesser}"
    assert attempt(somebody, RIGHT, REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=made_up).status_code == 429
    assert attempt(somebody, RIGHT, REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=colleague).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "192.0.2.1", "127.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        (2, "192.0.2.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "nobody", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_of_a_client_is_what_our_outermost_proxy_has_seen(
    settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert client_address(request) == expected
    assert InvitedOnly(request).get_client_ip(request) == expected


def test_without_the_setting_no_proxy_is_believed(settings: Any) -> None:
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0


@pytest.mark.parametrize("key", ["\x00" + "a" * 31, "../../etc/passwd", "a" * 4000, "'; --aaaaaaaa"])
def test_a_cookie_that_is_no_session_is_nobody(key: str) -> None:
    client = Client()
    client.cookies["sessionid"] = key
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/")


def test_the_cursor_waits_in_the_username_and_no_field_repeats_its_label() -> None:
    text = Client().get("/accounts/login/").content.decode()
    assert "placeholder" not in text[text.index('<form method="post"') :]
    fields = re.findall(r"<input[^>]*autofocus[^>]*>", text)
    assert len(fields) == 1
    assert 'name="login"' in fields[0]
    assert 'autocomplete="username"' in fields[0]
