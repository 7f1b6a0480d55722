"""Errors that are not the caller's are told as such."""

from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from rest_framework.response import Response

from tests.factories import api
from treasury.api.reference import Entities

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("error", [OperationalError, psycopg.OperationalError, psycopg.InterfaceError])
def test_a_database_that_does_not_answer_is_503_with_a_time_to_try_again(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Whoever says so: Django, or the driver in a COPY."""

    def gone(*args: Any) -> None:
        raise error("the server closed the connection unexpectedly")

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


def test_a_fault_of_ours_is_a_problem_document_that_says_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caller = api.by_token()
    caller.client.raise_request_exception = False

    def broken(*args: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(Entities, "rows", broken)
    in_the_view = caller.get("entities/")
    monkeypatch.setattr(Entities, "get", lambda *args, **kwargs: Response({"count": 2**64}))
    in_the_rendering = caller.get("entities/")
    for answer in (in_the_view, in_the_rendering):
        assert answer.status_code == 500
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "internal_error"
        assert b"secret" not in answer.content
        assert "no-store" in answer["Cache-Control"]


def test_a_fault_of_a_page_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    client = api.by_session().client
    client.raise_request_exception = False
    monkeypatch.setattr("treasury.queries.people.person", broken)
    answer = client.get("/help/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


@pytest.mark.parametrize("path", ["entities/", "entities/1/", "measures/", "nothing/", "docs/", "schema/"])
def test_no_answer_is_stored_on_the_way(path: str) -> None:
    for caller in (api.by_token(), api.anonymous()):
        assert "no-store" in caller.get(path)["Cache-Control"]
