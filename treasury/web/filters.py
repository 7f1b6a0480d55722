"""Filters of lists: a GET form whose fields are the parameters of the address."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest

from treasury.queries.version_pages import AWAITING, IN_FORCE, NEWEST
from treasury.web import words
from treasury.web.forms import DayField

SHOW = [(IN_FORCE, "In force"), (AWAITING, "Awaiting approval"), (NEWEST, "Newest of each")]


class Filters(forms.Form):
    """A wrong value counts as none: a list is shown, never an error page."""

    def __init__(self, request: HttpRequest, **options: list[tuple[str, str]]) -> None:
        super().__init__(request.GET, auto_id="filter_%s", label_suffix="")
        for name, choices in options.items():
            self.fields[name].choices = [*self.fields[name].choices, *choices]
        self.is_valid()

    def value(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    def status(self, usual: str) -> str:
        asked = self.value("status") or usual
        return "" if asked == "all" else asked

    @property
    def used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


def choice(label: str, options: Iterable[tuple[str, str]] = (), everything: str = "All") -> forms.ChoiceField:
    first = [("", everything)] if everything else []
    return forms.ChoiceField(label=label, required=False, choices=[*first, *options])


def day(label: str) -> forms.DateField:
    return DayField(label=label, required=False)


def standing(label: str, options: Iterable[str], usual: str) -> forms.ChoiceField:
    """A status whose usual value stands where the address has none; `all` asks for every one."""
    others = [value for value in options if value != usual]
    return choice(label, [*codes([usual, *others]), ("all", "All")], everything="")


def codes(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, words.label(value)) for value in values]
