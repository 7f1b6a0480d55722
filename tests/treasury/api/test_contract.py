"""The contract in docs/openapi.json, which is served, is the one that the program keeps."""

import json
from typing import Any

import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator, FormatChecker

from tests.factories import api, night
from treasury.api.documentation import COMMITTED, committed, contract
from treasury.config.management.commands.contract import generated

PROBLEM = {"$ref": "#/components/schemas/Problem"}
OAUTH = "/api/v1/oauth/token/"


def refusals(operation: dict[str, Any]) -> dict[str, Any]:
    """What stands once among the components, and what stands in place."""
    shared = contract()["components"]["responses"]
    return {
        code: shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
        for code, answer in operation["responses"].items()
        if code >= "400"
    }


def test_the_committed_contract_is_the_generated_one() -> None:
    assert COMMITTED.read_text() == generated(), (
        "the API has changed: run `manage.py contract write` and look at the difference"
    )


def test_the_contract_is_valid_openapi_3_1() -> None:
    document = json.loads(COMMITTED.read_text())
    assert document["openapi"] == "3.1.0"
    validate_schema(document)


def test_every_operation_names_its_refusals_as_problem_documents() -> None:
    for path, methods in contract()["paths"].items():
        if path == OAUTH:  # its errors are those of RFC 6749
            continue
        for method, operation in methods.items():
            told = refusals(operation)
            assert {"401", "403", "405", "503"} <= set(told), (method, path)
            for code, answer in told.items():
                assert list(answer["content"]) == ["application/problem+json"], (method, path, code)


def test_operation_names_are_unique() -> None:
    names = [
        operation["operationId"] for methods in contract()["paths"].values() for operation in methods.values()
    ]
    assert len(names) == len(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/vnd.oai.openapi"])
def test_anyone_reads_the_contract(accept: str) -> None:
    answer = api.anonymous().client.get("/api/v1/schema/", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] in {accept, "application/vnd.oai.openapi+json"}
    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert yaml.load(answer.content, Loader=reader) == json.loads(COMMITTED.read_text())


@pytest.mark.django_db
def test_the_first_reader_waits_for_nothing_to_be_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: Any, **told: Any) -> None:
        raise AssertionError("the contract is worked out")

    monkeypatch.setattr(SchemaGenerator, "get_schema", never)
    committed.cache_clear()
    assert api.anonymous().client.get("/api/v1/schema/").content == COMMITTED.read_bytes()


@pytest.mark.django_db
def test_a_parameter_that_the_contract_has_not_is_refused() -> None:
    conforms(api.anonymous().refused("schema/", nothing="1"), PROBLEM)


def conforms(body: Any, schema: dict[str, Any]) -> None:
    document = {**schema, "components": contract()["components"]}
    Draft202012Validator(document, format_checker=FormatChecker()).validate(body)


@pytest.mark.django_db
def test_every_answer_is_as_the_contract_says() -> None:
    """Each list and, for each of its rows, the single object; and the refusals."""
    night.small_book(2)
    caller = api.by_token("AUDITOR")
    for path, methods in contract()["paths"].items():
        if "get" not in methods or "calculate" in path:
            continue
        content = methods["get"]["responses"]["200"]["content"]
        if "application/json" not in content:  # a file: test_streams.py
            continue
        schema = content["application/json"]["schema"]
        refused = caller.refused(path.removeprefix("/api/v1/"), nothing="1")
        conforms(refused, PROBLEM)
        assert refused["status"] == (404 if "{" in path else 400), path
        if "{" not in path:
            conforms(caller.read(path.removeprefix("/api/v1/")), schema)
            continue
        of_all = path.partition("{")[0]
        if of_all not in contract()["paths"]:  # nothing lists them
            assert of_all in {"/api/v1/bulk-jobs/", "/api/v1/strategies/saved/"}, of_all
            continue
        rows = caller.rows(of_all.removeprefix("/api/v1/"))
        for row in rows[:3]:
            own = (
                "relationship_id"
                if "effectiveness" in path
                else "instrument_id"
                if "valuations" in path
                else "relationship_id"
                if path.startswith("/api/v1/measurements")
                else "id"
            )
            key = str(row["code"] if "measures" in path else row[own])
            address = path.removeprefix("/api/v1/").replace("{key}", key).replace("{code}", key)
            conforms(caller.read(address.replace("{month}", "2026-09")), schema)
