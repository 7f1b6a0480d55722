"""Each kind of change that breaks an integrator is found, and none that does not."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml

from treasury.api.compatibility import broken, shape
from treasury.api.documentation import contract
from treasury.config.management.commands.contract import RELEASED

Change = Callable[[dict[str, Any]], Any]
BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "paths": {
        "/things/": {
            "get": {
                "security": [{"token": []}, {}],
                "parameters": [{"in": "query", "name": "page", "schema": {"type": "integer", "maximum": 10}}],
                "responses": {
                    "200": {
                        "headers": {"ETag": {}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    },
                    "404": {"content": {"application/problem+json": {"schema": {"type": "object"}}}},
                },
            },
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}
                },
                "responses": {"201": {"description": "made"}},
            },
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id", "kind"],
                "properties": {
                    "id": {"type": "integer"},
                    "kind": {"type": "string", "enum": ["A", "B"]},
                    "day": {"type": ["string", "null"], "format": "date"},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
                    "either": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
                    "more": {"type": "object", "additionalProperties": {"type": "integer"}},
                },
            },
            "New": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 80},
                    "kind": {"type": "string", "enum": ["A", "B"]},
                    "share": {"type": "number"},
                    "either": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
                },
            },
        }
    },
}


def get(document: dict[str, Any]) -> Any:
    return document["paths"]["/things/"]["get"]


def post(document: dict[str, Any]) -> Any:
    return document["paths"]["/things/"]["post"]


def thing(document: dict[str, Any]) -> Any:
    return document["components"]["schemas"]["Thing"]


def new(document: dict[str, Any]) -> Any:
    return document["components"]["schemas"]["New"]


def required(name: str) -> Any:
    return {"in": "header", "name": name, "required": True, "schema": {"type": "string"}}


BREAKING: list[tuple[str, Change]] = [
    ("GET /things/: is not there any more", lambda d: d["paths"].pop("/things/")),
    ("POST /things/: is not there any more", lambda d: d["paths"]["/things/"].pop("post")),
    ("GET /things/: needs a sign-in now", lambda d: get(d).update(security=[{"token": []}])),
    ("query parameter page: is not taken any more", lambda d: get(d).update(parameters=[])),
    ("query parameter page: is required now", lambda d: get(d)["parameters"][0].update(required=True)),
    ("header parameter X: is new and required", lambda d: get(d)["parameters"].append(required("X"))),
    ("page: maximum 10 before, 5 now", lambda d: get(d)["parameters"][0]["schema"].update(maximum=5)),
    ("answer 404: is not given any more", lambda d: get(d)["responses"].pop("404")),
    ("has no header ETag any more", lambda d: get(d)["responses"]["200"].pop("headers")),
    (
        "is not application/json any more",
        lambda d: get(d)["responses"]["200"].update(content={"text/csv": {}}),
    ),
    ("body: is required now", lambda d: post(d)["requestBody"].update(required=True)),
    ("body: is not taken any more", lambda d: post(d).pop("requestBody")),
    ("body: is not application/json any more", lambda d: post(d)["requestBody"].update(content={})),
    ("body.kind: is not taken any more", lambda d: new(d)["properties"].pop("kind")),
    ("body.size: is new and required", lambda d: new(d)["required"].append("size")),
    ("body.kind: is required now", lambda d: new(d)["required"].append("kind")),
    ("body.name: maxLength 80 before, 40 now", lambda d: new(d)["properties"]["name"].update(maxLength=40)),
    ("body.name: pattern none before", lambda d: new(d)["properties"]["name"].update(pattern="^[A-Z]+$")),
    ("body.kind: does not take B any more", lambda d: new(d)["properties"]["kind"].update(enum=["A"])),
    ("body.name: does not take anything", lambda d: new(d)["properties"]["name"].update(enum=["A"])),
    ("body.share: is of another type", lambda d: new(d)["properties"]["share"].update(type="integer")),
    ("body.either: one of its forms", lambda d: new(d)["properties"]["either"]["oneOf"].pop()),
    ("answer 200.day: is not there any more", lambda d: thing(d)["properties"].pop("day")),
    ("answer 200.kind: may be missing now", lambda d: thing(d)["required"].remove("kind")),
    (
        "answer 200.id: is of another type",
        lambda d: thing(d)["properties"]["id"].update(type=["integer", "null"]),
    ),
    ("answer 200.id: is of another type", lambda d: thing(d)["properties"]["id"].update(type="string")),
    (
        "answer 200.day: is not written as date",
        lambda d: thing(d)["properties"]["day"].update(format="date-time"),
    ),
    ("answer 200.kind: is no longer one of its", lambda d: thing(d)["properties"]["kind"].pop("enum")),
    (
        "answer 200.either: has a new form",
        lambda d: thing(d)["properties"]["either"]["oneOf"].append({"type": "null"}),
    ),
    (
        "answer 200.parts[]: is of another type",
        lambda d: thing(d)["properties"]["parts"].update(items={"type": "string"}),
    ),
    (
        "answer 200.more.*: is of another type",
        lambda d: thing(d)["properties"]["more"].update(additionalProperties={"type": "string"}),
    ),
]
HARMLESS: list[tuple[str, Change]] = [
    ("another address", lambda d: d["paths"].update({"/others/": {"get": {"responses": {}}}})),
    (
        "a parameter that need not be sent",
        lambda d: get(d)["parameters"].append({"in": "query", "name": "x"}),
    ),
    ("a field that need not be sent", lambda d: new(d)["properties"].update(size={"type": "integer"})),
    ("a field that need not be sent any more", lambda d: new(d).update(required=[])),
    ("a longer text", lambda d: new(d)["properties"]["name"].update(maxLength=400)),
    ("a value more in a request", lambda d: new(d)["properties"]["kind"]["enum"].append("C")),
    ("a value more in an answer", lambda d: thing(d)["properties"]["kind"]["enum"].append("C")),
    ("a field more in an answer", lambda d: thing(d)["properties"].update(size={"type": "integer"})),
    ("a narrower answer", lambda d: thing(d)["properties"]["day"].update(type="string")),
    ("one form less in an answer", lambda d: thing(d)["properties"]["either"]["oneOf"].pop()),
    ("an answer more", lambda d: get(d)["responses"].update({"304": {}})),
    ("other words", lambda d: thing(d).update(description="A thing.")),
]


def changed(by: Change) -> dict[str, Any]:
    document = deepcopy(BASE)
    by(document)
    return document


@pytest.mark.parametrize(("says", "by"), BREAKING, ids=[says for says, _ in BREAKING])
def test_a_breaking_change_is_found(says: str, by: Change) -> None:
    found = broken(BASE, changed(by))
    assert any(says in one for one in found), found


@pytest.mark.parametrize(("what", "by"), HARMLESS, ids=[what for what, _ in HARMLESS])
def test_what_breaks_nothing_is_let_through(what: str, by: Change) -> None:
    assert broken(BASE, changed(by)) == []


def test_the_contract_keeps_what_was_released() -> None:
    assert broken(yaml.safe_load(RELEASED.read_text()), contract()) == []


def test_the_shape_of_a_contract_is_all_that_it_is_held_to() -> None:
    """A field may be called `description`; words and examples are left out."""
    document = deepcopy(BASE)
    new(document)["properties"]["description"] = {
        "type": "string",
        "description": "Words.",
        "examples": ["x"],
    }
    assert shape(document)["components"]["schemas"]["New"]["properties"]["description"] == {"type": "string"}
    assert broken(shape(document), document) == []
    assert broken(shape(contract()), contract()) == []
