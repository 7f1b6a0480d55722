"""What is asked of a refusal besides Schemathesis's own checks."""

from __future__ import annotations

from typing import Any

import schemathesis

from tests.api_contract.headers import wrong

PROBLEM = "application/problem+json"


@schemathesis.check
def a_valid_request_is_refused_for_a_reason_that_is_named(ctx: Any, response: Any, case: Any) -> None:
    """400 where the contract was kept is the answer to a rule that no schema can say, such as one date after another:
    it names the field and what was expected of it."""
    is_valid = case.meta is not None and case.meta.generation.mode.is_positive
    if (
        not is_valid
        or response.status_code != 400
        or PROBLEM not in str(response.headers.get("content-type"))
    ):
        return
    errors = response.json()["errors"]
    assert errors, f"400 without a field: {response.text}"
    assert all(one["expected"] for one in errors), f"400 without what was expected: {response.text}"


@schemathesis.check
def each_header_is_one_of_the_contract(ctx: Any, response: Any, case: Any) -> None:
    """And each that the contract promises is there."""
    if response.request.method != case.operation.method.upper():
        return  # one of the methods that it has not, tried at its address
    document, operation = case.operation.schema.raw_schema, case.operation.definition.raw
    found = wrong(document, operation, response.status_code, response.headers)
    assert str(response.status_code) not in operation["responses"] or not found, "\n".join(found)


@schemathesis.check
def what_was_made_is_where_its_link_leads(ctx: Any, response: Any, case: Any) -> None:
    """`Location` is the address of the operation that the link names, with the key out of the answer."""
    document, answers = case.operation.schema.raw_schema, case.operation.definition.raw["responses"]
    for link in answers.get(str(response.status_code), {}).get("links", {}).values():
        if "key" not in link.get("parameters", {}):
            continue  # one that Schemathesis has found for itself
        found = response.json()
        for part in link["parameters"]["key"].removeprefix("$response.body#/").split("/"):
            found = found[int(part) if part.isdigit() else part]
        [path] = (
            path
            for path, methods in document["paths"].items()
            if methods.get("get", {}).get("operationId") == link["operationId"]
        )
        (location,) = response.headers["location"]
        assert location.endswith(path.replace("{key}", str(found))), (location, link)
