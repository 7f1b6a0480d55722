"""The decorator of every page: a signed-in person, the scope in `request.book`, never cached by a proxy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from treasury.web.scope import read_scope


def writers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under `@page`: an auditor sees everything and changes nothing."""

    @wraps(view)
    def refused_or_done(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.book.may_write:  # type: ignore[attr-defined]
            raise PermissionDenied("Your role reads the book and changes nothing in it.")
        return view(request, *args, **kwargs)

    return refused_or_done


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @login_required
    @never_cache
    @wraps(view)
    def with_scope(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.book = read_scope(request)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return with_scope
