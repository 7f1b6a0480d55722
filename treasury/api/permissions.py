"""Who may use an address. Which rows they then see is decided by `treasury.queries.access`.

Each address says its own policy: a read whose its rows are, a write which roles do it. What says none is closed.
"""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from treasury.api import token_scopes
from treasury.queries.access import roles


class NotDeclared(BasePermission):
    """Of an address that does not say who may use it: nobody."""

    message = "This address is closed: nothing says who may use it."

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class SignedIn(BasePermission):
    """For what reads nothing from the book: the measures and their calculators."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not (request.user and request.user.is_authenticated):
            return False
        if view.takes(request.method) and (refusal := token_scopes.refusal(request, view)):
            self.message = refusal
            return False
        return True


class MayRead(SignedIn):
    """Any role at any entity reads; the rows are those of its entities."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        self.message = "You have no role at any entity; ask an administrator for one."
        return bool(roles(request.user))


class OfEntities(MayRead):
    """The rows are those of the caller's entities, and those of no entity where the thing may have none."""


class OfEverybody(MayRead):
    """The rows belong to no entity."""


class OfOneself(MayRead):
    """The rows are the caller's own, at the caller's entities."""


class MayWrite(MayRead):
    """One of the view's roles at some entity; that it is the thing's own is asked when the thing is found."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        if request.method != "POST" or roles(request.user) & set(view.roles):
            return True
        self.message = "Your roles do not do this: an auditor reads, preparers and deciders write."
        return False
