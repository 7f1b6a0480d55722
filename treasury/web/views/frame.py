"""Small pages of the frame: light or dark, help, search, errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from treasury.web.page import page_of_anybody

YEAR = 365 * 24 * 3600


@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("scheme", "")
    if chosen in ("light", "dark"):
        response.set_cookie(
            "scheme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie("scheme")
    return response


@page_of_anybody
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "treasury/help.html", {"page_title": "Help"})


@page_of_anybody
def keyboard_page(request: HttpRequest) -> HttpResponse:
    return render(request, "treasury/keyboard.html", {"page_title": "Keys"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the words of who refused, so that a wrong address says what was expected."""
    words = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"words": words}, status=404)
