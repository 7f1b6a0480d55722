"""The contract is whole: what each operation does, takes, gives and refuses stands in it, and it refuses as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.factories import api, book
from treasury.api.documentation import contract
from treasury.domain import access
from treasury.enums import Role

Operation = tuple[str, str, dict[str, Any]]
PROBLEM = "application/problem+json"
#: Its refusals are those of RFC 6749, and whoever asks is nobody yet.
TOKEN = "/api/v1/oauth/token/"
ALWAYS = {"400", "401", "403", "405", "429", "503"}
KEYS = {"hedge-ratios": "ENTITY_RISK.1.1", "horizon-profiles": "1.1", "costs-of-hedging": "1.TIME_VALUE"}


def operations() -> Iterator[Operation]:
    for path, methods in contract()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def answers(operation: dict[str, Any]) -> dict[str, Any]:
    shared = contract()["components"]["responses"]
    return {
        code: shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
        for code, answer in operation["responses"].items()
    }


def expected(path: str, method: str, operation: dict[str, Any]) -> set[str]:
    """The refusals that can happen to every operation of this form."""
    headers = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"}
    found = set(ALWAYS)
    if "{" in path:
        found |= {"404"}
    if method == "post":
        found |= {"413", "415"}
    if not path.endswith("/stream/"):  # its address says the form, not the header
        found |= {"406"}
    if "Idempotency-Key" in headers:
        found |= {"404", "409", "422"}
    if "If-Match" in headers:
        found |= {"412", "428"}
    return found


def test_every_operation_parameter_and_answer_says_what_it_is() -> None:
    silent = [
        (method, path, what)
        for path, method, operation in operations()
        for what, said in [
            ("operation", operation.get("description")),
            *((one["name"], one.get("description")) for one in operation.get("parameters", ())),
            *((code, answer.get("description")) for code, answer in answers(operation).items()),
        ]
        if not said
    ]
    assert silent == []


def test_every_operation_says_what_it_takes_and_gives() -> None:
    for path, method, operation in operations():
        assert ("requestBody" in operation) == (method == "post"), (method, path)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            schema = {**content["schema"], "components": contract()["components"]}
            is_needed = Draft202012Validator(schema).is_valid({}) is False
            assert operation["requestBody"]["required"] == is_needed, (method, path)
        given = {code: answer for code, answer in answers(operation).items() if code < "300"}
        assert given, (method, path)
        for code, answer in given.items():
            assert answer["content"], (method, path, code)
            assert all("schema" in one for one in answer["content"].values()), (method, path, code)


def test_every_refusal_that_can_happen_is_a_problem_document() -> None:
    for path, method, operation in operations():
        if path == TOKEN:
            continue
        told = answers(operation)
        must = expected(path, method, operation)
        assert must <= set(told), (method, path, must - set(told))
        assert {"412", "428"} & must == {"412", "428"} & set(told), (method, path)
        for code, answer in told.items():
            if code >= "400":
                (content,) = answer["content"].items()
                assert content[0] == PROBLEM, (method, path, code)
                assert content[1]["schema"] == {"$ref": "#/components/schemas/Problem"}, (method, path, code)
                assert content[1]["examples"], (method, path, code)


def filled(path: str) -> str:
    resource = path.removeprefix("/api/v1/").partition("/")[0]
    for name, value in {"key": KEYS.get(resource, "1"), "month": "2026-09", "code": "hedge_ratio"}.items():
        path = path.replace(f"{{{name}}}", value)
    return path.removeprefix("/api/v1/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "status"), [({"query": {"nothing": "1"}}, 400), ({"headers": {"Accept": "text/x-none"}}, 406)]
)
def test_what_no_operation_takes_is_refused_by_each_as_it_says(wrong: dict[str, Any], status: int) -> None:
    """A parameter that it does not have, a form that is not given (that of a file is said by its address)."""
    everybody = book.user("TREASURER")
    for role in (Role.APPROVER, Role.HEDGE_ACCOUNTANT, Role.ADMINISTRATOR):
        access.give_role(user=everybody, role=role, entity=None, actor=None)
    caller = api.by_token(user=everybody)
    problem = {**contract()["components"]["schemas"]["Problem"], "components": contract()["components"]}
    for path, method, _ in operations():
        if path == TOKEN or (status == 406 and path.endswith("/stream/")):
            continue
        told = {"headers": wrong.get("headers")} | wrong.get("query", {})
        body = b"{}" if method == "post" else None
        answer = caller.send(method.upper(), filled(path), body, **told)
        assert answer.status_code == status, (method, path, answer.content)
        assert answer["Content-Type"] == PROBLEM, (method, path)
        Draft202012Validator(problem).validate(answer.json())
