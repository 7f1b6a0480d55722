"""The contract and the page that shows it. Both are open to anyone: they say nothing about the book."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, StaticHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.rendering import Json
from treasury.api.views import ApiView

#: What is served: working the contract out takes seconds, reading it none. `manage.py contract check` and a test hold
#: it to the program.
COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.json"
_WIDTH = 110


@cache
def contract() -> dict[str, Any]:
    """The contract as the program keeps it, worked out from its addresses, bodies and fields."""
    return SchemaGenerator().get_schema(request=None, public=True)


def written(value: Any, indent: str = "") -> str:
    """JSON in which a change is a change of a few lines: what fits on one line stands on one."""
    flat = json.dumps(value, ensure_ascii=False, default=str)
    if not isinstance(value, dict | list) or len(indent) + len(flat) <= _WIDTH:
        return flat
    inner = indent + " "
    if isinstance(value, dict):
        opened, closed = "{}"
        parts = [f"{json.dumps(str(name))}: {written(one, inner)}" for name, one in value.items()]
    else:
        opened, closed = "[]"
        parts = [written(one, inner) for one in value]
    return f"{opened}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closed}"


@cache
def committed() -> bytes:
    return COMMITTED.read_bytes()


class _OpenApiJson(Json):
    """The document is written already."""

    media_type, format = "application/vnd.oai.openapi+json", "json"

    def render(self, data: Any, *args: Any) -> bytes:
        return data if isinstance(data, bytes) else super().render(data, *args)


class _PlainJson(_OpenApiJson):
    media_type = "application/json"


class _OpenApi(_OpenApiJson):
    """YAML, of which JSON is a part (YAML 1.2)."""

    media_type, format = "application/vnd.oai.openapi", "yaml"


class _Yaml(_OpenApi):
    media_type = "application/yaml"


class Schema(ApiView):
    """The contract as OpenAPI 3.1: JSON, which every reader of YAML reads as well."""

    schema = None
    permission_classes = (AllowAny,)
    authentication_classes = ()
    renderer_classes = (_OpenApiJson, _PlainJson, _OpenApi, _Yaml)

    def get(self, request: Request) -> Response:
        self.read_query(request)
        return Response(committed())


class Page(BaseRenderer):
    """The framework asks for a renderer; the page is made by a template."""

    media_type = "text/html"
    format = "html"

    def render(self, data: Any, *args: Any) -> Any:
        return data


class Documentation(ApiView):
    """The contract as a page. Script and style come out of an installed package, none of them stands in the page."""

    schema = None
    permission_classes = (AllowAny,)
    authentication_classes = ()
    renderer_classes = (Page, StaticHTMLRenderer)

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "treasury/api_docs.html")
