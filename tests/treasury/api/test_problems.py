"""Errors that are not the caller's are told as such."""

from typing import Any

import pytest
from django.db import OperationalError

from tests.factories import api
from treasury.api.reference import Entities

pytestmark = pytest.mark.django_db


def test_a_database_that_does_not_answer_is_503_with_a_time_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*args: Any) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    caller = api.by_token()
    monkeypatch.setattr(Entities, "rows", gone)
    answer = caller.get("entities/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Content-Type"] == "application/problem+json"
    assert b"connection" not in answer.content


def test_a_write_is_refused_with_what_is_allowed() -> None:
    answer = api.by_token().send("POST", "exposures/", "{}")
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert answer.json()["code"] == "method_not_allowed"


def test_only_json_is_given() -> None:
    answer = api.by_token().client.get("/api/v1/entities/", headers={"Accept": "text/csv"})
    assert answer.status_code == 406


def test_a_browser_gets_json_too() -> None:
    answer = api.by_session().client.get("/api/v1/entities/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
