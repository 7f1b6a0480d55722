"""Short-lived tokens that a system asks for by itself: OAuth 2, client credentials (RFC 6749 4.4).

The form is `grant_type=client_credentials` and, if less than everything of the client's is wanted, `scope`. The client
says who it is by the header (Basic) or in the form, never both. Errors are those of RFC 6749 5.2.
"""

import base64
import binascii
from typing import Any
from urllib.parse import unquote_plus

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api import idempotency, rate_limits, senders
from treasury.api.views import ApiView
from treasury.domain import service_accounts
from treasury.enums import TokenScope
from treasury.models import ApiClient

GRANT = "client_credentials"
MEDIA_TYPE = "application/x-www-form-urlencoded"
_KNOWN = ("grant_type", "scope", "client_id", "client_secret")
_MOST_BYTES = 4_096
_CODES = ["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]


class TokenSerializer(serializers.Serializer):
    """RFC 6749 5.1."""

    access_token = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField(help_text="What the token is for, with spaces between.")


class OauthError(serializers.Serializer):
    """RFC 6749 5.2."""

    error = serializers.ChoiceField(_CODES)
    error_description = serializers.CharField()


class Refused(Exception):
    def __init__(self, code: str, words: str, *, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.status = code, status


class Token(ApiView):
    """A token for an hour, asked for by a client itself; the client says who it is by `Authorization: Basic` or by
    `client_id` and `client_secret` in the form."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    parser_classes = (FormParser,)
    token_scope = TokenScope.READ
    operation = "oauth_token"
    response_schema = TokenSerializer
    error_schema = OauthError
    request_schema = {
        MEDIA_TYPE: {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "grant_type": {"type": "string", "enum": [GRANT]},
                "scope": {
                    "type": "string", "description": "Some of the client's, with spaces between; without it all.",
                    "examples": ["read exposures"],
                },
                "client_id": {"type": "string", "description": "Without the header Authorization."},
                "client_secret": {"type": "string", "description": "Without the header Authorization."},
            },
            "required": ["grant_type"],
        }
    }  # fmt: skip

    def post(self, request: Request) -> Response:
        try:
            told = _form(request)
            client = _client(request, told)
            self.counted = rate_limits.taken(client.client_id)
            if told["grant_type"] != GRANT:
                raise Refused("unsupported_grant_type", f"grant_type: {GRANT} is the one there is.")
            token, text = service_accounts.token(of=client, scopes=_scopes(client, told))
        except Refused as refused:
            return _answer(refused)
        answer = {
            "access_token": text, "token_type": "Bearer",
            "expires_in": int(service_accounts.LIFE.total_seconds()), "scope": " ".join(token.scopes),
        }  # fmt: skip
        return Response(answer, headers={"Pragma": "no-cache"})


def _form(request: Request) -> dict[str, str]:
    if request.query_params:
        raise Refused("invalid_request", "Nothing stands in the address: send a form.")
    if str(request.content_type).partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise Refused("invalid_request", f"The body is {MEDIA_TYPE}.")
    try:
        text = idempotency.body_of(request, _MOST_BYTES).decode("utf-8")
        given = QueryDict(text)
    except RequestDataTooBig:
        raise
    except (ValueError, SuspiciousOperation):
        raise Refused("invalid_request", "The form cannot be read as UTF-8.") from None
    for name, values in given.lists():
        if len(values) > 1:
            raise Refused("invalid_request", "Each parameter once.")
        if name in _KNOWN and "\0" in values[0]:
            raise Refused("invalid_request", f"{name}: not with NUL.")
    # An empty value is as if it were left out, an unknown parameter is passed over (RFC 6749 3.2).
    told = {name: given[name] for name in _KNOWN if given.get(name)}
    if "grant_type" not in told:
        raise Refused("invalid_request", "grant_type is required.")
    return told


def _client(request: Request, told: dict[str, str]) -> ApiClient:
    header = request.headers.get("Authorization", "")
    named = {"client_id", "client_secret"} & set(told)
    if header and named:
        raise Refused("invalid_request", "The client says who it is once: by the header or in the form.")
    client_id, secret = (
        _basic(header) if header else (told.get("client_id", ""), told.get("client_secret", ""))
    )
    known = client_id.isascii() and client_id.isalnum()
    sender = senders.of(request)
    if known:
        rate_limits.refuse_guessing(client_id, sender)
    found = service_accounts.client(client_id, secret) if known else None
    if found is None:
        if known:
            rate_limits.note_wrong_secret(client_id, sender)
        raise Refused(
            "invalid_client", "The client is unknown or revoked, or its secret is another.", status=401
        )
    return found


def _basic(header: str) -> tuple[str, str]:
    """User and password are form-encoded before they are joined (RFC 6749 2.3.1)."""
    scheme, _, text = header.partition(" ")
    try:
        decoded = (
            base64.b64decode(text.strip(), validate=True).decode("utf-8") if scheme.lower() == "basic" else ""
        )
    except (binascii.Error, ValueError):
        decoded = ""
    client_id, _, secret = decoded.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def _scopes(client: ApiClient, told: dict[str, str]) -> list[str]:
    asked = told.get("scope", "").split(" ") if told.get("scope") else list(client.scopes)
    if not set(asked) <= set(client.scopes):
        raise Refused("invalid_scope", f"The client has {' '.join(client.scopes)}.")
    return asked


def _answer(refused: Refused) -> Response:
    body: dict[str, Any] = {"error": refused.code, "error_description": str(refused)}
    headers = {"Pragma": "no-cache"}
    if refused.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Hedgebook", charset="UTF-8"'
    return Response(body, status=refused.status, headers=headers)
