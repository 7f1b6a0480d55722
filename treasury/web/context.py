"""What the frame of every page needs beside the page's own content."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string

from treasury.queries import people
from treasury.web import first_steps
from treasury.web.menu import keys, menu
from treasury.web.scope import Scope, read_scope

SCHEMES = (("", "As the system"), ("light", "Light"), ("dark", "Dark"))


def frame(request: HttpRequest) -> dict:
    """Context processor. A page without a signed-in person has the scheme and nothing else."""
    scheme = request.COOKIES.get("scheme", "")
    basis = {"scheme": scheme if scheme in ("light", "dark") else "", "schemes": SCHEMES}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": basis}
    scope: Scope | None = getattr(request, "book", None)
    if scope is None:
        try:
            scope = read_scope(request)
        except Http404:
            scope = Scope(people.Person())
    # what waits is a thing of today; a page of the past says nothing about it
    waiting = [] if scope.known_at else waiting_for(scope)
    return {
        "scope": scope,
        "frame": basis
        | {
            "menu": menu(request, scope.person.roles, may_write=scope.may_write),
            "keys": keys(scope.person.roles, may_write=scope.may_write),
            "first_steps": [] if request.COOKIES.get("first_steps") == "hidden" else first_steps.steps(scope),
            "first_steps_on": first_steps.PAGES,
            "entities": scope.entities,
            "role": role_words(scope),
            "waiting": waiting,
            "waiting_count": sum(item["count"] for item in waiting),
        },
    }


def waiting_for(scope: Scope) -> list[dict]:
    """What waits for this person. The apps above hand their counts in by `HEDGEBOOK_WAITING`."""
    counters: Iterable[str] = getattr(settings, "HEDGEBOOK_WAITING", ())
    found: list[dict] = []
    for path in counters:
        count: Callable[[Scope], list[dict]] = import_string(path)
        found += [item for item in count(scope) if item["count"]]
    return found


def role_words(scope: Scope) -> str:
    return ", ".join(sorted(role.replace("_", " ").lower() for role in scope.person.roles))
