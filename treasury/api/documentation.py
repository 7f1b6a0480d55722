"""The contract and the page that shows it. Both are open to anyone: they say nothing about the book."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, StaticHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.views import ApiView


@cache
def contract() -> dict[str, Any]:
    """The same for everybody, so it is worked out once a process."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Schema(ApiView):
    """The contract as OpenAPI 3.1, in JSON or, by the header Accept, in YAML."""

    schema = None
    permission_classes = (AllowAny,)
    authentication_classes = ()
    renderer_classes = (OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer, OpenApiYamlRenderer2)

    def get(self, request: Request) -> Response:
        self.read_query(request)
        return Response(contract())


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
