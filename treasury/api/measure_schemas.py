"""The calculators in the contract, one operation a measure: its inputs and results with their types, as the catalogue
has them.

They are addresses of the one operation that takes any measure (`measures/{code}/calculate/`), so that a client made
from the contract has a function and types of its own for each.
"""

from copy import deepcopy
from typing import Any

from treasury.api.measures import MOST_ITEMS
from treasury.quant import catalogue
from treasury.quant.inputs import REQUIRED, Input, Result
from treasury.quant.measure import Measure

Schema = dict[str, Any]
ANY = "/api/v1/measures/{code}/calculate/"
_REFERENCE = "#/components/schemas/"
#: As `treasury.kernel.parsing` reads a decimal string.
_DECIMAL = r"^-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
_KINDS: dict[str, Schema] = {
    "decimal": {"type": ["number", "string"], "pattern": _DECIMAL},
    "number": {"type": ["number", "string"], "pattern": _DECIMAL},
    "integer": {"type": ["integer", "string"], "pattern": _DECIMAL},
    "boolean": {"type": "boolean"},
    "label": {"type": ["string", "integer"], "maxLength": 200},
    "choice": {"type": "string"},
}
_LISTS = {"decimals": "decimal", "numbers": "number", "booleans": "boolean"}
_BOUNDS = (
    ("minimum", "minimum"), ("maximum", "maximum"), ("above", "exclusiveMinimum"), ("below", "exclusiveMaximum"),
)  # fmt: skip
#: What is undefined is null, and `reasons` says why.
_RESULTS: dict[str, Schema] = {
    "number": {"type": ["number", "null"]},
    "amount": {"type": ["string", "null"], "description": "A decimal string."},
    "count": {"type": ["integer", "null"]},
    "text": {"type": ["string", "null"]},
    "flag": {"type": ["boolean", "null"]},
    "numbers": {"type": ["array", "null"], "items": {"type": ["number", "null"]}},
}


def typed(result: Schema, **told: Any) -> Schema:
    """The contract with an operation for each measure beside the one for any."""
    schemas, general = result["components"]["schemas"], result["paths"][ANY]["post"]
    for code, measure in catalogue.MEASURES.items():
        name = "".join(part.capitalize() for part in code.split("_"))
        schemas[f"{name}Inputs"] = _inputs(measure.inputs)
        schemas[f"{name}Answer"] = _answer(measure)
        result["paths"][ANY.replace("{code}", code)] = {"post": _operation(measure, name, deepcopy(general))}
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    result["paths"] = dict(sorted(result["paths"].items()))
    return result


def _operation(measure: Measure, name: str, operation: Schema) -> Schema:
    operation["operationId"] = f"measures_calculate_{measure.code}"
    operation["description"] = f"{measure.title}. {measure.summary} {measure.formula} ({measure.reference})."
    operation["parameters"] = [one for one in operation.get("parameters", ()) if one["name"] != "code"]
    content = {"schema": _one_or_many(f"{name}Inputs"), "example": measure.example}
    needed = bool(_inputs(measure.inputs).get("required"))
    operation["requestBody"] = {"content": {"application/json": content}, "required": needed}
    shown = {
        "measure": measure.code, "result": measure.example_result, "reasons": list(measure.example_reasons),
    }  # fmt: skip
    answer = {"schema": _one_or_many(f"{name}Answer"), "example": shown}
    operation["responses"]["200"]["content"] = {"application/json": answer}
    return operation


def _one_or_many(name: str) -> Schema:
    one = {"$ref": _REFERENCE + name}
    return {"oneOf": [one, {"type": "array", "items": one, "maxItems": MOST_ITEMS}]}


def _inputs(inputs: tuple[Input, ...]) -> Schema:
    needed = [one.name for one in inputs if one.default is REQUIRED]
    return {
        "type": "object", "additionalProperties": False,
        "properties": {one.name: _input(one) for one in inputs}, **({"required": needed} if needed else {}),
    }  # fmt: skip


def _input(one: Input) -> Schema:
    schema = _shape(one)
    if one.nullable or one.default is None:
        kinds = schema["type"]
        schema["type"] = [*([kinds] if isinstance(kinds, str) else kinds), "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema | {"description": "; ".join(word for word in (one.meaning, one.unit) if word)}


def _shape(one: Input) -> Schema:
    if one.kind in _LISTS:
        return {"type": "array", "minItems": one.minimum_length, "items": _bounded(_LISTS[one.kind], one)}
    if one.kind == "table":
        row = {"type": "array", "minItems": 1, "items": _bounded("number", one)}
        return {"type": "array", "minItems": one.minimum_length, "items": row}
    if one.kind == "rows":
        return {"type": "array", "minItems": one.minimum_length, "items": _inputs(one.items)}
    if one.kind == "object":
        return _inputs(one.items) if one.items else {"type": "object"}
    return _bounded(one.kind, one) | ({"enum": list(one.choices)} if one.choices else {})


def _bounded(kind: str, one: Input) -> Schema:
    limits = {word: getattr(one, name) for name, word in _BOUNDS if getattr(one, name) is not None}
    return _KINDS[kind] | limits


def _answer(measure: Measure) -> Schema:
    fields = {one.name: _result(one, measure) for one in measure.results if not one.parent}
    return {
        "type": "object", "required": ["measure", "result", "reasons"],
        "properties": {
            "measure": {"type": "string", "const": measure.code},
            "result": {
                "type": "object", "properties": fields,
                "required": [name for name in fields if name in measure.example_result],
            },
            "reasons": {"type": "array", "items": {"type": "string"}, "description": "Why a field is null."},
        },
    }  # fmt: skip


def _result(one: Result, measure: Measure) -> Schema:
    words = "; ".join(word for word in (one.meaning, one.unit, one.sign) if word)
    if one.kind == "list":
        rows = {row.name: _result(row, measure) for row in measure.results if row.parent == one.name}
        items = {"type": "object", "properties": rows} if rows else {"type": "string"}
        return {"type": "array", "items": items, "description": words}
    return _RESULTS[one.kind] | {"description": words}
