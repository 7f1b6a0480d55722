"""Views that people keep of a list: saved under a name, and deleted again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from treasury.domain import saved_views
from treasury.domain.refusals import Refusal
from treasury.models import Entity
from treasury.web.page import action_of_anybody


def _back(request: HttpRequest, path: str, query: str = "") -> HttpResponseRedirect:
    address = f"{path}?{query}" if query else path
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(address if safe and path.startswith("/") else "/")


@action_of_anybody
def view_save(request: HttpRequest) -> HttpResponse:
    path, query = request.POST.get("path", ""), request.POST.get("query", "")
    code = request.POST.get("share", "")
    seen = {entity["code"]: entity["id"] for entity in request.book.entities}  # type: ignore[attr-defined]
    try:
        if code and code not in seen:
            raise Refusal(f"You have no entity {code}; keep the view for yourself.")
        shared = Entity.objects.get(pk=seen[code]) if code else None
        saved_views.save(
            owner=request.user, name=request.POST.get("name", ""), path=path, query=query, shared_with=shared
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The view is kept. It stands beside the filters of this page.")
    return _back(request, path, query)


@action_of_anybody
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        view = saved_views.delete(owner=request.user, pk=pk)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(request, request.POST.get("path", ""))
    messages.success(request, f"The view “{view.name}” is deleted.")
    return _back(request, view.path)
