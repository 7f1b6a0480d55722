"""Headers of requests, as they stand in the contract; those of answers: `answer_headers`."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from treasury.api import idempotency, tags
from treasury.api.answer_headers import TAG

_HEADER = OpenApiParameter.HEADER
_STATES = TAG | {"pattern": r'^(\*|(W/)?"[!#-~]*"( ?, ?(W/)?"[!#-~]*")*)$'}
_KEY = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}


_PREFERRED = {"type": "string", "maxLength": 200, "examples": ["respond-async"]}


def _header(name: str, schema: dict[str, Any], description: str, **told: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, _HEADER, description=description, **told)


def of_read(view: Any) -> list[OpenApiParameter]:
    """A single object shows the state of its thing."""
    if not view.shows_tag:
        return []
    return [
        _header(tags.IF_NONE_MATCH, TAG, "An ETag that you have: where it is still the answer's, 304."),
    ]


def _asks_for_state(view: Any, path: str) -> bool:
    """Whether it changes a thing whose own address shows an ETag."""
    if view.names:
        return bool(view.changes)
    thing, _, verb = path.partition("{key}/")
    return bool(view.changes and verb and tags.at_address(f"{thing}1/"))


def of_write(view: Any, path: str) -> list[OpenApiParameter]:
    if not getattr(view, "saves", False):
        return []
    required = "Required from a token." if view.creates() else "May be sent."
    found = [
        _header(
            idempotency.NAME, _KEY,
            f"Names this request: sent again with it, it gets the answer that it had. {required}",
        )
    ]  # fmt: skip
    if _asks_for_state(view, path):
        found.append(
            _header(
                tags.IF_MATCH,
                _STATES,
                "The ETag of the thing as it was read, or `*`: whatever its state is."
                + (" Not for the first one." if view.may_be_first else ""),
                required=not view.may_be_first,
            )
        )
    if getattr(view, "job_schema", None):
        found.append(
            _header("Prefer", _PREFERRED, "`respond-async`: as a job, whose address 202 says (RFC 7240).")
        )
    return found


def refusals(view: Any, path: str) -> Iterable[int]:
    if not getattr(view, "saves", False):
        return ()
    return (412, 422, 428) if _asks_for_state(view, path) else (422,)


def unchanged(view: Any, method: str) -> dict[int, OpenApiResponse]:
    if method != "GET" or not of_read(view):
        return {}
    return {304: OpenApiResponse(None, "It is as you have it.")}
