"""The header `Idempotency-Key`: a request that is sent again with its key is done once and answered as before."""

import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from rest_framework.request import Request

from treasury.api.problems import ProblemError
from treasury.domain import request_keys
from treasury.domain.request_keys import Answer, Caller
from treasury.kernel.errors import InputError, shown
from treasury.models import ApiToken

NAME = "Idempotency-Key"
EXPECTED = "1 to 255 visible ASCII characters that no other request of this caller has, such as a UUID"
#: What belongs to the answer besides its body; everything else is said anew.
KEPT = ("Content-Type", "Location", "ETag")
REPLAYED = "Idempotency-Replayed"
_VISIBLE = re.compile(r"[!-~]{1,255}")


def key_of(request: Request) -> str | None:
    given = request.headers.get(NAME)
    if given is not None and not _VISIBLE.fullmatch(given):
        raise InputError(NAME, EXPECTED, got=shown(given))
    return given


def missing() -> InputError:
    return InputError(NAME, f"{EXPECTED}; a token creates only with one", got="null or nothing")


def caller_of(request: Request) -> Caller:
    token = request.auth
    if not isinstance(token, ApiToken):
        return Caller(request.user, "session")
    name = f"token {token.pk}" if token.client_id is None else f"client {token.client_id}"
    return Caller(request.user, name)


def body_of(request: Request, most: int | None) -> bytes:
    """The raw body, read once and kept for the parser. More than `most` bytes are not read."""
    given = request._request
    if not hasattr(given, "_body"):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if most is None else most
        found = given.read(limit + 1)
        if len(found) > limit:
            raise RequestDataTooBig(f"at most {limit} bytes")
        given._body = found
    return bytes(given._body)


def digest_of(request: Request, body: bytes) -> str:
    return request_keys.digest(str(request.method), request.get_full_path(), body)


def claimed(request: Request, key: str, digest: str) -> Answer | None:
    """The answer that the request has had already; the key is this request's otherwise, until its transaction ends."""
    claim = request_keys.claim(caller=caller_of(request), key=key, request_digest=digest)
    if claim.is_running:
        raise ProblemError(
            409, "request_under_way", "A request with this key is being answered; send it again in a second.",
            headers={"Retry-After": "1"},
        )  # fmt: skip
    if claim.is_other:
        raise ProblemError(
            422, "idempotency_key_reused", "This key was sent with another request. Give each request its own.",
            field=NAME, expected="the same method, address and body as before, or another key",
        )  # fmt: skip
    return claim.answer


def again(answer: Answer) -> HttpResponse:
    """The stored answer, byte for byte, and a header that says so."""
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers | {REPLAYED: "true"})
