"""Examples in the contract: every request, every answer and every refusal shows one that fits its schema.

A body says its own example (`Body.example`); what is left is filled from the schema with values of one small book
(`example_values`). Refusals are written once, as components, by the function that writes them when it happens.
"""

import re
from typing import Any

from treasury.api import example_values as values
from treasury.api.problems import MEDIA_TYPE, NOT_FOUND, document

Schema = dict[str, Any]
_COMPONENTS = "#/components/examples/"
_BINARY = ("application/octet-stream", "application/vnd.")


def _field(name: str, code: str, expected: str, got: str | None) -> list[dict[str, Any]]:
    return [{"field": name, "code": code, "expected": expected, "got": got, "index": None}]


REFUSALS: dict[str, dict[str, Any]] = {
    "400": document(
        400, "invalid_parameter", 'as_of: expected a date such as 2026-10-09, got "2026-02-30"',
        _field("as_of", "invalid_parameter", "a date such as 2026-10-09", '"2026-02-30"'),
    ),
    "401": document(401, "not_authenticated", "Authentication credentials were not provided."),
    "403": document(403, "permission_denied", "For this one has to be treasurer of the entity."),
    "404": document(404, "not_found", NOT_FOUND),
    "405": document(405, "method_not_allowed", 'Method "DELETE" not allowed.'),
    "406": document(406, "not_acceptable", "Could not satisfy the request Accept header."),
    "409": document(409, "refused", "HR-US01-7 already has a change that waits for a decision. Decide on it first."),
    "412": document(
        412, "precondition_failed", "It has changed since it was read. Read it again, then decide again.",
        _field("If-Match", "precondition_failed", '"e1234.3"', None),
    ),
    "413": document(413, "too_large", "The request is larger than the server takes."),
    "415": document(415, "unsupported_media_type", 'Unsupported media type "text/plain" in request.'),
    "422": document(
        422, "idempotency_key_reused", "This key was sent with another request. Give each request its own.",
        _field("Idempotency-Key", "idempotency_key_reused",
               "the same method, address and body as before, or another key", None),
    ),
    "428": document(
        428, "precondition_required", "Say which state of it you have seen: send its ETag as If-Match.",
        _field("If-Match", "precondition_required",
               'the ETag of the thing as it was read, such as "e1234.3-9f2c1a7b"', None),
    ),
    "429": document(429, "throttled", "Too many requests; try again in 12 seconds."),
    "503": document(503, "unavailable", "The database does not answer at the moment; try again."),
}  # fmt: skip


def complete(result: dict[str, Any], **told: Any) -> dict[str, Any]:
    """The contract with an example wherever one is missing."""
    components = result.setdefault("components", {})
    schemas, shown = components.get("schemas", {}), components.setdefault("examples", {})
    for code, problem in REFUSALS.items():
        shown[problem["code"]] = {"summary": f"{code} {problem['title']}", "value": problem}
    for methods in result["paths"].values():
        for operation in methods.values():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                _fill(media_type, content, schemas, {})
            for code, answer in operation["responses"].items():
                for media_type, content in answer.get("content", {}).items():
                    if media_type == MEDIA_TYPE:
                        _refusal(str(code), content)
                    else:
                        _fill(media_type, content, schemas, shown)
    components["examples"] = dict(sorted(shown.items()))
    return result


def _refusal(code: str, content: dict[str, Any]) -> None:
    if "examples" not in content and code in REFUSALS:
        name = REFUSALS[code]["code"]
        content["examples"] = {name: {"$ref": _COMPONENTS + name}}


def _fill(media_type: str, content: dict[str, Any], schemas: Schema, shown: dict[str, Any]) -> None:
    """One shown thing is shown once: a component of schemas has its example among the components."""
    if "example" in content or "examples" in content or media_type.startswith(_BINARY):
        return
    schema = content.get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    if not name or shown is None:
        content["example"] = example(schema, schemas)
        return
    if name not in shown:
        shown[name] = {"value": example(schema, schemas)}
    content["examples"] = {name: {"$ref": _COMPONENTS + name}}


def example(schema: Any, schemas: Schema, name: str = "", within: tuple[str, ...] = ()) -> Any:
    """A value that fits the schema; `name` is that of the field, `within` what is being shown already."""
    if not isinstance(schema, dict):
        return None
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        of = schema["$ref"].rpartition("/")[2]
        return None if of in within else example(schemas[of], schemas, name, (*within, of))
    if "const" in schema:
        return schema["const"]
    if "allOf" in schema:
        parts = [example(one, schemas, name, within) for one in schema["allOf"]]
        return {k: v for one in parts for k, v in one.items()} if isinstance(parts[0], dict) else parts[0]
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return example(schema[choice][0], schemas, name, within)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    if name in values.NOTHING and "null" in kinds:
        return None
    if "enum" in schema:
        return schema["enum"][0]
    if "object" in kinds or "properties" in schema:
        return {key: example(one, schemas, key, within) for key, one in schema.get("properties", {}).items()}
    if "array" in kinds and "string" not in kinds:
        one = None if name in values.NOTHING else example(schema.get("items"), schemas, name, within)
        return [] if one is None else [one]
    return _scalar(schema, kinds, name)


def _scalar(schema: Schema, kinds: list[str], name: str) -> Any:
    if "string" in kinds:
        return _text(schema, name)
    if "boolean" in kinds:
        return False
    if "integer" in kinds or "number" in kinds:
        lowest = schema.get("minimum", 0)
        found = values.NUMBERS.get(name, values.KEY if "integer" in kinds else 0.5)
        return max(found, lowest) if found <= schema.get("maximum", found) else schema["maximum"]
    return None


def _decimal(pattern: str, name: str) -> str:
    likely = values.RATE if "rate" in name or "price" in name else values.AMOUNT
    return next((one for one in (likely, values.AMOUNT, values.RATE) if re.search(pattern, one)), "1")


def _text(schema: Schema, name: str) -> str:
    match schema.get("format"):
        case "date":
            return values.DATES.get(name, values.DAY)
        case "date-time":
            return values.TIME
        case "decimal":
            return _decimal(schema.get("pattern", ""), name)
        case "uri":
            return values.ADDRESS
        case "uuid":
            return values.UUID
    found = values.TEXTS.get(name) or next(
        (text for ending, text in values.ENDINGS if name.endswith(ending)), "A text."
    )
    return found[: schema.get("maxLength", len(found))]
