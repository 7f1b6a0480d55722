"""Errors as problem documents (RFC 9457): what was wrong, in which field, and what was expected."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from treasury.domain.refusals import Refusal
from treasury.kernel.errors import InputError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
#: The database does not answer; of a COPY the driver's own errors come through.
_NOT_THERE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
#: The same words whether it does not exist or belongs to an entity of others.
NOT_FOUND = "There is nothing here that you may see. Addresses end with a slash; /api/v1/docs/ lists them."


class ParameterError(InputError):
    """A query parameter that was refused."""


class ProblemError(Exception):
    """A refusal of the API's own: about the request, not about the book. `code` names it in the document."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: dict[str, str] | None = None,
        field: str = "",
        expected: str = "",
        got: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers
        named = {"field": field, "code": code, "expected": expected, "got": got, "index": None}
        self.errors = [named] if field else []


class ProblemField(serializers.Serializer):
    """One field that was refused."""

    field = serializers.CharField(help_text="Path of the field or name of the parameter.")
    code = serializers.CharField()
    expected = serializers.CharField()
    got = serializers.CharField(allow_null=True, help_text="What was there, shortened.")
    index = serializers.IntegerField(allow_null=True, help_text="Position in an array of inputs.")


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = ProblemField(many=True)


def document(status: int, code: str, detail: str, errors: Sequence[dict] = ()) -> dict[str, Any]:
    return {
        "type": f"urn:hedgebook:problem:{code.replace('_', '-')}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": list(errors),
    }


def problem(
    status: int, code: str, detail: str, *, errors: Sequence[dict] = (), headers: dict[str, str] | None = None
) -> Response:
    body = document(status, code, detail, errors)
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """The exception handler of every API view. What it does not know is a fault of ours and goes on to be one."""
    if isinstance(error, InputError):
        return _refused(error)
    if isinstance(error, ProblemError):
        return problem(error.status, error.code, error.detail, errors=error.errors, headers=error.headers)
    if isinstance(error, Refusal):
        return problem(409, "refused", str(error))
    if isinstance(error, (Http404, exceptions.NotFound)):
        return problem(404, "not_found", NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return problem(403, "permission_denied", str(error) or "You may not do this.")
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too_large", "The request is larger than the server takes.")
    if isinstance(error, SuspiciousOperation):
        return problem(400, "invalid_input", "The request cannot be read.")
    if isinstance(error, _NOT_THERE):
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        return problem(
            503, "unavailable", "The database does not answer at the moment; try again.", headers=headers
        )
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    return None


def _refused(error: InputError) -> Response:
    code = "invalid_parameter" if isinstance(error, ParameterError) else "invalid_input"
    entry = {
        "field": error.field,
        "code": code,
        "expected": error.expected,
        "got": error.got,
        "index": error.index,
    }
    return problem(400, code, error.message, errors=[entry])


def _of_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    code = error.get_codes() if isinstance(error.get_codes(), str) else error.default_code
    return problem(error.status_code, str(code), str(error.detail), headers=headers)
