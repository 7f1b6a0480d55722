"""How views describe themselves in the contract (OpenAPI 3.1)."""

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.settings import api_settings

from treasury.api import answer_headers, headers, links, token_scopes
from treasury.api.problems import MEDIA_TYPE, Problem
from treasury.enums import TokenScope

_REFUSALS = {
    400: "A parameter or input was refused; `errors` name it and say what was expected.",
    401: "Not signed in, or the token is not valid.",
    403: "Signed in, but without a role for this at the entity, or at any.",
    404: "Not there, or not yours to see.",
    405: "The address takes no such method.",
    406: "`Accept` asks for what is not given here.",
    409: "The book does not take it as it stands; `detail` says what is missing and what to do. Nothing was changed.",
    412: "It has changed since its ETag was read; the current one is in the header `ETag`.",
    413: "The body is larger than the server takes.",
    415: "The body is not application/json.",
    422: "The key was sent with another request before.",
    428: "`If-Match` is missing: the ETag of the thing as it was read.",
    429: "More requests than the key may send; go on after the seconds of `Retry-After`.",
    503: "The database does not answer at the moment; try again after the seconds of `Retry-After`.",
}


#: What success means, where the view says nothing more.
_SUCCESS = {
    "200": "As asked.",
    "201": "It is recorded; `Location` says where it is read.",
    "202": "It is under way; `Location` says where to look how far.",
}
#: Parts of an address.
_IN_PATH = {
    "key": "Key of the thing, as its row has it.",
    "month": "A calendar month.",
    "code": "Code of the measure, as the catalogue has it.",
}


class BearerToken(OpenApiAuthenticationExtension):
    """One header, and two ways to get what stands in it: from a person, or by a client's own secret."""

    target_class = "treasury.api.authentication.TokenAuthentication"
    name = ["token", "client"]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        scope = token_scopes.needed(auto_schema.view, auto_schema.method)
        by_client = [] if scope == TokenScope.DECIDE else [{"client": [scope]}]  # a machine never decides
        return [{"token": []}, *by_client]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        scopes = {scope.value: str(scope.label) for scope in TokenScope if scope != TokenScope.DECIDE}
        token = {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made by `manage.py api_token issue`, or by a person on their page of keys.",
        }
        client = {
            "type": "oauth2",
            "description": "A token for an hour, which a registered client asks for by itself (RFC 6749 4.4).",
            "flows": {"clientCredentials": {"tokenUrl": "/api/v1/oauth/token/", "scopes": scopes}},
        }
        return [token, client]


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
            return headers.of_write(self.view, self.path)
        query = [
            OpenApiParameter(
                parameter.name, parameter.schema, OpenApiParameter.QUERY, description=parameter.meaning
            )
            for parameter in self.view.query_parameters()
        ]
        return [*query, *headers.of_read(self.view)]

    def get_request_serializer(self) -> Any:
        return getattr(self.view, "request_schema", None)

    def get_response_serializers(self) -> Any:
        codes = [400, 405, 503]  # 400: a parameter that the address does not have, at the least
        if self.view.content_negotiation_class is api_settings.DEFAULT_CONTENT_NEGOTIATION_CLASS:
            codes.append(406)
        if AllowAny not in self.view.permission_classes:
            codes += [401, 403, 429]
        asked = [parameter.name for parameter in self.view.query_parameters()]
        # What is no resource answers about the one thing that its parameters name.
        if "{" in self.path or "run" in asked or (asked and not hasattr(self.view, "detail")):
            codes.append(404)
        if self.method == "POST":
            codes += [413, 415]
        status = getattr(self.view, "status_code", None)
        if status is not None:
            codes = sorted({*codes, 404, 409, *headers.refusals(self.view, self.path)})
        refusals = {(code, MEDIA_TYPE): OpenApiResponse(Problem, _REFUSALS[code]) for code in sorted(codes)}
        answers = dict.fromkeys((status or 200, *getattr(self.view, "answers", ())), self._answer())
        if own := getattr(self.view, "error_schema", None):
            refusals = {key: told for key, told in refusals.items() if key[0] not in (400, 401)}
            refusals[429, MEDIA_TYPE] = OpenApiResponse(Problem, _REFUSALS[429])
            answers |= {400: OpenApiResponse(own, "RFC 6749 5.2"), 401: OpenApiResponse(own, "RFC 6749 5.2")}
        return {**answers, **headers.unchanged(self.view, self.method), **refusals}

    def get_operation(self, *args: Any) -> Any:
        """With a sentence for each answer and part of the address; a body without which nothing is done is required."""
        operation = super().get_operation(*args)
        if "requestBody" in operation:
            contents = operation["requestBody"]["content"].values()
            operation["requestBody"]["required"] = any(_asks(content["schema"]) for content in contents)
        for code, answer in operation["responses"].items():
            answer["description"] = answer.get("description") or _SUCCESS.get(str(code), "")
            answer["headers"] = answer_headers.of(self.view, self.method, int(code))
            if made := answer_headers.makes(self.view, int(code)):
                answer["links"] = links.to_read(made)
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                parameter.setdefault("description", _IN_PATH.get(parameter["name"], ""))
        return operation

    def _answer(self) -> Any:
        given = getattr(self.view, "response_schema", None)
        if given is not None:
            return given
        serializer = self.view.row_serializer()
        return serializer if self.view.detail else page_of(serializer, tuple(self.view.scope_fields.items()))


def _asks(schema: dict[str, Any]) -> bool:
    """Whether an object without any field, which is what no body is read as, will not do."""
    if "oneOf" in schema:
        return all(_asks(form) for form in schema["oneOf"])
    return schema.get("type") != "object" or bool(schema.get("required"))


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
