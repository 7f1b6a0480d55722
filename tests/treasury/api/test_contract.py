"""The contract in docs/openapi.yaml is the one that the program keeps."""

import warnings
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from drf_spectacular.validation import validate_schema

from tests.factories import api
from treasury.api.documentation import contract
from treasury.launcher.paths import PROJECT

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
