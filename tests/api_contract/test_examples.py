"""The contract shows an example of every request, answer and refusal, and each of them fits its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from treasury.api.documentation import contract

#: What is no text: a file, which an example cannot show.
FILES = ("application/octet-stream", "application/vnd.")
PROBLEM = "application/problem+json"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in contract()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def shown(content: dict[str, Any]) -> list[Any]:
    if "example" in content:
        return [content["example"]]
    components = contract()["components"]["examples"]
    found = content.get("examples", {}).values()
    return [
        components[one["$ref"].rpartition("/")[2]]["value"] if "$ref" in one else one["value"]
        for one in found
    ]


def contents() -> Iterator[tuple[tuple[str, ...], str, dict[str, Any]]]:
    for path, method, operation in operations():
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            yield (method, path, "request"), media_type, content
        for code, told in operation["responses"].items():
            answer = (
                contract()["components"]["responses"][told["$ref"].rpartition("/")[2]]
                if "$ref" in told
                else told
            )
            for media_type, content in answer.get("content", {}).items():
                yield (method, path, str(code)), media_type, content


def test_every_request_answer_and_refusal_has_an_example() -> None:
    missing = [
        (where, media_type)
        for where, media_type, content in contents()
        if not media_type.startswith(FILES) and not shown(content)
    ]
    assert missing == []


def test_every_example_fits_its_schema() -> None:
    wrong = []
    for where, media_type, content in contents():
        if "json" not in media_type or media_type.endswith("ndjson"):
            continue
        schema = {**content["schema"], "components": contract()["components"]}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        wrong += [
            (where, error.json_path, error.message)
            for value in shown(content)
            for error in validator.iter_errors(value)
        ]
    assert wrong == []


def test_a_refusals_example_is_of_its_own_status() -> None:
    for where, media_type, content in contents():
        if media_type == PROBLEM:
            assert {str(value["status"]) for value in shown(content)} == {where[2]}, where
