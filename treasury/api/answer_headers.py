"""Headers of answers as the contract has them: each stands once among the components, answers name those they have.

`required` ones come with every such answer; the others where the description says. RateLimit and RateLimit-Policy are
those of the IETF's draft (draft-ietf-httpapi-ratelimit-headers), the others those of RFC 9110.
"""

from collections.abc import Iterator
from typing import Any

from treasury.api import idempotency
from treasury.api.links import Made

_REFERENCE = "#/components/headers/"
_SECONDS = {"type": "integer", "minimum": 1}
TAG = {"type": "string", "examples": ['"e1234.3-9f2c1a7b"']}
_ADDRESS = {"type": "string", "format": "uri"}


def _text(*examples: str) -> dict[str, Any]:
    return {"type": "string", "examples": list(examples)}


def _header(schema: dict[str, Any], description: str, *, always: bool = False) -> dict[str, Any]:
    return {"description": description, **({"required": True} if always else {}), "schema": schema}


#: By the name of the component: that of the header, and after a point what it says there.
COMPONENTS: dict[str, dict[str, Any]] = {
    "Allow": _header(_text("GET, HEAD, OPTIONS"), "The methods that the address takes.", always=True),
    "Content-Disposition": _header(
        _text('attachment; filename="exposures.parquet"'), "Under which name a file is kept.", always=True
    ),
    "ETag": _header(TAG, "State of the thing: newest audit event, rows, digest.", always=True),
    "ETag.after": _header(TAG, "Of what `Location` names, else of what was changed; where that has one."),
    "ETag.now": _header(TAG, "The current one."),
    "Hedgebook-Cursor": _header(
        {"type": "string", "examples": ["1042"]},
        "The place in the feed `changes/` to follow from: everything before it is in the table.", always=True,
    ),
    "Hedgebook-Run": _header(
        {"type": "string", "examples": ["88"]}, "The run whose results these are; none has been published: not there."
    ),
    "Idempotency-Replayed": _header(
        {"type": "string", "enum": ["true"]}, "The answer that the request had the first time."
    ),
    "Location": _header(_ADDRESS, "Address of what was made.", always=True),
    "Location.perhaps": _header(_ADDRESS, "Address of what was made, where that is one thing."),
    "RateLimit": _header(
        _text('"key";r=99;t=60'),
        "`r` more requests may be sent with the key in the next `t` seconds. Not in answers to a session.",
    ),
    "RateLimit-Policy": _header(
        _text('"key";q=100;w=60'), "`q` requests may be sent with the key in `w` seconds. Not in answers to a session."
    ),
    "Retry-After": _header(_SECONDS, "Seconds after which it may be sent again.", always=True),
    "Retry-After.perhaps": _header(
        _SECONDS, "Seconds after which it may be sent again, where what stands in the way ends by itself."
    ),
    "WWW-Authenticate": _header(
        _text('Bearer realm="Hedgebook"'), "How one signs in (RFC 6750, RFC 7617).", always=True
    ),
}  # fmt: skip
#: Of each refusal, whatever is asked for. What is not signed in, or not understood before that, is not counted.
_OF_STATUS = {
    401: ("WWW-Authenticate",), 405: ("Allow",), 409: ("Retry-After.perhaps",), 412: ("ETag.now",),
    429: ("Retry-After",), 503: ("Retry-After",),
}  # fmt: skip
_NOT_COUNTED = (401, 406)


def of(view: Any, method: str, status: int) -> dict[str, dict[str, str]]:
    """The headers of this answer by their names, each a reference to its component."""
    return {
        name.partition(".")[0]: {"$ref": _REFERENCE + name} for name in sorted(_names(view, method, status))
    }


def _names(view: Any, method: str, status: int) -> Iterator[str]:
    yield from _OF_STATUS.get(status, ())
    if status not in _NOT_COUNTED:
        yield from ("RateLimit", "RateLimit-Policy")
    if status >= 400:
        return
    yield from getattr(view, "answer_headers", ())
    if method == "GET" and view.shows_tag:
        yield "ETag"
    if getattr(view, "saves", False):
        yield from ("ETag.after", idempotency.REPLAYED)
        if makes(view, status):
            yield "Location"
        elif view.creates():
            yield "Location.perhaps"


def makes(view: Any, status: int) -> Made | None:
    """What this answer says was made."""
    made: Made | None = getattr(view, "makes", None)
    if made is None or status >= 400 or not view.saves:
        return None
    return made if status in (made.statuses or (status,)) else None
