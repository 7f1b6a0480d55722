"""Giving a person a role: on the record, like every other decision."""

from typing import Any

from treasury.domain import audit
from treasury.domain.refusals import as_refusal
from treasury.models import Entity, Membership, User


def give_role(*, user: User, role: str, entity: Entity | None = None, actor: Any) -> Membership:
    """Makes `user` a member of `entity`, or of the whole group, in `role`. Raises Refusal when they are already."""
    with as_refusal(), audit.action("treasury.access.role_given", actor=actor, subject=user):
        return Membership.objects.create(user=user, entity=entity, role=role)
