"""Whether a contract still keeps the promises of an earlier one: what an integrator has built goes on working.

Of a request nothing may be refused that was taken, of an answer nothing may be missing or of another type that was
promised. What is added breaks nothing: addresses, fields that need not be sent, fields of answers, values of their
enumerations.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Schema = dict[str, Any]
#: Limits by which less is taken than before: a keyword, and whether the new one is the stricter.
_LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    "maxLength": lambda old, new: new < old,
    "maximum": lambda old, new: new < old,
    "exclusiveMaximum": lambda old, new: new < old,
    "maxItems": lambda old, new: new < old,
    "minLength": lambda old, new: new > old,
    "minimum": lambda old, new: new > old,
    "exclusiveMinimum": lambda old, new: new > old,
    "minItems": lambda old, new: new > old,
    "pattern": lambda old, new: new != old,
    "format": lambda old, new: new != old,
}
_NAMED = ("properties", "headers", "schemas", "paths", "responses")
_WORDS = ("description", "summary", "example", "examples", "tags")
_NAMES_OF_METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


def broken(old: Schema, new: Schema) -> list[str]:
    """The promises of the old contract that the new one does not keep, a sentence each."""
    return list(dict.fromkeys(_Comparison(old, new).all()))


class _Comparison:
    def __init__(self, old: Schema, new: Schema, seen: Iterable[tuple[str, str, bool]] = ()) -> None:
        self.old, self.new = old, new
        self.seen = set(seen)

    def all(self) -> Iterator[str]:
        for path, methods in self.old["paths"].items():
            for method in _NAMES_OF_METHODS:
                if method not in methods:
                    continue
                where = f"{method.upper()} {path}"
                now = self.new["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where}: is not there any more"
                else:
                    yield from self.operation(methods[method], now, where)

    def operation(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        if _is_open(old, self.old) and not _is_open(new, self.new):
            yield f"{where}: needs a sign-in now"
        yield from self.parameters(old, new, where)
        yield from self.request(old.get("requestBody"), new.get("requestBody"), where)
        for code, answer in old["responses"].items():
            at = f"{where}: answer {code}"
            if code not in new["responses"]:
                yield f"{at}: is not given any more"
                continue
            answer, now = _resolved(answer, self.old), _resolved(new["responses"][code], self.new)
            for name in answer.get("headers", {}):
                if name not in now.get("headers", {}):
                    yield f"{at}: has no header {name} any more"
            yield from self.contents(answer, now, at, is_request=False)

    def parameters(self, old: Schema, new: Schema, where: str) -> Iterator[str]:
        before, after = _parameters(old), _parameters(new)
        for key, one in before.items():
            at = f"{where}: {key[0]} parameter {key[1]}"
            if key not in after:
                yield f"{at}: is not taken any more"
            else:
                if after[key].get("required") and not one.get("required"):
                    yield f"{at}: is required now"
                yield from self.schema(
                    one.get("schema", {}), after[key].get("schema", {}), at, is_request=True
                )
        for key, one in after.items():
            if key not in before and one.get("required"):
                yield f"{where}: {key[0]} parameter {key[1]}: is new and required"

    def request(self, old: Schema | None, new: Schema | None, where: str) -> Iterator[str]:
        at = f"{where}: body"
        if old is None:
            if new is not None and new.get("required"):
                yield f"{at}: is new and required"
            return
        if new is None:
            yield f"{at}: is not taken any more"
            return
        if new.get("required") and not old.get("required"):
            yield f"{at}: is required now"
        yield from self.contents(old, new, at, is_request=True)

    def contents(self, old: Schema, new: Schema, at: str, *, is_request: bool) -> Iterator[str]:
        for media_type, content in old.get("content", {}).items():
            now = new.get("content", {}).get(media_type)
            if now is None:
                yield f"{at}: is not {media_type} any more"
            else:
                yield from self.schema(
                    content.get("schema", {}), now.get("schema", {}), at, is_request=is_request
                )

    def schema(self, old: Any, new: Any, at: str, *, is_request: bool) -> Iterator[str]:
        pair = (str(old.get("$ref")), str(new.get("$ref")), is_request) if "$ref" in old else None
        if pair in self.seen and old.get("$ref") == new.get("$ref"):
            return  # a component is told of once, where it is met first
        if pair:
            self.seen.add(pair)
        old, new = _resolved(old, self.old), _resolved(new, self.new)
        variants = _variants(old), _variants(new)
        if len(variants[0]) > 1 or len(variants[1]) > 1:
            yield from self.union(*variants, at, is_request=is_request)
            return
        yield from _values(old, new, at, is_request=is_request)
        if is_request:
            yield from _limits(old, new, at)
        elif "format" in old and new.get("format") != old["format"]:
            yield f"{at}: is not written as {old['format']} any more"
        yield from self.properties(old, new, at, is_request=is_request)
        if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
            yield from self.schema(old["items"], new["items"], f"{at}[]", is_request=is_request)

    def properties(self, old: Schema, new: Schema, at: str, *, is_request: bool) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        required = set(old.get("required", ())), set(new.get("required", ()))
        for name, one in before.items():
            inner = f"{at}.{name}"
            if name in after:
                yield from self.schema(one, after[name], inner, is_request=is_request)
            elif not is_request:
                yield f"{inner}: is not there any more"
            elif new.get("additionalProperties") is False:
                yield f"{inner}: is not taken any more"
            if not is_request and name in after and name in required[0] - required[1]:
                yield f"{inner}: may be missing now"
        if is_request:
            for name in sorted(required[1] - required[0]):
                yield f"{at}.{name}: is {'required now' if name in before else 'new and required'}"
            if (
                new.get("additionalProperties") is False
                and old.get("additionalProperties", True) is not False
            ):
                yield f"{at}: takes no other fields any more"
        inside = old.get("additionalProperties"), new.get("additionalProperties")
        if isinstance(inside[0], dict) and isinstance(inside[1], dict):
            yield from self.schema(inside[0], inside[1], f"{at}.*", is_request=is_request)

    def union(self, old: list[Schema], new: list[Schema], at: str, *, is_request: bool) -> Iterator[str]:
        """Each form that was taken is still taken; each form that is given was given before."""
        asked, among = (old, new) if is_request else (new, old)
        for one in asked:
            for other in among:
                pair = (one, other) if is_request else (other, one)
                if not list(
                    _Comparison(self.old, self.new, self.seen).schema(*pair, at, is_request=is_request)
                ):
                    break
            else:
                yield f"{at}: {'one of its forms is not taken any more' if is_request else 'has a new form'}"


def _values(old: Schema, new: Schema, at: str, *, is_request: bool) -> Iterator[str]:
    """What was sent is still taken; what is given was promised."""
    given, taken = (old, new) if is_request else (new, old)
    narrow, wide = _types(given), _types(taken)
    if wide is not None and (narrow is None or not narrow <= wide):
        yield f"{at}: is of another type: {_named(_types(old))} before, {_named(_types(new))} now"
    if is_request and "enum" in new:
        gone = [one for one in old.get("enum", ["anything"]) if one not in new["enum"]]
        if gone:
            yield f"{at}: does not take {', '.join(map(str, gone))} any more"
    if not is_request and "enum" in old and "enum" not in new:
        yield f"{at}: is no longer one of its values"


def _limits(old: Schema, new: Schema, at: str) -> Iterator[str]:
    for keyword, is_stricter in _LIMITS.items():
        if keyword in new and (keyword not in old or is_stricter(old[keyword], new[keyword])):
            yield f"{at}: {keyword} {old.get(keyword, 'none')} before, {new[keyword]} now"


def _types(schema: Schema) -> set[str] | None:
    """None: anything. Every integer is a number."""
    named = schema.get("type")
    if named is None:
        return None
    found = {named} if isinstance(named, str) else set(named)
    return found | {"integer"} if "number" in found else found


def _named(types: set[str] | None) -> str:
    return " or ".join(sorted(types)) if types is not None else "anything"


def _variants(schema: Schema) -> list[Schema]:
    return schema.get("oneOf") or schema.get("anyOf") or [schema]


def _resolved(schema: Schema, document: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    if len(schema.get("allOf", ())) != 1:
        return schema
    return _resolved(schema["allOf"][0], document) | {k: v for k, v in schema.items() if k != "allOf"}


def _parameters(operation: Schema) -> dict[tuple[str, str], Schema]:
    return {(one["in"], one["name"]): one for one in operation.get("parameters", ())}


def _is_open(operation: Schema, document: Schema) -> bool:
    needed = operation.get("security", document.get("security", []))
    return not needed or {} in needed


def shape(document: Any) -> Any:
    """The contract without what explains it: what a later one is held to. Of a refusal its status counts."""
    if isinstance(document, list):
        return [shape(one) for one in document]
    if not isinstance(document, dict):
        return document
    return {
        key: _named_shapes(key, value) if key in _NAMED else shape(value)
        for key, value in document.items()
        if key not in _WORDS
    }


def _named_shapes(key: str, named: Any) -> Any:
    """Names of fields and components stay, whatever they are called."""
    if not isinstance(named, dict):
        return shape(named)
    return {name: {} if key == "responses" and name >= "400" else shape(one) for name, one in named.items()}
