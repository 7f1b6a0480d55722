"""Addresses of resources: a list, and one object by its key."""

from datetime import date
from typing import Any

from django.urls import URLPattern, path, register_converter

from treasury.api.views import Resource


class KeyConverter:
    """A key of the database: a number that fits its column."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> Any:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(value)


class PairKeyConverter(KeyConverter):
    """The key of a row that belongs to two things: `3.7`."""

    regex = r"[1-9][0-9]{0,14}\.[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> Any:
        return value


class SubjectKeyConverter(PairKeyConverter):
    """The key of a ratio: what it is over, the entity, the risk or relationship (0: neither): `ENTITY_RISK.3.7`."""

    regex = r"[A-Z_]{1,12}\.[1-9][0-9]{0,14}\.(?:0|[1-9][0-9]{0,14})"


class ElementKeyConverter(PairKeyConverter):
    """The key of one excluded element of a relationship: `3.TIME_VALUE`."""

    regex = r"[1-9][0-9]{0,14}\.[A-Z_]{1,20}"


class MonthConverter:
    """A calendar month: `2026-09`, as its first day."""

    regex = "(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: Any) -> str:
        return f"{value:%Y-%m}" if isinstance(value, date) else str(value)


register_converter(KeyConverter, "key")
register_converter(ElementKeyConverter, "element_key")
register_converter(MonthConverter, "month")
register_converter(PairKeyConverter, "pair_key")
register_converter(SubjectKeyConverter, "subject_key")


def resource(name: str, view: type[Resource], *, key: str = "key") -> list[URLPattern]:
    return [
        path(f"{name}/", view.as_view(), name=f"api-{name}"),
        path(f"{name}/<{key}:key>/", view.as_view(detail=True), name=f"api-{name}-one"),
    ]


def action(address: str, view: Any) -> URLPattern:
    """One thing that is done, or one answer that is no resource; named by its operation."""
    return path(f"{address}/", view.as_view(), name=f"api-{view.operation.replace('_', '-')}")
