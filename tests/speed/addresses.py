"""Every page that the program has, found from its addresses, with a thing of the book where an address names one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: Whose addresses are no pages of the desk: the API speaks JSON, signing in is a library's.
NOT_PAGES = ("api/", "accounts/")


def pages(made: dict[str, Any]) -> dict[str, str]:
    """Name of a page and an address of it."""
    return {
        name: reverse(
            name, kwargs={one: _example(route, one, kind, made) for one, kind in parameters.items()}
        )
        for route, name, parameters in _named(get_resolver().url_patterns)
        if not route.startswith(NOT_PAGES)
    }


def _named(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str, dict[str, str]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            kinds = {one: type(kind).__name__ for one, kind in pattern.pattern.converters.items()}
            yield route, pattern.name, kinds


def _example(route: str, parameter: str, kind: str, made: dict[str, Any]) -> object:
    """By the first word of the address, then by the name of the parameter, then any of its kind."""
    things = {
        "exposures/": made["exposures"][0].exposure_id,
        "instruments/": made["forwards"][0].instrument_id,
        "relationships/": made["relationships"][0].relationship_id,
        "effectiveness/": made["relationships"][0].relationship_id,
        "runs/": made["run"].pk,
    }
    if parameter == "pk":
        return next((pk for begins, pk in things.items() if route.startswith(begins)), 1)
    known = {
        "entity": made["entity"].code, "code": _code(route, made), "risk": made["risk"].code, "month": _month(route),
        "kind": "rebalance" if route.startswith("relationships/") else "exposure", "verb": "amend",
        "run": made["run"].pk, "name": "valuations", "field": "present_value",
    }  # fmt: skip
    if kind == "UUIDConverter":
        return "00000000-0000-4000-8000-000000000000"
    if parameter == "key":
        return str(made["forwards"][0].instrument_id)
    return known.get(parameter, 1 if kind == "IntConverter" else "x")


def _code(route: str, made: dict[str, Any]) -> str:
    return "hedge_ratio" if route.startswith("calculators/") else made["entity"].code


def _month(route: str) -> object:
    return "2026-10" if route.startswith("accounting/") else 0
