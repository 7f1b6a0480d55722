"""Which headers of an answer the contract does not name, and which it promises and the answer has not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: What HTTP, the browser's protection and the server itself say on every page; no part of what is asked for.
OF_EVERY_ANSWER = {
    "cache-control", "connection", "content-encoding", "content-language", "content-length", "content-security-policy",
    "content-type", "cross-origin-opener-policy", "cross-origin-resource-policy", "date", "expires",
    "permissions-policy",
    "pragma", "referrer-policy", "server", "set-cookie", "strict-transport-security", "transfer-encoding", "vary",
    "x-content-type-options", "x-frame-options",
}  # fmt: skip
#: Told of refusals of the method alone; the framework says it everywhere.
ALLOW = "allow"


def resolved(document: Mapping[str, Any], one: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in one:
        found: Any = document
        for part in one["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        one = found
    return one


def named(
    document: Mapping[str, Any], operation: Mapping[str, Any], status: int
) -> dict[str, Mapping[str, Any]]:
    """The headers of this answer by their names in lower case."""
    answer = resolved(document, operation["responses"].get(str(status), {}))
    return {name.lower(): resolved(document, one) for name, one in answer.get("headers", {}).items()}


def wrong(
    document: Mapping[str, Any], operation: Mapping[str, Any], status: int, given: Iterable[str]
) -> list[str]:
    """A sentence for each header beside the contract."""
    told, sent = named(document, operation, status), {name.lower() for name in given}
    beside = sent - set(told) - OF_EVERY_ANSWER - {ALLOW}
    missing = {name for name, one in told.items() if one.get("required")} - sent
    return [f"{status} has {name}, which is not in the contract" for name in sorted(beside)] + [
        f"{status} has no {name}, which the contract promises" for name in sorted(missing)
    ]
