"""The contract in docs/openapi.yaml is the one that the program keeps."""

import warnings
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator, FormatChecker

from tests.factories import api, night
from treasury.api.documentation import contract
from treasury.launcher.paths import PROJECT

PROBLEM = {"$ref": "#/components/schemas/Problem"}
COMMITTED = Path(PROJECT) / "docs" / "openapi.yaml"


def generated() -> str:
    out = StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call_command("spectacular", "--fail-on-warn", stdout=out)
    return out.getvalue()


def test_the_committed_contract_is_the_generated_one() -> None:
    assert COMMITTED.read_text() == generated(), (
        "the API has changed: look at the difference, then run `manage.py spectacular --file docs/openapi.yaml`"
    )


def test_the_contract_is_valid_openapi_3_1() -> None:
    document = yaml.safe_load(COMMITTED.read_text())
    assert document["openapi"] == "3.1.0"
    validate_schema(document)


def test_every_operation_names_its_refusals_as_problem_documents() -> None:
    for path, methods in contract()["paths"].items():
        for method, operation in methods.items():
            refusals = {code for code in operation["responses"] if code >= "400"}
            assert {"401", "403", "405", "503"} <= refusals, (method, path)
            for code in refusals:
                content = operation["responses"][code]["content"]
                assert list(content) == ["application/problem+json"], (method, path, code)


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
    assert yaml.safe_load(answer.content)["openapi"] == "3.1.0"


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
        responses = methods["get"]["responses"]
        schema = responses["200"]["content"]["application/json"]["schema"]
        conforms(caller.refused(path.removeprefix("/api/v1/"), nothing="1"), PROBLEM)
        if "{" not in path:
            conforms(caller.read(path.removeprefix("/api/v1/")), schema)
            continue
        rows = caller.rows(path.removeprefix("/api/v1/").partition("{")[0])
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
