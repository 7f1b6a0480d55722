"""Writes: one POST, one body, one call of the domain, one answer. What the domain refuses is 409 with its words.

The order is the same everywhere: who it is, whether the thing is theirs to see (404), whether they have a role for this
at its entity (403), whether the body is as declared (400), and then the domain.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.bodies import Body
from treasury.api.permissions import MayWrite
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import ApiView, Resource
from treasury.enums import Role
from treasury.queries import access

#: Who prepares, who is the second person, and all of them.
PREPARERS, DECIDERS = access.PREPARERS, access.DECIDERS
EITHER = (Role.APPROVER, Role.HEDGE_ACCOUNTANT, Role.TREASURER)


class Action(ApiView):
    """One thing that is done. `roles`: who may, at the entity of the thing; `status_code`: of the answer."""

    permission_classes = (MayWrite,)
    roles: ClassVar[tuple[str, ...]] = PREPARERS
    body: ClassVar[Body] = Body()
    status_code: ClassVar[int] = 201
    answers: ClassVar[tuple[int, ...]] = ()

    @property
    def request_schema(self) -> dict[str, Any]:
        return {"application/json": self.body.schema}

    def post(self, request: Request, **where: Any) -> Response:
        self.read_query(request)
        subject = self.found(where)
        if subject is not None:
            self.may_at(self.entity_of(subject))
        return self.act(subject, self.body.read(request.data))

    def found(self, where: dict[str, Any]) -> Any:
        """What it is done to; None where the body says it. Raises Http404."""
        return None

    def entity_of(self, subject: Any) -> int:
        return int(subject.entity_id)

    def act(self, subject: Any, told: dict[str, Any]) -> Response:
        raise NotImplementedError

    def may_at(self, entity_id: int) -> None:
        if not access.has_role_at(self.request.user, entity_id, self.roles):
            raise PermissionDenied(words(self.roles))

    def made(self, row: Row, *, status: int | None = None, address: str = "") -> Response:
        headers = {"Location": self.request.build_absolute_uri(address)} if address else {}
        return Response(row, status=status or self.status_code, headers=headers)


def seen(found: Any) -> Any:
    """The first of what the user may see; there is none: 404, the same whether it is foreign or not there."""
    one = found.first()
    if one is None:
        raise Http404
    return one


def read_back(resource: type[Resource], user: Any, key: Any) -> Row:
    """A row as its own address gives it."""
    return resource(detail=True).one(Scope(user), {"key": key})


def address(name: str, key: Any) -> str:
    return reverse(f"api-{name}-one", args=[key])


def words(roles: tuple[str, ...]) -> str:
    named = " or ".join(str(Role(role).label) for role in roles)
    return f"For this one has to be {named} of the entity."
