"""The way from a number on a page to how it came about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.urls import reverse
from django.utils.html import format_html

from treasury.web.scope import Scope
from treasury.web.tables import Column

How = Callable[[str], str]


def how(scope: Scope, family: str, *key: object) -> How:
    """The addresses of the numbers of one row of the page's run, by field; empty before the first run."""
    joined = ".".join(str(part) for part in key)

    def address(field: str) -> str:
        if not scope.run:
            return ""
        return scope.link(reverse("explanation", args=[family, scope.run["id"], joined, field]))

    return address


def linked(text: object, href: str) -> object:
    """A number that leads to how it was worked out; what is empty stays plain."""
    if not href or text in (None, ""):
        return text
    return format_html('<a class="how" href="{}" title="How this number came about">{}</a>', href, text)


def explained(column: Column, how_of: Callable[[dict], How]) -> Column:
    """The same column with a way from each of its numbers to how it came about."""
    return replace(column, link=None, cell=lambda row: linked(column.show(row), how_of(row)(column.key)))


def nowhere(field: str) -> str:
    """Numbers of a page that lead nowhere."""
    return ""
