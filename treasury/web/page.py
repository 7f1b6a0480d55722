"""The decorator of every page: a signed-in person, the scope in `request.book`, never cached by a proxy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from treasury.web.scope import read_scope


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @login_required
    @never_cache
    @wraps(view)
    def with_scope(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.book = read_scope(request)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return with_scope
