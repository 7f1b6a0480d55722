"""The decorators of every page: a signed-in person, the scope in `request.book`, never cached by a proxy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from treasury.web.scope import Scope, read_scope
from treasury.web.table_files import file_of

View = Callable[..., HttpResponse]
NO_ROLE = (
    "You have no role at any entity, so there is nothing here that you may read."
    " Ask an administrator for one, then load the page again."
)
READS_ONLY = "Your role reads the book and changes nothing in it."


def page(view: View) -> View:
    """A page that is read, by somebody with a role at some entity."""
    return require_safe(_signed_in(_with_a_role(view)))


def page_of_now(view: View) -> View:
    """A page about what stands now, whatever known-at time is asked for at the top: it says so there."""
    return page(_of_now(view))


def page_of_anybody(view: View) -> View:
    """A page that says nothing about the book: whoever has signed in reads it."""
    return require_safe(_signed_in(view))


def action(view: View) -> View:
    """What changes something. An auditor sees everything and changes nothing."""
    return require_POST(_signed_in(_with_a_role(_of_writers(view))))


def action_of_anybody(view: View) -> View:
    """What changes nothing of the book but a person's own preference: open to every role."""
    return require_POST(_signed_in(_with_a_role(view)))


def form_page(view: View) -> View:
    """A form and what it does: shown (GET) and sent (POST) to the same address, for those who may change something."""
    return require_http_methods(["GET", "HEAD", "POST"])(_signed_in(_with_a_role(_of_writers(_of_now(view)))))


def refuse_readers(scope: Scope, entity_id: int) -> None:
    """Who writes at one entity may be a reader of another."""
    if not scope.may_write_at(entity_id):
        raise PermissionDenied(READS_ONLY)


def _of_now(view: View) -> View:
    @wraps(view)
    def shown_as_of_now(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.book.of_now = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return shown_as_of_now


def _of_writers(view: View) -> View:
    @wraps(view)
    def refused_or_done(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.book.may_write:  # type: ignore[attr-defined]
            raise PermissionDenied(READS_ONLY)
        return view(request, *args, **kwargs)

    return refused_or_done


def _signed_in(view: View) -> View:
    @login_required
    @never_cache
    @wraps(view)
    def with_scope(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404("There is no such page: the address has the character NUL in it.")
        request.book = read_scope(request)  # type: ignore[attr-defined]
        return _file_or_page(request, view(request, *args, **kwargs))

    return with_scope


def _file_or_page(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Every table of every page can be had as a file: the page is made, and the table that is asked for is sent."""
    table, wanted = getattr(request, "asked_table", (None, ""))
    if table is None or answer.status_code != HTTPStatus.OK or request.method not in ("GET", "HEAD"):
        return answer
    return file_of(table, wanted)  # type: ignore[return-value]


def _with_a_role(view: View) -> View:
    @wraps(view)
    def refused_or_shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.book.person.roles:  # type: ignore[attr-defined]
            raise PermissionDenied(NO_ROLE)
        return view(request, *args, **kwargs)

    return refused_or_shown
