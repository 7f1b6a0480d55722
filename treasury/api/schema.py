"""How views describe themselves in the contract (OpenAPI 3.1)."""

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from treasury.api.problems import MEDIA_TYPE, Problem

_REFUSALS = {
    400: "A parameter or input was refused; `errors` name it and say what was expected.",
    401: "Not signed in, or the token is not valid.",
    403: "Signed in, but without a role for this at the entity, or at any.",
    404: "Not there, or not yours to see.",
    405: "The address takes no such method.",
    409: "The book does not take it as it stands; `detail` says what is missing and what to do. Nothing was changed.",
    413: "The body is larger than the server takes.",
    415: "The body is not application/json.",
    503: "The database does not answer at the moment; try again after the seconds of `Retry-After`.",
}


class BearerToken(OpenApiAuthenticationExtension):
    target_class = "treasury.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made by `manage.py api_token issue`.",
        }


class ReadSchema(AutoSchema):
    """Reads what a view declares: `operation`, its parameters, its serializer or `responses`."""

    def get_operation_id(self) -> str:
        return self.view.operation + ("_read" if getattr(self.view, "detail", False) else "")

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_description(self) -> str:
        return " ".join(str(type(self.view).__doc__ or "").split())

    def get_override_parameters(self) -> list[Any]:
        if self.method != "GET":
            return []
        return [
            OpenApiParameter(
                parameter.name, parameter.schema, OpenApiParameter.QUERY, description=parameter.meaning
            )
            for parameter in self.view.query_parameters()
        ]

    def get_request_serializer(self) -> Any:
        return getattr(self.view, "request_schema", None)

    def get_response_serializers(self) -> Any:
        codes = [400, 405, 503] if self.view.query_parameters() or self.method == "POST" else [405, 503]
        if AllowAny not in self.view.permission_classes:
            codes += [401, 403]
        if "{" in self.path or any(parameter.name == "run" for parameter in self.view.query_parameters()):
            codes.append(404)
        if self.method == "POST":
            codes += [413, 415]
        status = getattr(self.view, "status_code", None)
        if status is not None:
            codes = sorted({*codes, 404, 409})
        refusals = {(code, MEDIA_TYPE): OpenApiResponse(Problem, _REFUSALS[code]) for code in sorted(codes)}
        answers = dict.fromkeys((status or 200, *getattr(self.view, "answers", ())), self._answer())
        return {**answers, **refusals}

    def _answer(self) -> Any:
        given = getattr(self.view, "response_schema", None)
        if given is not None:
            return given
        serializer = self.view.row_serializer()
        return serializer if self.view.detail else page_of(serializer, tuple(self.view.scope_fields.items()))


@cache
def page_of(
    serializer: type[serializers.Serializer], scope_fields: tuple[tuple[str, serializers.Field], ...]
) -> type[serializers.Serializer]:
    """The envelope of a list: what it is about, the address of the next page, the rows."""
    fields: dict[str, Any] = {
        **dict(scope_fields),
        "next": serializers.URLField(
            allow_null=True, help_text="Address of the next page; null on the last one."
        ),
        "results": serializer(many=True),
        "__doc__": f"A page of {serializer.__name__.removesuffix('Serializer')}.",
    }
    return type(
        serializer.__name__.replace("Serializer", "PageSerializer"), (serializers.Serializer,), fields
    )
