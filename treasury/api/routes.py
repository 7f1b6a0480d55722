"""Addresses of resources: a list, and one object by its key."""

from typing import Any

from django.urls import URLPattern, path, register_converter

from treasury.api.views import Resource


class KeyConverter:
    """A key of the database: a number that fits its column."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(value)


register_converter(KeyConverter, "key")


def resource(name: str, view: type[Resource], *, key: str = "key") -> list[URLPattern]:
    return [
        path(f"{name}/", view.as_view(), name=f"api-{name}"),
        path(f"{name}/<{key}:key>/", view.as_view(detail=True), name=f"api-{name}-one"),
    ]
