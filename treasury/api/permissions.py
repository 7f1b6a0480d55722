"""Who may use an address. Which rows they then see is decided by `treasury.queries.access`."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from treasury.queries.access import roles


class SignedIn(BasePermission):
    """For what reads nothing from the book: the measures and their calculators."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated)


class MayRead(SignedIn):
    """Any role at any entity reads; the rows are those of its entities."""

    message = "You have no role at any entity; ask an administrator for one."

    def has_permission(self, request: Request, view: Any) -> bool:
        return super().has_permission(request, view) and bool(roles(request.user))


class MayWrite(MayRead):
    """One of the view's roles at some entity; that it is the thing's own is asked when the thing is found."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        if request.method != "POST" or roles(request.user) & set(view.roles):
            return True
        self.message = "Your roles do not do this: an auditor reads, preparers and deciders write."
        return False
