"""Each header that an answer has stands in the contract, and each that the contract promises comes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import orjson
import pytest
from django.db import OperationalError
from django.test import Client

from tests.api_contract.headers import named, resolved, wrong
from tests.api_contract.test_complete import TOKEN, filled
from tests.factories import api, book, night
from treasury.api import rate_limits
from treasury.api.answer_headers import COMPONENTS
from treasury.api.documentation import contract
from treasury.api.permissions import MayRead
from treasury.domain import access
from treasury.enums import Role, TokenScope

NDJSON = "application/x-ndjson"
#: What an exposure in bulk is.
ROW = {"risk": "USDEUR", "kind": "FIRM_COMMITMENT", "exposure_amount": "1.00", "expected_date": "2027-03-31"}


def operation(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = contract()["paths"][f"/api/v1/{path}"][method.lower()]
    return found


def operations(document: dict[str, Any] | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in (document or contract())["paths"].items():
        for method, one in methods.items():
            yield path, method, one


def test_every_answer_says_the_headers_that_it_has() -> None:
    document = contract()
    for path, method, one in operations():
        told = {int(code): set(named(document, one, int(code))) for code in one["responses"]}
        assert "www-authenticate" in told[401], (method, path)
        for status in (429, 503):
            assert "retry-after" in told[status], (method, path)
        for status, names in told.items():
            is_counted = status not in (401, 406)
            assert ({"ratelimit", "ratelimit-policy"} <= names) == is_counted, (method, path, status)
        if path.endswith("/stream/"):
            assert {"hedgebook-cursor", "content-disposition"} <= told[200], path


def test_each_header_stands_once_and_all_are_used() -> None:
    used = set()
    for _, _, one in operations():
        for answer in one["responses"].values():
            headers = resolved(contract(), answer).get("headers", {})
            used |= {header["$ref"].rpartition("/")[2] for header in headers.values()}
    assert used == set(COMPONENTS) == set(contract()["components"]["headers"])


def test_what_can_be_a_job_takes_the_header_that_asks_for_one() -> None:
    for path, _, one in operations():
        names = {parameter["name"] for parameter in one.get("parameters", ()) if parameter["in"] == "header"}
        has_job = "#/components/schemas/BulkJob" in str(one["responses"].get("202", {}))
        assert ("Prefer" in names) == has_job, path


def test_a_client_of_oauth_finds_where_it_asks_and_what_for() -> None:
    schemes = contract()["components"]["securitySchemes"]
    flow = schemes["client"]["flows"]["clientCredentials"]
    assert (schemes["client"]["type"], flow["tokenUrl"] in contract()["paths"]) == ("oauth2", True)
    assert set(flow["scopes"]) == set(TokenScope.values) - {TokenScope.DECIDE}
    assert contract()["servers"][0]["url"] == "/"
    asked = {}
    for path, method, one in operations():
        if path != TOKEN:
            assert {"token", "cookieAuth"} <= {name for way in one["security"] for name in way}, path
            scopes = [scope for way in one["security"] for scope in way.get("client", ())]
            assert set(scopes) <= set(flow["scopes"]), path
            asked[method, path.removeprefix("/api/v1/")] = scopes
    assert asked["get", "exposures/"] == ["read"]
    assert asked["post", "exposures/record/"] == ["exposures"]
    assert asked["post", "exposure-versions/{key}/approve/"] == []


def test_a_creation_links_to_where_it_is_read() -> None:
    """The operation is there, and the field of the answer that is its key."""
    document, linked = contract(), 0
    reads = {one["operationId"]: path for path, method, one in operations() if method == "get"}
    for path, _, one in operations():
        for code, answer in one["responses"].items():
            for link in answer.get("links", {}).values():
                assert reads[link["operationId"]].endswith("/{key}/"), (path, code)
                schema = next(iter(answer["content"].values()))["schema"]
                for part in link["parameters"]["key"].removeprefix("$response.body#/").split("/"):
                    shape = resolved(document, schema)
                    schema = shape["items"] if part.isdigit() else shape["properties"][part]
                assert schema["type"] == "integer", (path, code)
                linked += 1
            if code in ("201", "202") and "Location" in answer["headers"]:
                is_promised = resolved(document, answer["headers"]["Location"]).get("required", False)
                assert is_promised == ("links" in answer), (path, code)
    assert linked > 45


@pytest.fixture
def caller(db: None, queue: str) -> api.Caller:
    rate_limits._broker.cache_clear()
    everybody = book.user("TREASURER")
    for role in (Role.APPROVER, Role.HEDGE_ACCOUNTANT, Role.ADMINISTRATOR):
        access.give_role(user=everybody, role=role, entity=None, actor=None)
    return api.by_token(user=everybody)


def checked(method: str, path: str, answer: Any) -> Any:
    found = wrong(contract(), operation(method, path), answer.status_code, answer.headers)
    assert not found, (method, path, found)
    return answer


def test_every_read_and_refusal_has_the_headers_that_it_says(caller: api.Caller) -> None:
    night.small_book(2)
    seen = set()
    for path, method, _ in operations():
        short, body = path.removeprefix("/api/v1/"), b"{}" if method == "post" else None
        if path == TOKEN:
            continue
        for told in ({}, {"nothing": "1"}, {"headers": {"Accept": "text/x-none"}}):
            answer = checked(method, short, caller.send(method.upper(), filled(path), body, **told))
            seen.add(answer.status_code)
            assert answer.has_header("RateLimit") == (answer.status_code != 406), path
        nobody = checked(method, short, api.anonymous().send(method.upper(), filled(path), body))
        wrong_method = caller.send("DELETE", filled(path))
        checked(method, short, wrong_method)
        seen |= {nobody.status_code, wrong_method.status_code}
    assert {200, 400, 401, 404, 405, 406} <= seen


def test_a_creation_a_job_and_what_follows_have_theirs(caller: api.Caller) -> None:
    entity, risk = book.entity(), book.risk("USDEUR")
    row = ROW | {"external_reference": "T-1", "entity": entity.code, "risk": risk.code}
    told = {"media_type": NDJSON, "source_system": "ERP", "valid_from": "2026-01-01"}
    body, key = orjson.dumps(row), {"Idempotency-Key": "one"}
    for headers in (key, key, {"Prefer": "respond-async"}):
        answer = caller.send("POST", "exposures/bulk/", body, headers=headers, **told)
        checked("post", "exposures/bulk/", answer)
    assert (answer.status_code, answer.has_header("Location")) == (202, True)
    job = answer.json()["id"]
    waiting = checked("get", "bulk-jobs/{key}/result/", caller.get(f"bulk-jobs/{job}/result/"))
    assert (waiting.status_code, waiting.has_header("Retry-After")) == (409, True)
    [exposure] = caller.rows("exposures/", as_of="2026-01-02") or [None]
    assert exposure is None  # it waits for another person
    one = caller.get(f"entities/{entity.pk}/")
    checked("get", "entities/{key}/", one)
    same = caller.send("GET", f"entities/{entity.pk}/", headers={"If-None-Match": one["ETag"]})
    assert checked("get", "entities/{key}/", same).status_code == 304


def test_too_many_requests_and_no_database_have_theirs(
    caller: api.Caller, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **told: Any) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(MayRead, "has_permission", gone)
    answer = checked("get", "entities/", caller.get("entities/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    settings.HEDGEBOOK_RATE_LIMIT = (1, 60)
    answer = checked("get", "entities/", caller.get("entities/"))
    assert (answer.status_code, answer.has_header("RateLimit")) == (429, True)


def test_a_wrong_client_is_told_how_to_sign_in() -> None:
    answer = Client().post(TOKEN, "x=1", content_type="application/x-www-form-urlencoded")
    checked("post", "oauth/token/", answer)


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_a_header_that_the_contract_does_not_name_is_found(name: str) -> None:
    """Without each of them the check above has something to say."""
    document = deepcopy(contract())
    header = name.partition(".")[0]
    for _, _, one in operations(document):
        for status in map(int, one["responses"]):
            reference = resolved(document, one["responses"][str(status)]).get("headers", {}).get(header, {})
            if reference.get("$ref", "").endswith(f"/{name}") and header != "Allow":
                without = resolved(document, one["responses"][str(status)])
                del without["headers"][header]
                copied = {"responses": {str(status): without}}
                assert wrong(document, copied, status, [*named(document, copied, status), header])
                return
    assert header == "Allow"
